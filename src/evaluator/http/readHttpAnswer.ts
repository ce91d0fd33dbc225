import { failed, readAnswer } from "../answer.js";
import type { EpochReport, EvaluationResult } from "../contract.js";
import { createEpochCurves } from "../protocol/epochCurves.js";
import { readLooseObject } from "../protocol/looseJson.js";
import { readMessage } from "../protocol/message.js";

/**
 * Reads the body of an answer: the object that a command prints last, where `epochs` may hold a list of what it prints for each
 * epoch. What cannot be read is a failure.
 *
 * @param onEpoch hears of the epochs, in their order in the list
 * @example
 * readHttpAnswer('{"epochs": [{"epoch": 1, "loss": 2.1}], "accuracy": 93.1}'); // { label: 93.1, curves: { loss: [2.1] } }
 */
export function readHttpAnswer(body: string, onEpoch?: (report: EpochReport) => unknown): EvaluationResult {
  const object = readLooseObject(body);
  if (object === undefined) {
    const start = body
      .replace(/\p{Cc}+/gu, " ")
      .trim()
      .slice(0, 100);
    return failed(`answered with ${start === "" ? "nothing" : start} instead of a JSON object with label or accuracy`);
  }
  const { epochs = [], ...rest } = object;
  const collected = createEpochCurves();
  for (const [i, entry] of (Array.isArray(epochs) ? epochs : []).entries()) {
    // An entry that does not name its epoch is the next one.
    const message = typeof entry === "object" && entry !== null ? readMessage({ epoch: i + 1, ...entry }) : undefined;
    if (message?.kind === "mistake") return failed(message.reason);
    if (message?.kind !== "epoch") continue;
    collected.add(message);
    onEpoch?.({ epoch: message.epoch, values: message.values });
  }
  const curves = collected.curves();
  const message = readMessage(rest);
  const result = message?.kind === "answer" ? readAnswer(message.answer) : readAnswer(numberless(rest));
  return curves === undefined ? result : { ...result, curves };
}

/** So that the failure names what there was, rather than the kind of some other field. */
function numberless(object: Readonly<Record<string, unknown>>): Record<string, number> {
  return Object.fromEntries(Object.keys(object).map((name) => [name, 0]));
}
