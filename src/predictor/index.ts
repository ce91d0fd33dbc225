export type { Prediction, Predictor, PredictorContext, PredictorDefinition, PredictorModel } from "./contract.js";
export { encodingFor, type FittingPredictor, predictorFor } from "./predictorFor.js";
export { createPredictor, predictors } from "./predictors.js";
