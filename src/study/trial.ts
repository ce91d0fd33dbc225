import type { Explanation } from "../strategy/contract.js";

/** One query of a search and what came of it. Plain data: it can be written as JSON and read again. */
export interface Trial {
  /** 0 for the first query. */
  readonly number: number;
  /** Catalogue number of the architecture. */
  readonly architecture: number;
  /** What the strategy maximises; NaN where the evaluation failed. */
  readonly label: number;
  /** Further named numbers that the evaluator gave, such as `test`. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Where there are several objectives, the value of each; absent where the evaluation failed. */
  readonly values?: readonly number[];
  /** Named series that the evaluator gave, one number for each epoch, such as `loss`. */
  readonly curves?: Readonly<Record<string, readonly number[]>>;
  /** What the strategy thought of the architecture when it suggested it; absent where it does not say. */
  readonly explanation?: Explanation;
  /** Why the evaluation failed, one sentence; absent where it did not. */
  readonly failure?: string;
  /** How many attempts it took, where the first failed. Those lost with their process do not count. */
  readonly attempts?: number;
  /** Path of the file that keeps what the evaluation printed. */
  readonly log?: string;
  /** Wall-clock seconds of the evaluation (its last attempt). */
  readonly seconds: number;
}

/** The trial with the largest label, the earliest where several tie; undefined where every evaluation failed. */
export function bestTrial(trials: readonly Trial[]): Trial | undefined {
  let best: Trial | undefined;
  for (const trial of trials) {
    if (Number.isNaN(trial.label)) continue;
    if (best === undefined || trial.label > best.label) best = trial;
  }
  return best;
}
