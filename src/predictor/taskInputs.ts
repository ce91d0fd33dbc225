import type { Matrix } from "../kernels/matrix.js";
import type { Spec } from "../spec.js";
import type { PredictorModel } from "./contract.js";
import type { Posterior } from "./gaussian/posterior.js";

/** Input of the task `fit-predictor`; its output is the model that was learnt. */
export interface FitPredictorInput {
  readonly spec: string | Spec;
  readonly features: Matrix;
  readonly labels: Float64Array;
  /** Estimation codes of the rows. */
  readonly codes: Matrix | undefined;
  /** What `Generator.seedOf` gave. */
  readonly seed: string;
}

/** Input of the task `predict-rows`; its output is a Prediction for these rows. */
export interface PredictRowsInput {
  readonly spec: string | Spec;
  readonly model: PredictorModel;
  readonly features: Matrix;
  /** Estimation codes of the rows. */
  readonly codes: Matrix | undefined;
}

/** Input of the task `gaussian-means`; its output is a mean for each of these rows. */
export interface GaussianMeansInput {
  readonly posterior: Posterior;
  readonly features: Matrix;
}
