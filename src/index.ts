/*
 * The library for Node: the core, and what needs files and processes: benchmarks, experiments, all evaluators.
 */
export * from "./benchmark/index.js";
export * from "./core.js";
export * from "./dataset/index.js";
export {
  type CommandEstimationOptions,
  type CommandEvaluatorOptions,
  type Curves,
  commandEstimationOptions,
  createCommandEstimation,
  createCommandEvaluator,
  createEpochCurves,
  createHttpEvaluator,
  createMedianRule,
  createQueueEvaluator,
  createQueueWorker,
  createTableEvaluator,
  type EpochCurves,
  type EvaluatorDefinition,
  evaluators,
  type FinishedTask,
  type HttpEvaluatorOptions,
  loadCosts,
  loadModuleEvaluator,
  type MedianRule,
  type MedianRuleOptions,
  type ModuleEvaluatorOptions,
  type QueueEvaluator,
  type QueueEvaluatorOptions,
  type QueueWorker,
  type QueueWorkerOptions,
  redactUrl,
  type TableEvaluatorOptions,
  type TaskContext,
  type TaskFunction,
  taskFunctionOf,
} from "./evaluator/index.js";
export * from "./experiment/index.js";
export { type OpenStorageOptions, openStorage } from "./study/openStorage.js";
export { openThreads } from "./threads.js";
