import { defaultThreads } from "./coreThreads.js";
import { trainerTasks } from "./evaluator/trainer/tasks.js";
import { experimentTasks } from "./experiment/tasks.js";
import { createWorkerPool, type WorkerPool } from "./kernels/pool.js";
import type { TaskTable } from "./kernels/tasks.js";
import { predictorTasks } from "./predictor/tasks.js";

/** Everything that the threads of Node can run. */
export const allTasks: TaskTable = { ...predictorTasks, ...trainerTasks, ...experimentTasks };

/**
 * Threads for predictors and experiments. Close the pool when it is no longer needed; idle threads do not keep the process
 * alive. Throws AssayError where `count` is not a whole number from 1.
 *
 * @param count threads at most; default: as many as the machine runs at the same time, one inside a thread of another pool
 * @example
 * const pool = openThreads(2);
 * const report = await compare({ ...options, pool });
 * await pool.close();
 */
export function openThreads(count: number = defaultThreads()): WorkerPool {
  return createWorkerPool({ threads: count, tasks: allTasks });
}
