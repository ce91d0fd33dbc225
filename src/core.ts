export { AssayError } from "./errors.js";
export { createMatrix, type Matrix, takeRows } from "./kernels/matrix.js";
export { createWorkerPool, type WorkerPool, type WorkerPoolOptions } from "./kernels/pool.js";
export type { Task, TaskTable } from "./kernels/tasks.js";
export { serveTasks } from "./kernels/workerTasks.js";
export { describeOptions, type OptionDescription, type OptionSchema, type OptionValues } from "./options.js";
export { createGenerator, type Generator } from "./random/index.js";
export { formatSpec, parseSpec, type Spec } from "./spec.js";
export { version } from "./version.js";
