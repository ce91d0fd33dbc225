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
  loadCosts,
  loadModuleEvaluator,
  type ModuleEvaluatorOptions,
  type TableEvaluatorOptions,
} from "./evaluator/index.js";
export * from "./experiment/index.js";
export { openThreads } from "./threads.js";
