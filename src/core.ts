/*
 * The core: everything that runs unchanged in Node and in a browser's worker. Spaces, encodings, predictors, acquisitions,
 * strategies, the search loop with functions as evaluators, and what they stand on.
 */
export {
  type Acquisition,
  type AcquisitionDefinition,
  type AcquisitionInput,
  acquisitions,
  createAcquisition,
  expectedImprovement,
  logExpectedImprovement,
  probabilityOfImprovement,
} from "./acquisition/index.js";
export { openThreads } from "./coreThreads.js";
export type { Dataset, ImageSet, Normalisation } from "./dataset/contract.js";
export type { BoundEncoding, Encoding } from "./encoding/contract.js";
export {
  bindEncoding,
  encode,
  encodeAll,
  encodings,
  fittingEncodings,
  type GraphSizes,
  graphEdgeColumn,
  graphSizes,
  misfitOf,
  readViews,
  type ViewSpan,
} from "./encoding/index.js";
export { AssayError } from "./errors.js";
export type { EpochReport, EvaluationRequest, EvaluationResult, Evaluator } from "./evaluator/contract.js";
export { type CostFunction, type CostFunctionOptions, costsOfFunction } from "./evaluator/costFunction.js";
export {
  type Candidate,
  createFunctionEvaluator,
  type EvaluationFunction,
  type FunctionEvaluatorOptions,
} from "./evaluator/function.js";
export type { TrainingInput, TrainingOutcome } from "./evaluator/trainer/contract.js";
export { type TrainerSettings, trainerOptions } from "./evaluator/trainer/options.js";
export { type TrainArchitectureOptions, trainArchitecture } from "./evaluator/trainer/train.js";
export { type TrainableSpace, trainableSpaces } from "./evaluator/trainer/trainable.js";
export {
  createTrainerEstimation,
  type TrainerEstimationOptions,
  trainerEstimationOptions,
} from "./evaluator/trainer/trainerEstimation.js";
export { createTrainerEvaluator, type TrainerEvaluatorOptions } from "./evaluator/trainer/trainerEvaluator.js";
export { createMatrix, type Matrix, takeRows } from "./kernels/matrix.js";
export { createWorkerPool, type WorkerPool, type WorkerPoolOptions } from "./kernels/pool.js";
export type { Task, TaskTable } from "./kernels/tasks.js";
export { largest } from "./kernels/topK.js";
export { serveTasks } from "./kernels/workerTasks.js";
export {
  defineOptions,
  describeOptions,
  type OptionDescription,
  type OptionSchema,
  type OptionValues,
  readOptions,
} from "./options.js";
export type { PredictorModel } from "./predictor/contract.js";
export {
  createPredictor,
  encodingFor,
  type FittingPredictor,
  type Prediction,
  type Predictor,
  type PredictorContext,
  type PredictorDefinition,
  type PredictorExtras,
  predictorFor,
  predictors,
  readsCodes,
  startTraining,
  type TrainingSession,
  type TrainingStage,
} from "./predictor/index.js";
export { predictorTasks } from "./predictor/tasks.js";
export { createGenerator, type Generator } from "./random/index.js";
export type { Registry } from "./registry.js";
export { type Catalogue, createCatalogue } from "./space/catalogue.js";
export type {
  Architecture,
  CostMetric,
  CostView,
  Enumeration,
  Graph,
  GraphView,
  Parameter,
  ParameterView,
  SearchSpace,
  SpaceViews,
} from "./space/contract.js";
export * from "./space/index.js";
export { formatSpec, parseSpec, type Spec } from "./spec.js";
export * from "./stats/index.js";
export {
  type CountedEstimation,
  countEstimation,
  createFeatureSource,
  createStrategy,
  type EstimationSource,
  type Explanation,
  type FeatureSource,
  type LabelStatistics,
  type Measured,
  type Objective,
  type ObjectiveOptions,
  type Observation,
  type PredictedLabel,
  type Recommendation,
  readObjectives,
  type Strategy,
  type StrategyContext,
  type StrategyDefinition,
  type StrategyState,
  type SuggestionReason,
  strategies,
  valuesOf,
} from "./strategy/index.js";
export {
  type AskedTrial,
  bestTrial,
  type CreateStudyOptions,
  createMemoryStorage,
  createStudy,
  type RunEnd,
  type RunOptions,
  runStudy,
  type SearchOptions,
  type SearchResult,
  type Storage,
  type StoredStudy,
  type StoredTrial,
  Study,
  type StudyEvents,
  type StudyOwner,
  type StudyPlace,
  type StudySummary,
  type StudyWriter,
  search,
  type Trial,
  type TrialSelection,
  type TrialState,
  type WaitEvent,
} from "./study/index.js";
export { version } from "./version.js";
