export { acquisitionConformance } from "./acquisition/conformance.js";
export type { ConformanceCase } from "./conformance.js";
export { type EvaluatorConformanceOptions, evaluatorConformance } from "./evaluator/conformance.js";
export { type PredictorConformanceOptions, predictorConformance } from "./predictor/conformance.js";
export {
  type CodeConformanceOptions,
  type ConformanceTask,
  estimationCodeConformance,
  trainingConformance,
} from "./predictor/conformanceCodes.js";
export { type SpaceConformanceOptions, spaceConformance } from "./space/conformance.js";
export { strategyConformance } from "./strategy/conformance.js";
export { storageConformance } from "./study/storage/conformance.js";
