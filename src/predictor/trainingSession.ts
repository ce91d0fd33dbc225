import type { Matrix } from "../kernels/matrix.js";
import type { Generator } from "../random/index.js";
import type { Prediction, PredictorExtras } from "./contract.js";

/** A stretch of training. What is left out is the predictor's own. */
export interface TrainingStage {
  /** Passes over the rows that were added so far, or stretches of `stepsPerEpoch` batches. At least 1. */
  readonly epochs: number;
  /** Batches in each epoch. */
  readonly stepsPerEpoch?: number | undefined;
  /** Rows (of a comparator: pairs) in each batch. */
  readonly batch?: number | undefined;
  /** Learning rate of the stage, or the one that the predictor's own schedule of a stage starts with. */
  readonly learningRate?: number | undefined;
  /** Goes on with the optimiser of the stage before, as if both were one. By default the optimiser starts afresh. */
  readonly continued?: boolean | undefined;
}

/**
 * A predictor in training: rows come in between stages, and weights are carried over from stage to stage. The weights begin at
 * the first call of `train`. The same calls with the same generators give the same session, to the last bit: whoever wants to
 * restore one repeats them.
 *
 * @example
 * const session = startTraining("siamese");
 * session.add(features, labels, { codes });
 * await session.train({ epochs: 40, learningRate: 0.001 }, generator.split(0));
 * const { mean } = await session.predict(others);
 */
export interface TrainingSession {
  /**
   * Adds rows to those that are learnt from; the caller may overwrite them afterwards.
   *
   * @param labels one finite number for each row, in the unit of the predictions
   */
  add(features: Matrix, labels: Float64Array, extras?: PredictorExtras): void;
  /** Trains on all rows added so far. Throws an Error where there are none. */
  train(stage: TrainingStage, generator: Generator): Promise<void>;
  /** Like `Predictor.predict`. Throws an Error before the first `train`. */
  predict(features: Matrix, extras?: PredictorExtras): Promise<Prediction>;
}
