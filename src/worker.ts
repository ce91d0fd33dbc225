/** The worker thread of Node: runs the tasks of a pool made by `openThreads`. */
import { serveTasks } from "./kernels/workerTasks.js";
import { allTasks } from "./threads.js";

serveTasks(allTasks);
