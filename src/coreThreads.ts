import { createWorkerPool, type WorkerPool } from "./kernels/pool.js";
import { availableThreads, isPoolThread } from "./kernels/workerPlatform.js";
import { predictorTasks } from "./predictor/tasks.js";

/**
 * The threads of the core: they fit members of ensembles and rank blocks of rows in parallel. In browsers the page must be
 * cross-origin isolated (headers COOP and COEP); elsewhere, and inside a thread of another pool, the work runs on the
 * calling thread with the same results. Throws AssayError where `count` is not a whole number from 1.
 *
 * @param count threads at most; default: as many as the machine runs at the same time
 * @param workerUrl where `core-worker.js` lies; default: beside the core
 * @example
 * const pool = openThreads();
 * const predictor = createPredictor("ensemble", { pool });
 */
export function openThreads(count: number = defaultThreads(), workerUrl?: URL | string): WorkerPool {
  return createWorkerPool({ threads: count, tasks: predictorTasks, ...(workerUrl === undefined ? {} : { workerUrl }) });
}

/** One inside a thread of a pool, which keeps the other processors busy already. */
export function defaultThreads(): number {
  return isPoolThread() ? 1 : availableThreads();
}
