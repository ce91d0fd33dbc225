export type {
  Prediction,
  Predictor,
  PredictorContext,
  PredictorDefinition,
  PredictorExtras,
  PredictorModel,
} from "./contract.js";
export { encodingFor, type FittingPredictor, predictorFor } from "./predictorFor.js";
export { createPredictor, predictors, readsCodes, startTraining } from "./predictors.js";
export type { TrainingSession, TrainingStage } from "./trainingSession.js";
