import type { Benchmark } from "../benchmark/contract.js";
import { type EstimationTable, estimationFromTable } from "../benchmark/estimation.js";
import type { WorkerPool } from "../kernels/pool.js";
import type { Spec } from "../spec.js";
import type { FeatureSource } from "../strategy/contract.js";
import { search } from "../study/search.js";
import { curveCheckpoints } from "./checkpoints.js";
import { type Curve, type RunSteps, traceCurve, traceSteps } from "./curve.js";
import { type EstimationCosts, reportEstimation } from "./estimationCosts.js";
import { queriesToOptimum } from "./optimum.js";
import { askRecommendation } from "./recommendation.js";
import { setUpTableSearch } from "./searchSetup.js";

/** One run: one strategy, one seed. */
export interface TabularRunOptions {
  readonly benchmark: Benchmark;
  readonly strategy: string | Spec;
  readonly features: FeatureSource;
  /** Label rule; the benchmark's own where absent. */
  readonly label?: string | undefined;
  readonly budget: number;
  /** Suggestions per iteration; the strategy's own where absent. */
  readonly batch?: number | undefined;
  /** Estimation codes that the strategy may ask for. */
  readonly estimation?: EstimationTable | undefined;
  /** Decides everything: labels, sampling, fits. Equal seeds give all strategies equal labels. */
  readonly seed: number;
  readonly pool?: WorkerPool | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after each query. */
  readonly onQuery?: () => void;
}

/** What a strategy recommends at the end of a run. */
export interface RunRecommendation {
  readonly architecture: number;
  /** Its test value in the table; NaN where it has none. */
  readonly test: number;
  readonly isEvaluated: boolean;
}

/** What one run found. Plain data. */
export interface TabularRun {
  readonly seed: number;
  /** How many architectures were queried: the budget, or fewer where the space was exhausted. */
  readonly queries: number;
  readonly curve: Curve;
  /** The same between the checkpoints. */
  readonly steps: RunSteps;
  /** Queries until the best label, and until the best test value, of the table was found; undefined where it was not. */
  readonly optimum: { readonly label: number | undefined; readonly test: number | undefined };
  readonly seconds: number;
  /** What the strategy recommends at the end, where it does. Counts neither as a query nor in `seconds`. */
  readonly recommendation?: RunRecommendation;
  /** What the estimation codes came to, where any were asked for. */
  readonly estimationCodes?: EstimationCosts;
}

/**
 * Runs one strategy with one seed on a benchmark.
 *
 * @returns undefined where the signal stopped the run
 * @example
 * const features = createFeatureSource(createCatalogue(benchmark.space));
 * const run = await runTabular({ benchmark, strategy: "random", features, budget: 100, seed: 1 });
 */
export async function runTabular(options: TabularRunOptions): Promise<TabularRun | undefined> {
  const { benchmark, budget, seed, signal, onQuery } = options;
  const started = performance.now();
  const { labels, ...setup } = setUpTableSearch({
    ...options,
    estimation: options.estimation && estimationFromTable(options.estimation),
  });
  const result = await search({
    ...setup,
    budget,
    ...(signal === undefined ? {} : { signal }),
    ...(onQuery === undefined ? {} : { onTrial: onQuery }),
  });
  const { trials, ended } = result;
  if (ended === "stopped") return undefined;
  const seconds = (performance.now() - started) / 1000;
  const architectures = trials.map((trial) => trial.architecture);
  const recommendation = await askRecommendation(setup.strategy, result, signal);
  if (signal?.aborted) return undefined;
  const recommended = recommendation && {
    architecture: recommendation.architecture,
    test: benchmark.test[recommendation.architecture],
    isEvaluated: architectures.includes(recommendation.architecture),
  };
  return {
    seed,
    queries: architectures.length,
    curve: traceCurve(architectures, labels.values, benchmark.test, curveCheckpoints(budget)),
    steps: traceSteps(architectures, labels.values, benchmark.test),
    optimum: {
      label: queriesToOptimum(architectures, labels.values),
      test: queriesToOptimum(architectures, benchmark.test),
    },
    seconds,
    ...(recommended === undefined ? {} : { recommendation: recommended }),
    ...reportEstimation(setup.estimation),
  };
}
