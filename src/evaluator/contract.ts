import type { Architecture, SearchSpace } from "../space/contract.js";

/** What is evaluated. */
export interface EvaluationRequest {
  readonly space: SearchSpace;
  readonly architecture: Architecture;
  /** Catalogue number of the architecture (the index in an enumerable space). */
  readonly id: number;
  /** 0 for the first query of a search. */
  readonly trial: number;
  readonly signal?: AbortSignal;
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
}

/** Produces the measurements of one architecture: table, function, trainer, command, queue. */
export interface Evaluator {
  readonly name: string;
  evaluate(request: EvaluationRequest): Promise<EvaluationResult>;
  close?(): Promise<void>;
}
