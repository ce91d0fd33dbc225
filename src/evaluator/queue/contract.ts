import type { EpochReport } from "../contract.js";
import type { StoredResult } from "../storedResult.js";
import type { EvaluationTask } from "../task.js";

/** What a worker gives to the function that evaluates. */
export interface TaskContext {
  /** Aborted where the time is over, the coordinator stops the trial or the worker gives it back. */
  readonly signal: AbortSignal;
  /** To be called after each epoch. */
  readonly onEpoch: (report: EpochReport) => "continue" | "stop";
}

/** Evaluates one task on a worker. What it throws makes the evaluation a failed one. */
export type TaskFunction = (task: EvaluationTask, context: TaskContext) => Promise<StoredResult>;
