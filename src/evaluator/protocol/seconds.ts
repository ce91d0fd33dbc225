import { AssayError } from "../../errors.js";

/** Throws AssayError where a number of seconds is not above 0. */
export function requireSeconds(owner: string, name: string, value: number | undefined): void {
  if (value === undefined || value > 0) return;
  throw new AssayError("bad-option", `Option "${name}" of ${owner} must be above 0 seconds, got ${value}.`);
}

/** Longer ones overflow the timer of the platform, which then fires at once. */
const LONGEST_TIMER_MILLISECONDS = 2 ** 31 - 1;

/** Calls after so many seconds, never where there are none or more than 24 days. Gives what takes that back. */
export function callAfter(seconds: number | undefined, call: () => void): () => void {
  if (seconds === undefined || seconds * 1000 > LONGEST_TIMER_MILLISECONDS) return () => {};
  const timer = setTimeout(call, seconds * 1000);
  return () => clearTimeout(timer);
}
