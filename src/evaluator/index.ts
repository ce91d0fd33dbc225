import type { Registry } from "../registry.js";
import { createCommandEvaluator } from "./command/commandEvaluator.js";
import { createFunctionEvaluator } from "./function.js";
import { createHttpEvaluator } from "./http/httpEvaluator.js";
import { loadModuleEvaluator } from "./module.js";
import { createQueueEvaluator } from "./queue/queueEvaluator.js";
import { createTableEvaluator } from "./table.js";
import { createTrainerEvaluator } from "./trainer/trainerEvaluator.js";

export type { Answer } from "./answer.js";
export {
  type CommandEstimationOptions,
  commandEstimationOptions,
  createCommandEstimation,
} from "./command/commandEstimation.js";
export { createCommandEvaluator } from "./command/commandEvaluator.js";
export type { CommandEvaluatorOptions } from "./command/commandOptions.js";
export { joinWords, splitWords } from "./command/words.js";
export type { EpochReport, EvaluationRequest, EvaluationResult, Evaluator } from "./contract.js";
export { type CostFunction, type CostFunctionOptions, costsOfFunction } from "./costFunction.js";
export { loadCosts } from "./costModule.js";
export {
  type Candidate,
  createFunctionEvaluator,
  type EvaluationFunction,
  type FunctionEvaluatorOptions,
} from "./function.js";
export { createHttpEvaluator, type HttpEvaluatorOptions } from "./http/httpEvaluator.js";
export { createMedianRule, type MedianRule, type MedianRuleOptions } from "./medianRule.js";
export { loadModuleEvaluator, type ModuleEvaluatorOptions } from "./module.js";
export { type Curves, createEpochCurves, type EpochCurves } from "./protocol/epochCurves.js";
export * from "./queue/index.js";
export { readStoredResult, type StoredResult, writeStoredResult } from "./storedResult.js";
export { createTableEvaluator, type TableEvaluatorOptions } from "./table.js";
export { type EvaluationTask, evaluationTaskSchema, writeTask } from "./task.js";
export { checkTraining } from "./trainer/checkTraining.js";
export type { TrainingInput, TrainingOutcome } from "./trainer/contract.js";
export { type TrainerSettings, trainerOptions } from "./trainer/options.js";
export { requireTrainable, type TrainableSpace, trainableSpaces } from "./trainer/trainable.js";
export {
  createTrainerEstimation,
  type TrainerEstimationOptions,
  trainerEstimationOptions,
} from "./trainer/trainerEstimation.js";
export { createTrainerEvaluator, type TrainerEvaluatorOptions } from "./trainer/trainerEvaluator.js";

/** An entry of the registry of evaluators. They are made from different things, so each has its own factory. */
export interface EvaluatorDefinition {
  readonly name: string;
  readonly description: string;
  /** What it is made from. */
  readonly needs: "benchmark" | "function" | "module" | "data set" | "command" | "address" | "queue";
  readonly create:
    | typeof createTableEvaluator
    | typeof createFunctionEvaluator
    | typeof loadModuleEvaluator
    | typeof createTrainerEvaluator
    | typeof createCommandEvaluator
    | typeof createHttpEvaluator
    | typeof createQueueEvaluator;
}

/** The evaluators by name. */
export const evaluators: Registry<EvaluatorDefinition> = {
  table: {
    name: "table",
    description: "Looks measurements up in a benchmark",
    needs: "benchmark",
    create: createTableEvaluator,
  },
  function: {
    name: "function",
    description: "Calls a function of your program",
    needs: "function",
    create: createFunctionEvaluator,
  },
  module: {
    name: "module",
    description: "Calls the default export of a JavaScript module (--evaluate)",
    needs: "module",
    create: loadModuleEvaluator,
  },
  trainer: {
    name: "trainer",
    description: "Trains each architecture on a data set (--train, --live)",
    needs: "data set",
    create: createTrainerEvaluator,
  },
  command: {
    name: "command",
    description: "Runs a program for each architecture (--command)",
    needs: "command",
    create: createCommandEvaluator,
  },
  http: {
    name: "http",
    description: "Asks a service (--http)",
    needs: "address",
    create: createHttpEvaluator,
  },
  queue: {
    name: "queue",
    description: "Hands trials to workers on other machines (--queue)",
    needs: "queue",
    create: createQueueEvaluator,
  },
};
