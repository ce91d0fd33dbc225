import { AssayError } from "../errors.js";
import type { EvaluationResult } from "../evaluator/contract.js";
import { writeStoredResult } from "../evaluator/storedResult.js";

/** How often a full disk is tried again. */
const PAUSE_SECONDS = 2;

/** How long to wait. */
export interface Patience {
  /** Seconds. */
  readonly patience: number;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Told when waiting begins and when it was worth it. */
  readonly onWait?: ((event: WaitEvent) => void) | undefined;
}

/** A search waits for its storage, or waits no longer. */
export type WaitEvent =
  | { readonly kind: "begins"; readonly error: AssayError /** How long, at most. */; readonly seconds: number }
  | { readonly kind: "ends" };

/** A result that waits to be recorded. */
interface WaitingResult extends Patience {
  readonly number: number;
  readonly result: EvaluationResult;
}

/** Whether a step of a study failed for something that may pass: no room, a quota, a network that stumbles. */
export function mayPass(error: unknown): error is AssayError {
  return error instanceof AssayError && ["storage-full", "storage-unreadable", "storage-busy"].includes(error.code);
}

/** Takes a step of a study; while the disk is full it is tried again, because trainings of hours may be running. */
export async function patiently<Result>(
  step: () => Result | Promise<Result>,
  { patience, signal, onWait = () => {} }: Patience,
): Promise<Result> {
  for (let waited = 0; ; waited += PAUSE_SECONDS) {
    try {
      const result = await step();
      if (waited > 0) onWait({ kind: "ends" });
      return result;
    } catch (error) {
      if (!mayPass(error) || waited >= patience || signal.aborted) throw error;
      if (waited === 0) onWait({ kind: "begins", error, seconds: patience });
      await pause(PAUSE_SECONDS, signal);
    }
  }
}

/** Records a result patiently. Where there is no room in the end, the error tells the result, so that it is not lost. */
export async function recordPatiently<Recorded>(
  record: () => Recorded,
  { number, result, ...waiting }: WaitingResult,
): Promise<Recorded> {
  try {
    return await patiently(record, waiting);
  } catch (error) {
    if (!mayPass(error)) throw error;
    throw new AssayError(
      error.code,
      `${error.message} Trial ${number} has ended but is not recorded: ${JSON.stringify(writeStoredResult(result))}`,
      error.hint,
      { cause: error },
    );
  }
}

/** Waits, or until the signal. */
function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, seconds * 1000);
    signal.addEventListener("abort", end);
  });
}
