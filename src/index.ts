/*
 * The library for Node: the core, and what needs files and processes: benchmarks, experiments, all evaluators.
 */
export * from "./benchmark/index.js";
export * from "./core.js";
export * from "./dataset/index.js";
export {
  createTableEvaluator,
  type EvaluatorDefinition,
  evaluators,
  loadModuleEvaluator,
  type ModuleEvaluatorOptions,
  type TableEvaluatorOptions,
} from "./evaluator/index.js";
export * from "./experiment/index.js";
export { type OpenStorageOptions, openStorage } from "./study/openStorage.js";
export { openThreads } from "./threads.js";
