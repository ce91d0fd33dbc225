/** The worker thread of browsers: runs the tasks of a pool made with the core's `openThreads`. */
import { serveTasks } from "./kernels/workerTasks.js";
import { predictorTasks } from "./predictor/tasks.js";

serveTasks(predictorTasks);
