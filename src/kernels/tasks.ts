/** A piece of work that can run on another thread: a module-level function of structured-cloneable data, or a promise of one. */
export type Task = (input: never) => unknown;

/** Tasks by name. The worker entry and the single-threaded fall-back get the same table. */
export type TaskTable = Readonly<Record<string, Task>>;

/**
 * The task with this name, as a function that gives a promise even where the task throws.
 *
 * @example
 * const output = await startTask(predictorTasks, "predictor:fit", input);
 */
export async function startTask(tasks: TaskTable, name: string, input: unknown): Promise<unknown> {
  if (!Object.hasOwn(tasks, name)) {
    throw new Error(`There is no task "${name}" here; known: ${Object.keys(tasks).join(", ") || "none"}.`);
  }
  return tasks[name](input as never);
}
