export { hideSecrets, redactUrl } from "./address.js";
export type { TaskContext, TaskFunction } from "./contract.js";
export { createQueueEvaluator, type QueueEvaluator, type QueueEvaluatorOptions } from "./queueEvaluator.js";
export { taskFunctionOf } from "./taskRequest.js";
export { createQueueWorker, type FinishedTask, type QueueWorker, type QueueWorkerOptions } from "./worker.js";
