import { AssayError } from "../errors.js";
import type { EvaluationResult } from "../evaluator/contract.js";
import { writeStoredResult } from "../evaluator/storedResult.js";

/** How often a full disk is tried again. */
const PAUSE_SECONDS = 2;

/** A result that waits to be recorded. */
interface WaitingResult {
  readonly number: number;
  readonly result: EvaluationResult;
  /** Seconds. */
  readonly patience: number;
  readonly signal: AbortSignal;
}

/**
 * Records a result; while the disk is full it is tried again, because a training may have taken hours. Where there is no room in the
 * end, the error tells the result, so that it is not lost.
 */
export async function recordPatiently<Recorded>(
  record: () => Recorded,
  { number, result, patience, signal }: WaitingResult,
): Promise<Recorded> {
  for (let waited = 0; ; waited += PAUSE_SECONDS) {
    try {
      return record();
    } catch (error) {
      if (!(error instanceof AssayError) || error.code !== "storage-full") throw error;
      if (waited >= patience || signal.aborted) {
        throw new AssayError(
          error.code,
          `${error.message} Trial ${number} has ended but is not recorded: ${JSON.stringify(writeStoredResult(result))}`,
          error.hint,
          { cause: error },
        );
      }
      await pause(PAUSE_SECONDS, signal);
    }
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
