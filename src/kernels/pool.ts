import { AssayError } from "../errors.js";
import type { TaskTable } from "./tasks.js";
import { createInlinePool } from "./workerInline.js";
import { canStartWorkers, workerAddress } from "./workerPlatform.js";
import { createThreadedPool } from "./workerThreads.js";

/**
 * Threads that run independent pieces of work: ensemble members, seeds, blocks of rows. Results are the same for any
 * number of threads, because each piece has its own generator and its own place in the output.
 */
export interface WorkerPool {
  /** How many pieces run at the same time; 1 means that everything runs on the calling thread. */
  readonly threads: number;
  /**
   * Runs a named task (see `kernels/tasks.ts`) and gives its result. Input and output are structured-cloned; typed arrays over
   * SharedArrayBuffer are shared, not copied. Tasks start in the order in which they came. Never call this inside a
   * task with the pool that runs the task: it may wait for itself.
   *
   * Rejects with what the task threw (an AssayError keeps its code and hint), with an Error where the thread died while
   * it ran the task (the next task gets a new thread), and with an AssayError `pool-closed` after `close`.
   */
  run<Input, Output>(task: string, input: Input): Promise<Output>;
  /** Ends all threads at once; what still runs or waits is rejected. */
  close(): Promise<void>;
}

/** What a pool is made of. */
export interface WorkerPoolOptions {
  /** How many threads at most, from 1. They start when they are first needed. */
  readonly threads: number;
  /** What runs on the calling thread where there are no others. The worker's own table must hold the same tasks. */
  readonly tasks: TaskTable;
  /** Address of the worker's module (see `serveTasks`); default: the worker that is built with this package. */
  readonly workerUrl?: URL | string;
}

/**
 * A pool of worker threads: `worker_threads` in Node, module workers in browsers. With one thread, and in browsers
 * without SharedArrayBuffer (pages that are not cross-origin isolated), tasks run on the calling thread with the same
 * results. Idle threads never keep a Node process alive.
 *
 * @example
 * const pool = createWorkerPool({ threads: 2, tasks: predictorTasks });
 * const output = await pool.run("some-task", { rows: 3 });
 * await pool.close();
 */
export function createWorkerPool({ threads, tasks, workerUrl }: WorkerPoolOptions): WorkerPool {
  if (!(Number.isInteger(threads) && threads >= 1)) {
    throw new AssayError("bad-threads", `A pool needs at least one thread, got ${threads}.`, "Use 1, 2, 3, …");
  }
  if (threads === 1 || !canStartWorkers()) return createInlinePool(tasks);
  return createThreadedPool(threads, workerUrl ?? workerAddress(import.meta.url));
}
