import type { Architecture, SearchSpace } from "../space/contract.js";

/** What one epoch of a training gave, as it goes on. */
export interface EpochReport {
  /** From 1. */
  readonly epoch: number;
  /** Named numbers of this epoch, such as `train_loss` (nats) or `accuracy` (percent). */
  readonly values: Readonly<Record<string, number>>;
}

/** What is evaluated. */
export interface EvaluationRequest {
  readonly space: SearchSpace;
  readonly architecture: Architecture;
  /** Catalogue number of the architecture (the index in an enumerable space). */
  readonly id: number;
  /** 0 for the first query of a search. */
  readonly trial: number;
  /** For the randomness of the training: a whole number below 2^31 that follows from the seed of the search and `trial`. Default 0. */
  readonly seed?: number;
  /** How many attempts at this trial have failed before; those that were lost with their process do not count. Default 0. */
  readonly attempt?: number;
  readonly signal?: AbortSignal;
  /** Called after each epoch by evaluators that hear of them. "stop": this training is not worth its time. */
  readonly onEpoch?: (report: EpochReport) => "continue" | "stop";
}

/** The measurements of one architecture. */
export interface EvaluationResult {
  /** What the strategy maximises; NaN means that the evaluation failed. */
  readonly label: number;
  /** Further named numbers, such as `test` (percent). */
  readonly metrics?: Readonly<Record<string, number>>;
  /** Named series with one number for each epoch, such as `loss` (nats). */
  readonly curves?: Readonly<Record<string, readonly number[]>>;
  /** Why it failed, one sentence. */
  readonly failure?: string;
  /** Failed for a reason that no other attempt would mend: `onEpoch` stopped it, or it was never measured. */
  readonly isFinal?: boolean;
  /** Path of the file that keeps what the evaluation printed. */
  readonly log?: string;
}

/** Produces the measurements of one architecture: table, function, trainer, command, queue. */
export interface Evaluator {
  readonly name: string;
  evaluate(request: EvaluationRequest): Promise<EvaluationResult>;
  /** Told once the result of a request is kept for good: an evaluator that keeps it for others need not any longer. */
  acknowledge?(request: EvaluationRequest): void;
  close?(): Promise<void>;
}
