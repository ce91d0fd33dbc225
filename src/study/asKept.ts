import type { EvaluationResult } from "../evaluator/contract.js";
import { readStoredResult, writeStoredResult } from "../evaluator/storedResult.js";

/** No storage keeps a text with halves of characters, or with zeros, as it is. */
const UNWRITABLE = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * A result exactly as it comes back from any storage, so that a study that was killed and one that was not hold the same. A failed one
 * has a reason.
 */
export function asKept(result: EvaluationResult): EvaluationResult {
  const kept = readStoredResult(writeStoredResult(result));
  const isFailed = Number.isNaN(kept.label);
  const failure = kept.failure ?? (isFailed ? `the evaluator gave the label ${result.label}` : undefined);
  return {
    ...kept,
    ...(failure === undefined ? {} : { failure: writable(failure) }),
    ...(kept.log === undefined ? {} : { log: writable(kept.log) }),
  };
}

function writable(text: string): string {
  return text.replace(UNWRITABLE, "\uFFFD");
}
