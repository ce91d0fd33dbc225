import type { TaskTable } from "../kernels/tasks.js";
import { createGenerator } from "../random/index.js";
import type { Prediction, PredictorModel } from "./contract.js";
import { type ForestPart, type GrowForestInput, growForest } from "./forestGrowth.js";
import { posteriorMean } from "./gaussian/posterior.js";
import { createPredictor } from "./predictors.js";
import type { FitPredictorInput, GaussianMeansInput, PredictRowsInput } from "./taskInputs.js";

/** What predictors run on other threads. Give these to every worker pool that predictors use. */
export const predictorTasks: TaskTable = {
  async "fit-predictor"({
    spec,
    features,
    labels,
    codes,
    seed,
  }: FitPredictorInput): Promise<PredictorModel | undefined> {
    const predictor = createPredictor(spec);
    await predictor.fit(features, labels, createGenerator(seed), { codes });
    return predictor.exportModel();
  },
  "grow-forest"(input: GrowForestInput): ForestPart {
    return growForest(input);
  },
  "gaussian-means"({ posterior, features }: GaussianMeansInput): Float64Array {
    return posteriorMean(posterior, features);
  },
  async "predict-rows"({ spec, model, features, codes }: PredictRowsInput): Promise<Prediction> {
    const predictor = createPredictor(spec);
    predictor.importModel(model);
    return predictor.predict(features, { codes });
  },
};
