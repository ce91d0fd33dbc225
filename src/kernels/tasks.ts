/** A piece of work that can run on another thread: a module-level function of structured-cloneable data. */

export type Task = (input: never) => unknown;

/** Tasks by name. The worker entry and the single-threaded fall-back get the same table. */
export type TaskTable = Readonly<Record<string, Task>>;
