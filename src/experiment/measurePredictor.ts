import type { Benchmark } from "../benchmark/contract.js";
import { takeRows } from "../kernels/matrix.js";
import type { WorkerPool } from "../kernels/pool.js";
import { createPredictor, encodingFor, predictors } from "../predictor/index.js";
import { createGenerator } from "../random/index.js";
import { resolve } from "../registry.js";
import type { Spec } from "../spec.js";
import { kendallTau, recallAtK, spearman } from "../stats/index.js";
import type { FeatureSource } from "../strategy/contract.js";

/** What a ranking is compared with: test values, or labels, as predictors are told them. */
export type Ranked = "test" | "label";

/** One fit of one predictor. */
export interface MeasureOptions {
  readonly benchmark: Benchmark;
  readonly features: FeatureSource;
  readonly predictor: string | Spec;
  /** Label rule of the training sample; the benchmark's own where absent. */
  readonly label?: string | undefined;
  /** Default: test. */
  readonly against?: Ranked | undefined;
  readonly trainSize: number;
  /** Size of the largest sample of the experiment; smaller ones are its beginning. */
  readonly largestTrainSize: number;
  /** Equal seeds give all predictors equal training samples with equal labels. */
  readonly seed: number;
  readonly pool?: WorkerPool | undefined;
}

/** How well a predictor ranks the architectures that it was not fitted to, compared with their test values or labels. */
export interface PredictorMeasurement {
  readonly kendallTau: number;
  readonly spearman: number;
  /** Share of the truly best 100 among the 100 that are predicted best. */
  readonly recallAt100: number;
  readonly fitSeconds: number;
  /** Predicting the whole space. */
  readonly rankSeconds: number;
}

/**
 * Fits a predictor to a random training sample and ranks the space with it.
 *
 * @example
 * await measurePredictor({ benchmark, features, predictor: "ridge", trainSize: 78, largestTrainSize: 78, seed: 1 });
 */
export async function measurePredictor(options: MeasureOptions): Promise<PredictorMeasurement> {
  const { benchmark, features, trainSize, pool } = options;
  const generator = createGenerator(options.seed);
  const { values: labels } = benchmark.labels(options.label, generator.split("labels"));
  const { definition, spec } = resolve("predictor", predictors, options.predictor);
  const predictor = createPredictor(spec, pool === undefined ? {} : { pool });
  const matrix = features.all(encodingFor(benchmark.space, definition));

  const measured = rowsWithValues(labels);
  const sample = generator.split("training-sample").choose(options.largestTrainSize, measured.length);
  const training = sample.slice(0, trainSize).map((position) => measured[position]);
  const trainingFeatures = takeRows(matrix, training);
  const trainingLabels = Float64Array.from(training, (row) => labels[row]);

  const started = performance.now();
  await predictor.fit(trainingFeatures, trainingLabels, generator.split("fit"));
  const fitted = performance.now();
  const { mean } = await predictor.predict(matrix);
  const ranked = performance.now();

  const trainingRows = new Set(training);
  const compared = options.against === "label" ? labels : benchmark.test;
  const others = rowsWithValues(compared).filter((row) => !trainingRows.has(row));
  const truth = Float64Array.from(others, (row) => compared[row]);
  const predicted = Float64Array.from(others, (row) => mean[row]);
  return {
    kendallTau: orNothing(kendallTau(truth, predicted)),
    spearman: orNothing(spearman(truth, predicted)),
    recallAt100: recallAtK(truth, predicted, Math.min(100, others.length)),
    fitSeconds: (fitted - started) / 1000,
    rankSeconds: (ranked - fitted) / 1000,
  };
}

/** Rows that have a number in this column. */
export function rowsWithValues(values: Float64Array): Int32Array {
  const rows = new Int32Array(values.length);
  let count = 0;
  for (let row = 0; row < values.length; row++) if (!Number.isNaN(values[row])) rows[count++] = row;
  return rows.subarray(0, count);
}

/** A constant prediction has no correlation; it says nothing, and counts as 0. */
function orNothing(correlation: number): number {
  return Number.isNaN(correlation) ? 0 : correlation;
}
