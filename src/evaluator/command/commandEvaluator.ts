import type { EvaluationRequest, Evaluator } from "../contract.js";
import { endingAtClose } from "../protocol/endingAtClose.js";
import { type CommandEvaluatorOptions, readCommandOptions } from "./commandOptions.js";
import { runTrial } from "./runTrial.js";
import { createSlots } from "./slots.js";

/**
 * Evaluates with a program of the user, such as a training script in Python: one process for each evaluation. It gets the task
 * (`EvaluationTask`) as JSON on its standard input and in the file that the variable ASSAY_TASK names, and prints JSON lines: one for
 * each epoch if it likes (`{"epoch":1,"train_loss":2.1}`), and at the end the label (`{"accuracy":93.1}`) with any further numbers.
 * docs/evaluators.md has the whole protocol.
 *
 * Whatever goes wrong in the process is a failed result with a reason. It ends together with all that it started when the time is
 * over (seconds), when the request is aborted, when `onEpoch` says "stop", and when this process dies.
 *
 * Throws AssayError where the program does not exist or an option is wrong.
 *
 * @example
 * const evaluator = createCommandEvaluator({ command: ["python3", "train.py"], timeout: 7200, logFolder: "logs" });
 */
export function createCommandEvaluator(options: CommandEvaluatorOptions): Evaluator {
  const settings = readCommandOptions(options);
  const slots = createSlots();
  return endingAtClose(settings.name, (request) =>
    slots.hold((slot) => runTrial(settings, request, { slot, logName: logNameOf(request) })),
  );
}

function logNameOf({ trial, attempt = 0 }: EvaluationRequest): string {
  const number = String(trial).padStart(5, "0");
  return attempt === 0 ? `trial-${number}` : `trial-${number}-attempt-${attempt + 1}`;
}
