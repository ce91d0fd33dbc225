import { failed } from "../answer.js";
import type { EpochReport } from "../contract.js";
import { type StoredResult, writeStoredResult } from "../storedResult.js";
import type { EvaluationTask } from "../task.js";
import type { TaskFunction } from "./contract.js";

/** Longer ones overflow the timer of the platform, which then fires at once. */
const LONGEST_TIMER_MILLISECONDS = 2 ** 31 - 1;

/** One evaluation that can be stopped. */
export interface RunningTask {
  /** Never rejects. undefined: it was given back. */
  readonly result: Promise<StoredResult | undefined>;
  /** The coordinator wants no more of it. */
  stop(): void;
  /** Somebody else shall do it. */
  giveBack(): void;
}

/**
 * Runs one task, with an end to its time. A result that comes in spite of a stop does not count: the trial was stopped.
 *
 * @param timeout seconds
 */
export function runTask(
  evaluate: TaskFunction,
  task: EvaluationTask,
  timeout: number | undefined,
  onEpoch: (report: EpochReport) => void,
): RunningTask {
  const controller = new AbortController();
  let end: "over time" | "stopped" | "given back" | undefined;
  let epochs = 0;
  const finish = (reason: NonNullable<typeof end>): void => {
    if (end !== undefined && reason !== "given back") return;
    end = reason;
    controller.abort(new Error(reason));
  };
  const milliseconds = (timeout ?? Number.POSITIVE_INFINITY) * 1000;
  const timer =
    milliseconds <= LONGEST_TIMER_MILLISECONDS ? setTimeout(() => finish("over time"), milliseconds) : undefined;

  const run = async (): Promise<StoredResult | undefined> => {
    let result: StoredResult;
    try {
      result = await evaluate(task, {
        signal: controller.signal,
        onEpoch(report) {
          if (end !== undefined) return "stop";
          epochs = report.epoch;
          onEpoch(report);
          return end === undefined ? "continue" : "stop";
        },
      });
    } catch (error) {
      result = writeStoredResult(failed(reasonOf(error)));
    } finally {
      clearTimeout(timer);
    }
    if (end === "given back") return undefined;
    const kept = result.log === undefined ? {} : { log: result.log };
    if (end === "over time") return { ...writeStoredResult(failed(`took longer than ${timeout} s`)), ...kept };
    if (end === "stopped")
      return { ...writeStoredResult({ ...failed(`stopped after epoch ${epochs}`), isFinal: true }), ...kept };
    return result;
  };
  return { result: run(), stop: () => finish("stopped"), giveBack: () => finish("given back") };
}

function reasonOf(error: unknown): string {
  const line = (error instanceof Error ? error.message : String(error)).trim().split(/\r?\n/, 1)[0].slice(0, 300);
  return line === "" ? "the evaluation threw an error without a message" : line;
}
