import type { Benchmark, Labels } from "../benchmark/contract.js";
import { createTableEvaluator, type Evaluator } from "../evaluator/index.js";
import type { WorkerPool } from "../kernels/pool.js";
import type { OptionValues } from "../options.js";
import { createGenerator } from "../random/index.js";
import { resolve } from "../registry.js";
import { type Catalogue, createCatalogue } from "../space/catalogue.js";
import type { SearchSpace } from "../space/contract.js";
import type { Spec } from "../spec.js";
import type {
  EstimationSource,
  FeatureSource,
  LabelStatistics,
  Objective,
  Strategy,
  StrategyDefinition,
} from "../strategy/contract.js";
import {
  type CountedEstimation,
  countEstimation,
  createFeatureSource,
  createStrategy,
  type ObjectiveOptions,
  readObjectives,
  strategies,
} from "../strategy/index.js";
import { statisticsOf } from "./labelStatistics.js";

/** Everything `search` needs, made from a seed in one way everywhere: a search and a run of a comparison are the same. */
export interface SearchSetup {
  readonly catalogue: Catalogue;
  readonly strategy: Strategy;
  readonly definition: StrategyDefinition;
  readonly options: OptionValues;
  readonly evaluator: Evaluator;
  /** Suggestions per iteration. */
  readonly batch: number;
  /** The estimation codes that the strategy may ask for, counted. */
  readonly estimation?: CountedEstimation;
  /** Two or three objectives, the label first; absent: the label alone. */
  readonly objectives?: readonly Objective[];
}

interface SetupOptions {
  readonly strategy: string | Spec;
  readonly seed: number;
  /** Suggestions per iteration; the strategy's own where absent. */
  readonly batch?: number | undefined;
  readonly pool?: WorkerPool | undefined;
  /** `accuracy,flops`: see `readObjectives`; the label alone where absent. */
  readonly objectives?: string | undefined;
  readonly objectiveOptions?: ObjectiveOptions | undefined;
  /** Where estimation codes come from, or what makes the source for the catalogue; without it, no strategy gets any. */
  readonly estimation?: EstimationSource | ((catalogue: Catalogue) => EstimationSource) | undefined;
}

/** Options of `setUpTableSearch`. */
export interface TableSetupOptions extends SetupOptions {
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
  return { ...setUp(benchmark.space, evaluator, options, statisticsOf(labels.values)), labels };
}

/** Options of `setUpSpaceSearch`. */
export interface SpaceSetupOptions extends SetupOptions {
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
  return setUp(options.space, options.evaluator, options);
}

function setUp(
  space: SearchSpace,
  evaluator: Evaluator,
  options: SetupOptions & { readonly features?: FeatureSource },
  labelStatistics?: LabelStatistics,
): SearchSetup {
  const resolved = resolve("strategy", strategies, options.strategy);
  const catalogue = createCatalogue(space);
  const source = typeof options.estimation === "function" ? options.estimation(catalogue) : options.estimation;
  const estimation = source && { estimation: countEstimation(source) };
  const several =
    options.objectives === undefined
      ? undefined
      : readObjectives(options.objectives, catalogue, options.objectiveOptions);
  const objectives = several && { objectives: several };
  const strategy = createStrategy(resolved.spec, {
    catalogue,
    features: options.features ?? createFeatureSource(catalogue),
    generator: createGenerator(options.seed).split("strategy"),
    ...(options.pool === undefined ? {} : { pool: options.pool }),
    ...(labelStatistics === undefined ? {} : { labelStatistics }),
    ...estimation,
    ...objectives,
  });
  return {
    catalogue,
    strategy,
    evaluator,
    definition: resolved.definition,
    options: resolved.options,
    batch: options.batch ?? resolved.definition.batch(resolved.options),
    ...estimation,
    ...objectives,
  };
}
