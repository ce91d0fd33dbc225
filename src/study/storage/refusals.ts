import { AssayError, suggestName } from "../../errors.js";
import type { TrialEnd, TrialState } from "./contract.js";

/** Whether an attempt gave a label. */
export function isSuccess({ result }: TrialEnd): boolean {
  return Number.isFinite(result.label);
}

/** Names stand in file names, commands and pages. */
export function requireStudyName(name: string): void {
  if (/^[\p{L}\p{N}][\p{L}\p{N} ._+@-]{0,99}$/u.test(name) && !name.endsWith(" ")) return;
  throw new AssayError(
    "bad-study-name",
    `${JSON.stringify(name.slice(0, 120))} is no name for a study.`,
    "Use at most 100 letters, digits, blanks, dots, dashes, underscores, + and @, a letter or digit first.",
  );
}

export function noStudy(name: string, location: string, known: Iterable<string>): AssayError {
  const names = [...known];
  return new AssayError(
    "no-study",
    `There is no study "${name}" in ${location}.`,
    names.length === 0 ? "It holds no studies." : suggestName(name, names.slice(0, 50)),
  );
}

export function alreadyStudied(name: string, location: string): AssayError {
  return new AssayError(
    "study-exists",
    `There is a study "${name}" in ${location} already.`,
    `Go on with it: assay resume "${name}"; or give another name.`,
  );
}

export function studyBusy(name: string, writer: string): AssayError {
  return new AssayError(
    "study-busy",
    `The study "${name}" is being written by ${writer}.`,
    "Stop that first, or wait: a lease that is not renewed ends after a minute.",
  );
}

export function studyTaken(name: string, writer: string | undefined): AssayError {
  return new AssayError(
    "study-taken",
    `The study "${name}" is no longer ours: ${writer === undefined ? "it was deleted or released" : `${writer} has taken it over`}.`,
    "Everything up to then is kept. Only one process at a time can write to a study.",
  );
}

export function trialNotRunning(name: string, number: number, state: TrialState | undefined): AssayError {
  return new AssayError(
    "bad-trial",
    state === undefined
      ? `The study "${name}" has no trial ${number}.`
      : `Trial ${number} of the study "${name}" is ${state}: a result is recorded once.`,
  );
}
