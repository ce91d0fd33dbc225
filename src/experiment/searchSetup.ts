import type { Benchmark, Labels } from "../benchmark/contract.js";
import type { Evaluator } from "../evaluator/contract.js";
import { createTableEvaluator } from "../evaluator/table.js";
import { createGenerator } from "../random/index.js";
import type { SearchSpace } from "../space/contract.js";
import type { FeatureSource } from "../strategy/contract.js";
import { type StrategySetup, type StrategySetupOptions, setUpStrategy } from "../study/strategySetup.js";
import { statisticsOf } from "./labelStatistics.js";

/** Everything `search` needs, made from a seed in one way everywhere: a search and a run of a comparison are the same. */
export interface SearchSetup extends StrategySetup {
  readonly evaluator: Evaluator;
}

/** Options of `setUpTableSearch`. */
export interface TableSetupOptions extends StrategySetupOptions {
  readonly benchmark: Benchmark;
  /** Label rule; the benchmark's own where absent. */
  readonly label?: string | undefined;
  /** Encoded architectures, where several searches share them. */
  readonly features?: FeatureSource;
}

/**
 * A search on a benchmark: the labels of this seed's run come from its table. Throws AssayError where strategy, label rule or code do
 * not fit.
 *
 * @example
 * const benchmark = await openBenchmark("digits201");
 * const setup = setUpTableSearch({ benchmark, strategy: "siamese-nas", seed: 1, estimation: createTableEstimation(benchmark, "losses") });
 * const { trials } = await search({ ...setup, budget: 130 });
 */
export function setUpTableSearch(options: TableSetupOptions): SearchSetup & { readonly labels: Labels } {
  const { benchmark, seed } = options;
  const labels = benchmark.labels(options.label, createGenerator(seed).split("labels"));
  const evaluator = createTableEvaluator(benchmark, { labels });
  const labelStatistics = statisticsOf(labels.values);
  return { ...setUpStrategy({ ...options, space: benchmark.space, labelStatistics }), evaluator, labels };
}

/** Options of `setUpSpaceSearch`. */
export interface SpaceSetupOptions extends StrategySetupOptions {
  readonly space: SearchSpace;
  readonly evaluator: Evaluator;
}

/**
 * A search of a space whose architectures are evaluated by whatever the user gives. Throws AssayError where the strategy does not fit.
 *
 * @example
 * const evaluator = createTrainerEvaluator({ pool, dataset: "hard-digits", seed: 1 });
 * const setup = setUpSpaceSearch({ space: createSpace("nasbench201"), evaluator, pool, strategy: "default", seed: 1 });
 * const result = await search({ ...setup, budget: 40, parallel: pool.threads });
 */
export function setUpSpaceSearch(options: SpaceSetupOptions): SearchSetup {
  return { ...setUpStrategy(options), evaluator: options.evaluator };
}
