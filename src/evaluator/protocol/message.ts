import type { EpochReport } from "../contract.js";

/** What an object that an evaluation printed or answered says. */
export type Message =
  | ({ readonly kind: "epoch" } & EpochReport)
  /** Named values; `label` or `accuracy` is among them, of whatever kind, and everything else is a number. */
  | { readonly kind: "answer"; readonly answer: Readonly<Record<string, unknown>> }
  /** An epoch that cannot be read; one sentence. */
  | { readonly kind: "mistake"; readonly reason: string };

/** More names in one object are ignored. */
const MOST_NAMES = 100;
const LONGEST_NAME = 200;

/**
 * Understands an object: one with `epoch` reports an epoch, one with `label` or `accuracy` is the answer, any other is none of our
 * business (undefined). null counts as NaN, since that is how JavaScript writes it. Text and lists beside the numbers are ignored.
 *
 * @example
 * readMessage({ epoch: 1, train_loss: 2.1 }); // { kind: "epoch", epoch: 1, values: { train_loss: 2.1 } }
 */
export function readMessage(object: Readonly<Record<string, unknown>>): Message | undefined {
  if (Object.hasOwn(object, "epoch")) return readEpoch(object);
  const labelName = ["label", "accuracy"].find((name) => Object.hasOwn(object, name));
  if (labelName === undefined) return undefined;
  return { kind: "answer", answer: { ...numbersOf(object), [labelName]: object[labelName] ?? Number.NaN } };
}

function readEpoch(object: Readonly<Record<string, unknown>>): Message {
  const { epoch, ...rest } = object;
  if (Number.isSafeInteger(epoch) && (epoch as number) >= 1)
    return { kind: "epoch", epoch: epoch as number, values: numbersOf(rest) };
  const given = JSON.stringify(epoch)?.slice(0, 60);
  return { kind: "mistake", reason: `"epoch" must be a whole number from 1, got ${given}` };
}

function numbersOf(object: Readonly<Record<string, unknown>>): Record<string, number> {
  const numbers: [string, number][] = [];
  for (const [name, value] of Object.entries(object)) {
    if (name.length > LONGEST_NAME || numbers.length === MOST_NAMES) continue;
    if (typeof value === "number") numbers.push([name, value]);
    else if (value === null) numbers.push([name, Number.NaN]);
  }
  return Object.fromEntries(numbers);
}
