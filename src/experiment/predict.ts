import type { Benchmark } from "../benchmark/contract.js";
import { AssayError } from "../errors.js";
import type { WorkerPool } from "../kernels/pool.js";
import { encodingFor, predictors } from "../predictor/index.js";
import { createGenerator } from "../random/index.js";
import { resolve } from "../registry.js";
import { formatSpec, type Spec } from "../spec.js";
import { version } from "../version.js";
import { countStep } from "./control.js";
import { requireCount } from "./counts.js";
import { measurePredictor, type PredictorMeasurement, type Ranked, rowsWithValues } from "./measurePredictor.js";
import type { ExperimentProgress } from "./progress.js";
import type { PredictReport, PredictResult } from "./report.js";
import { runPieces } from "./runPieces.js";
import { openShared, shareBenchmark } from "./sharedBenchmark.js";
import { meanAndDeviation } from "./summarise.js";
import type { MeasureTaskInput } from "./tasks.js";

/** A comparison of predictors on one benchmark. */
export interface PredictOptions {
  readonly benchmark: Benchmark;
  /** Specs, such as `mlp:layers=3`. */
  readonly predictors: readonly (string | Spec)[];
  /** Sizes of the training samples, from 2. */
  readonly trainSizes: readonly number[];
  /** Label rule of the training samples; the benchmark's own where absent. */
  readonly label?: string | undefined;
  /** What rankings are compared with: test values, or labels, as predictors are told them. Default: test. */
  readonly against?: Ranked | undefined;
  /** How many training samples of each size. */
  readonly seeds: number;
  /** Seed of the first sample; the others follow it one by one. Default 1. */
  readonly firstSeed?: number;
  /** Threads that hold `experimentTasks`. The results do not depend on their number, seconds aside. */
  readonly pool: WorkerPool;
  /** Stops the experiment; the report then holds what was finished. Close the pool too, not to wait for running fits. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ExperimentProgress) => void) | undefined;
}

interface Piece {
  readonly predictor: number;
  readonly trainSize: number;
  readonly seed: number;
}

/**
 * Fits several predictors to random training samples and measures how well they rank all other architectures by their
 * test values, or by their labels. For one seed all predictors get the same sample, and a smaller sample is the beginning of a larger one.
 *
 * @example
 * const report = await predict({ benchmark, predictors: ["mlp"], trainSizes: [78, 156], seeds: 10, pool });
 */
export async function predict(options: PredictOptions): Promise<PredictReport> {
  const { benchmark, trainSizes, against = "test", seeds, firstSeed = 1, pool, signal } = options;
  requireCount("seeds", seeds);
  const labels = benchmark.labels(options.label, createGenerator(firstSeed).split("labels"));
  checkTrainSizes(trainSizes, rowsWithValues(labels.values).length, benchmark.name);
  const largestTrainSize = Math.max(...trainSizes);
  const entries = options.predictors.map((given) => {
    const resolved = resolve("predictor", predictors, given);
    return { given, encoding: encodingFor(benchmark.space, resolved.definition), ...resolved };
  });

  const shared = shareBenchmark(benchmark);
  const pieces: Piece[] = entries.flatMap((_, predictor) =>
    trainSizes.flatMap((trainSize) =>
      Array.from({ length: seeds }, (_, i) => ({ predictor, trainSize, seed: firstSeed + i })),
    ),
  );
  // With fewer fits than threads, the threads are worth more inside the fits.
  const inside = pieces.length < pool.threads;
  const measurements = await runPieces<Piece, PredictorMeasurement>({
    pieces,
    steps: pieces.length,
    threads: inside ? 1 : pool.threads,
    signal,
    onProgress: options.onProgress,
    run: ({ predictor, trainSize, seed }, control) => {
      const settings = {
        predictor: entries[predictor].spec,
        label: options.label,
        against,
        trainSize,
        largestTrainSize,
        seed,
      };
      return inside
        ? measurePredictor({ ...settings, ...openShared(shared), pool }).finally(() => countStep(control))
        : pool.run<MeasureTaskInput, PredictorMeasurement | undefined>("experiment:measure", {
            ...settings,
            shared,
            control,
          });
    },
  });

  const results = entries.flatMap((entry, predictor) =>
    trainSizes.flatMap((trainSize): PredictResult[] => {
      const done = measurements.filter(
        (measurement, position): measurement is PredictorMeasurement =>
          measurement !== undefined &&
          pieces[position].predictor === predictor &&
          pieces[position].trainSize === trainSize,
      );
      if (done.length === 0) return [];
      const over = (name: keyof PredictorMeasurement) => meanAndDeviation(done.map((measurement) => measurement[name]));
      return [
        {
          predictor: entry.definition.name,
          spec: typeof entry.given === "string" ? entry.given : formatSpec(entry.given),
          options: { ...entry.options },
          encoding: entry.encoding,
          trainSize,
          runs: done.length,
          kendallTau: over("kendallTau"),
          spearman: over("spearman"),
          recallAt100: over("recallAt100"),
          fitSeconds: over("fitSeconds"),
          rankSeconds: over("rankSeconds"),
        },
      ];
    }),
  );
  return {
    schema: 1,
    kind: "predict",
    version,
    benchmark: benchmark.name,
    packChecksum: benchmark.metadata.checksum,
    label: labels.rule,
    labelDescription: labels.description,
    against: against === "test" ? benchmark.metadata.test : `the labels (${labels.rule})`,
    rankedOver: "all architectures outside the training sample",
    seeds,
    firstSeed,
    complete: measurements.every((measurement) => measurement !== undefined),
    results,
  };
}

function checkTrainSizes(trainSizes: readonly number[], measured: number, benchmark: string): void {
  for (const size of trainSizes) {
    requireCount("train-sizes", size);
    if (size < 2 || size > measured - 2) {
      throw new AssayError(
        "bad-train-size",
        `A training sample of ${size} does not fit ${benchmark}: at least 2, and at least 2 of its ` +
          `${measured.toLocaleString("en")} labelled architectures must remain to be ranked.`,
      );
    }
  }
}
