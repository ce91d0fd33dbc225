import { AssayError } from "../errors.js";
import { type Registry, resolve } from "../registry.js";
import type { Spec } from "../spec.js";
import { brpNasDefinition } from "./brpNas.js";
import type { Strategy, StrategyContext, StrategyDefinition, StrategyState } from "./contract.js";
import { defaultDefinition } from "./default.js";
import { localSearchDefinition } from "./localSearch.js";
import { neuralPredictorDefinition } from "./neuralPredictor.js";
import { nsga2Definition } from "./nsga2.js";
import { randomDefinition } from "./random.js";
import { regularizedEvolutionDefinition } from "./regularizedEvolution.js";
import { siameseNasDefinition } from "./siameseNas.js";
import { weaknasDefinition } from "./weaknas.js";

/** All strategies by name. */
export const strategies: Registry<StrategyDefinition> = {
  default: defaultDefinition,
  random: randomDefinition,
  "local-search": localSearchDefinition,
  "regularized-evolution": regularizedEvolutionDefinition,
  nsga2: nsga2Definition,
  weaknas: weaknasDefinition,
  "siamese-nas": siameseNasDefinition,
  "brp-nas": brpNasDefinition,
  "neural-predictor": neuralPredictorDefinition,
};

/**
 * Makes a strategy, or restores one from the state that an equal strategy gave. Throws AssayError for an unknown name, a bad
 * option, parts that do not fit each other, or a state that is not of this strategy and space.
 *
 * @example
 * const catalogue = createCatalogue(createNasBench201());
 * const strategy = createStrategy("default", {
 *   catalogue,
 *   features: createFeatureSource(catalogue),
 *   generator: createGenerator(1),
 * });
 * const [first] = await strategy.suggest(1);
 * strategy.observe([{ architecture: first, label: 71.3 }]);
 */
export function createStrategy(spec: string | Spec, context: StrategyContext, state?: StrategyState): Strategy {
  const { definition, options } = resolve<StrategyDefinition>("strategy", strategies, spec);
  requireOneObjective(definition, context);
  return definition.create(context, options, state);
}

function requireOneObjective({ name, severalObjectives }: StrategyDefinition, { objectives }: StrategyContext): void {
  if (objectives === undefined || severalObjectives === true) return;
  const able = Object.values(strategies).filter((definition) => definition.severalObjectives === true);
  throw new AssayError(
    "several-objectives",
    `Strategy ${name} searches for the best label only and cannot take the objectives ${objectives.map((one) => one.name).join(", ")}.`,
    `Strategies that can: ${able.map((definition) => definition.name).join(", ")}.`,
  );
}

export type {
  EstimationSource,
  Explanation,
  FeatureSource,
  LabelStatistics,
  Objective,
  Observation,
  PredictedLabel,
  Recommendation,
  Strategy,
  StrategyContext,
  StrategyDefinition,
  StrategyState,
  SuggestionReason,
} from "./contract.js";
export { type CountedEstimation, countEstimation } from "./countEstimation.js";
export { createFeatureSource } from "./features.js";
export { type Measured, type ObjectiveOptions, readObjectives, valuesOf } from "./objectives.js";
