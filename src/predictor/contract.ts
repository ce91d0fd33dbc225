import type { Matrix } from "../kernels/matrix.js";
import type { WorkerPool } from "../kernels/pool.js";
import type { OptionSchema, OptionValues } from "../options.js";
import type { Generator } from "../random/index.js";
import type { TrainingSession } from "./trainingSession.js";

/** What a predictor says of many architectures. Same unit as the labels it was fitted to (percent for accuracies). */
export interface Prediction {
  /** One value for each row. */
  readonly mean: Float64Array;
  /** One value for each row, where the predictor knows how sure it is. */
  readonly standardDeviation?: Float64Array;
  /** The mean of each member of an ensemble, for acquisitions that draw one of them. */
  readonly members?: readonly Float64Array[];
}

/** What may be known of architectures besides their features. */
export interface PredictorExtras {
  /**
   * Estimation codes: cheap signals of an early training (losses of the first epochs) or of the untrained network. One row for
   * each row of the features; a row that holds a NaN is unknown. Predictors without `estimationCode` ignore them.
   */
  readonly codes?: Matrix | undefined;
}

/**
 * Learns labels (larger is better) from encoded architectures. `fit` starts afresh each time: nothing of an earlier fit
 * is left. `predictor/conformance.ts` holds the suite that every implementation passes.
 */
export interface Predictor {
  /**
   * @param features one row for each architecture, at least one row
   * @param labels one finite number for each row
   * @param generator the only source of randomness
   * @param extras codes of these rows, for predictors that read them
   */
  fit(features: Matrix, labels: Float64Array, generator: Generator, extras?: PredictorExtras): Promise<void>;
  /**
   * Throws an Error where `fit` was never called. Predicting changes nothing, and what is said of a row depends on that
   * row only, to the last bit: rows may be split over threads at any place. A row with a code is predicted with it ("fine"), a row
   * without one as if there were none ("coarse").
   */
  predict(features: Matrix, extras?: PredictorExtras): Promise<Prediction>;
  /** What was learnt, as data that can be sent to another thread (structured clone); `undefined` before the first fit. */
  exportModel(): PredictorModel | undefined;
  /** Takes over what an equal predictor (same name and options) learnt elsewhere. */
  importModel(model: PredictorModel): void;
}

/** A fitted predictor as plain data: typed arrays, numbers, strings, arrays and objects of them. */
export type PredictorModel = { readonly [key: string]: unknown };

/** What a predictor gets besides its options. */
export interface PredictorContext {
  /** Threads for independent work. Results never depend on their number. Absent: work on this thread. */
  readonly pool?: WorkerPool;
}

/** An entry of the registry of predictors. */
export interface PredictorDefinition {
  readonly name: string;
  readonly description: string;
  /** Where the method was published. */
  readonly source: string;
  readonly options: OptionSchema;
  /** Names of the encodings that it reads, best first; the first that fits the space is used. */
  readonly encodings: readonly string[];
  /** What `predict` returns besides the mean. */
  readonly uncertainty: "none" | "standard-deviation" | "members";
  /** Present where it reads estimation codes, or says by its options whether it does. It also works without any. */
  readonly estimationCode?: "optional" | ((options: OptionValues) => "optional" | undefined);
  create(options: OptionValues, context: PredictorContext): Predictor;
  /** Starts a training in stages, for strategies that sample while the predictor is trained. Not every predictor can. */
  startTraining?(options: OptionValues, context: PredictorContext): TrainingSession;
}
