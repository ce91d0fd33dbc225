import type { Evaluator } from "../evaluator/contract.js";
import type { Catalogue } from "../space/catalogue.js";
import type { Objective, Observation, Strategy } from "../strategy/contract.js";
import { type RunEnd, type RunOptions, runStudy } from "./run.js";
import { Study } from "./study.js";
import type { Trial } from "./trial.js";

/** What a search is made of. */
export interface SearchOptions extends RunOptions {
  readonly strategy: Strategy;
  readonly evaluator: Evaluator;
  readonly catalogue: Catalogue;
  /** Decides the seeds of the trials. Default 0. */
  readonly seed?: number;
  /** How many times a failed trial is tried again. Default 0. */
  readonly retries?: number;
  /** Two or three objectives, the label first; absent: the label alone. */
  readonly objectives?: readonly Objective[] | undefined;
  /** Earlier evaluations that the strategy begins with; they do not count. */
  readonly warmStart?: readonly Observation[];
  /** Called after each trial, in the order in which they end. */
  readonly onTrial?: (trial: Trial) => void;
}

/** What a search found. */
export interface SearchResult {
  /** In the order in which they were suggested. */
  readonly trials: readonly Trial[];
  readonly ended: RunEnd;
}

/**
 * A search that is kept nowhere: asks the strategy, evaluates what it suggests and tells it the results, until the budget is spent.
 *
 * @example
 * const { trials } = await search({ strategy, evaluator, catalogue, budget: 100, batch: 10 });
 */
export async function search(options: SearchOptions): Promise<SearchResult> {
  const { strategy, catalogue, seed = 0, retries, objectives, warmStart, onTrial, ...running } = options;
  const study = new Study({ catalogue, createStrategy: () => strategy, seed, retries, objectives, warmStart });
  if (onTrial !== undefined) study.on("trial", onTrial);
  const ended = await runStudy(study, running);
  return { trials: study.trials(), ended };
}
