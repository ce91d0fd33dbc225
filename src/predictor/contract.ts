import type { Matrix } from "../kernels/matrix.js";
import type { WorkerPool } from "../kernels/pool.js";
import type { OptionSchema, OptionValues } from "../options.js";
import type { Generator } from "../random/index.js";

/** What a predictor says of many architectures. Same unit as the labels it was fitted to (percent for accuracies). */
export interface Prediction {
  /** One value for each row. */
  readonly mean: Float64Array;
  /** One value for each row, where the predictor knows how sure it is. */
  readonly standardDeviation?: Float64Array;
  /** The mean of each member of an ensemble, for acquisitions that draw one of them. */
  readonly members?: readonly Float64Array[];
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
   */
  fit(features: Matrix, labels: Float64Array, generator: Generator): Promise<void>;
  /**
   * Throws an Error where `fit` was never called. Predicting changes nothing, and what is said of a row depends on that
   * row only, to the last bit: rows may be split over threads at any place.
   */
  predict(features: Matrix): Promise<Prediction>;
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
  create(options: OptionValues, context: PredictorContext): Predictor;
}
