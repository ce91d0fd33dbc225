import type { WorkerPool } from "./pool.js";
import { startTask, type TaskTable } from "./tasks.js";
import { closedError } from "./workerError.js";

/** How long tasks may follow each other before timers, input and Ctrl-C get their turn. */
const TURN_MILLISECONDS = 30;

/**
 * A pool without threads: tasks run here, one after the other, in the order in which they came. A task that has begun
 * ends even where the pool is closed.
 */
export function createInlinePool(tasks: TaskTable): WorkerPool {
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();
  let turn = 0;

  async function runNext(task: string, input: unknown): Promise<unknown> {
    if (performance.now() - turn > TURN_MILLISECONDS) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      turn = performance.now();
    }
    if (closed) throw closedError();
    return startTask(tasks, task, input);
  }

  return {
    threads: 1,
    run<Input, Output>(task: string, input: Input): Promise<Output> {
      const result = last.then(() => runNext(task, input));
      last = result.catch(() => {});
      return result as Promise<Output>;
    },
    async close() {
      closed = true;
    },
  };
}
