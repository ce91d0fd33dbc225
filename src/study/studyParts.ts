import type { EvaluationRequest } from "../evaluator/contract.js";
import type { Catalogue } from "../space/catalogue.js";
import type { Objective, Observation, Strategy, StrategyState } from "../strategy/contract.js";
import type { StoredTrial, StudyWriter } from "./storage/contract.js";

/** What a study is made of. */
export interface StudyParts {
  readonly catalogue: Catalogue;
  /** Makes the strategy, or restores it. */
  readonly createStrategy: (state?: StrategyState) => Strategy;
  /** Decides the seeds of the trials. */
  readonly seed: number;
  /** Where everything is kept; absent: in this object only. */
  readonly writer?: StudyWriter | undefined;
  /** The trials that the storage holds already. */
  readonly stored?: readonly StoredTrial[];
  /** Two or three objectives, the label first; absent: the label alone. */
  readonly objectives?: readonly Objective[] | undefined;
  /** How many times a failed trial is tried again. Default 0. */
  readonly retries?: number | undefined;
  /** Earlier evaluations that the strategy begins with; they are no trials of this study. */
  readonly warmStart?: readonly Observation[] | undefined;
}

/** A trial to evaluate, as `ask` gives it: `trial` is the number that `tell` and `fail` want. */
export interface AskedTrial extends EvaluationRequest {
  /** Text form of the architecture. */
  readonly text: string;
}
