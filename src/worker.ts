/** The worker thread of Node: runs the tasks of a pool made by `openThreads` or `createWorkerPool`. */
import { serveTasks } from "./kernels/workerTasks.js";

serveTasks({});
