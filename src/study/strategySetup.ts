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
  StrategyContext,
  StrategyDefinition,
  StrategyState,
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

/** A strategy with all that it works on, made from a seed in one way everywhere. */
export interface StrategySetup {
  readonly catalogue: Catalogue;
  readonly strategy: Strategy;
  /** Makes the same strategy anew, or restores it from a state. Those of one setup share a catalogue: use one at a time. */
  readonly createStrategy: (state?: StrategyState) => Strategy;
  readonly definition: StrategyDefinition;
  readonly options: OptionValues;
  readonly seed: number;
  /** Suggestions per iteration. */
  readonly batch: number;
  /** The estimation codes that the strategy may ask for, counted. */
  readonly estimation?: CountedEstimation;
  /** Two or three objectives, the label first; absent: the label alone. */
  readonly objectives?: readonly Objective[];
}

/** Options of a search that concern its strategy. */
export interface StrategySetupOptions {
  readonly strategy: string | Spec;
  readonly seed: number;
  /** Suggestions per iteration; the strategy's own where absent. */
  readonly batch?: number | undefined;
  /** Evaluations at the same time: the batch of strategies that follow them, where none is given. */
  readonly atOnce?: number | undefined;
  readonly pool?: WorkerPool | undefined;
  /** Where estimation codes come from, or what makes the source for the catalogue; without it, no strategy gets any. */
  readonly estimation?: EstimationSource | ((catalogue: Catalogue) => EstimationSource) | undefined;
  /** `accuracy,flops` and the like: see `readObjectives`. Absent: the label alone. */
  readonly objectives?: string | undefined;
  readonly objectiveOptions?: ObjectiveOptions | undefined;
}

/** What `setUpStrategy` needs. */
interface SetupInput extends StrategySetupOptions {
  readonly space: SearchSpace;
  /** Encoded architectures, where several searches share them. */
  readonly features?: FeatureSource;
  /** Of the labels of the whole space, where a table gives them. */
  readonly labelStatistics?: LabelStatistics;
}

/** Makes a strategy for a space. Throws AssayError where they do not fit. */
export function setUpStrategy(input: SetupInput): StrategySetup {
  const { space, seed, pool, labelStatistics } = input;
  const { definition, options, spec } = resolve<StrategyDefinition>("strategy", strategies, input.strategy);
  const follows = definition.followsEvaluations === true && spec.options["batch"] === undefined;
  const batch = input.batch ?? (follows ? input.atOnce : undefined) ?? definition.batch(options);
  const catalogue = createCatalogue(space);
  const source = typeof input.estimation === "function" ? input.estimation(catalogue) : input.estimation;
  const estimation = source && { estimation: countEstimation(source) };
  const several =
    input.objectives === undefined ? undefined : readObjectives(input.objectives, catalogue, input.objectiveOptions);
  const objectives = several && { objectives: several };
  const context: StrategyContext = {
    catalogue,
    features: input.features ?? createFeatureSource(catalogue),
    generator: createGenerator(seed).split("strategy"),
    ...(pool === undefined ? {} : { pool }),
    ...(labelStatistics === undefined ? {} : { labelStatistics }),
    ...estimation,
    ...objectives,
  };
  const create = (state?: StrategyState): Strategy => createStrategy(spec, context, state);
  return {
    catalogue,
    strategy: create(),
    createStrategy: create,
    definition,
    options,
    seed,
    batch,
    ...estimation,
    ...objectives,
  };
}
