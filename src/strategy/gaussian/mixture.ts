import { viewNames } from "../../encoding/index.js";
import type { FeatureSource, PredictedLabel } from "../contract.js";
import type { Feasibility } from "./feasibility.js";
import { type FittedModel, HistoryModel, type LabelledHistory, type ModelOptions } from "./model.js";

/** How probable it is, before anything is evaluated, that the order of operations along paths tells anything. */
const PATHS_TELL = 0.25;
/** A model that is believed less than this has no say. */
const LEAST_WEIGHT = 0.01;

/** One of the models, and how much it is believed. */
export interface Member {
  readonly fitted: FittedModel;
  /** Its probability; those of all members sum to 1. */
  readonly weight: number;
  /** The largest mean of the evaluated. */
  readonly best: number;
}

/** Models of the same labels that see different views, each with its probability. */
export interface FittedMixture {
  /** The most probable first. */
  readonly members: readonly Member[];
  readonly evaluated: readonly number[];
  readonly targets: Float64Array;
  /** Mean of the function at each of the evaluated, over all members. */
  readonly means: Float64Array;
  readonly feasibility?: Feasibility | undefined;
  /** What a prediction on the scale of the targets says of the label. */
  labelOf(mean: number, variance: number): PredictedLabel;
}

/** What the mixture reads, and whether it is one. */
export interface MixtureOptions extends ModelOptions {
  /** Whether a model that does not see the paths has a say. */
  readonly mixture: boolean;
}

/**
 * Two Gaussian processes, one of all views and one that does not see the paths, weighed by how well each explains the labels (Bayesian
 * model averaging: Hoeting et al. 1999). On most spaces paths tell little, and a single process learns that late: nearly all architectures
 * differ in them, so each looks like news. On some they decide. A space without paths has one process.
 */
export class MixtureModel {
  readonly #models: readonly HistoryModel[];
  readonly #chances: readonly number[];
  #fits: readonly FittedModel[] = [];
  #fitted: FittedMixture | undefined;

  constructor(history: LabelledHistory, features: FeatureSource, options: MixtureOptions) {
    const whole = new HistoryModel(history, features, options);
    const names = viewNames(history.catalogue.space);
    const isMixed = options.mixture && options.without === "nothing" && names.includes("paths") && names.length > 1;
    this.#models = isMixed ? [whole, new HistoryModel(history, features, { ...options, without: "paths" })] : [whole];
    this.#chances = isMixed ? [PATHS_TELL, 1 - PATHS_TELL] : [1];
  }

  /** The models of all that is known; undefined while no evaluation has succeeded. */
  fit(): FittedMixture | undefined {
    const fits = this.#models.map((model) => model.fit()).filter((fitted) => fitted !== undefined);
    if (fits.length === 0) return undefined;
    if (this.#fitted !== undefined && fits.every((fitted, i) => fitted === this.#fits[i])) return this.#fitted;
    this.#fits = fits;
    const { evaluated, targets, feasibility, labelOf } = fits[0];
    const members = this.#weigh(fits);
    const means = new Float64Array(evaluated.length);
    for (const { fitted, weight } of members) {
      for (let i = 0; i < means.length; i++) means[i] += weight * fitted.means[i];
    }
    this.#fitted = { members, evaluated, targets, means, feasibility, labelOf };
    return this.#fitted;
  }

  #weigh(fits: readonly FittedModel[]): Member[] {
    const logarithms = fits.map(({ process }, i) => process.logDensity + Math.log(this.#chances[i]));
    const most = Math.max(...logarithms);
    const likelihoods = logarithms.map((logarithm) => Math.exp(logarithm - most));
    const total = likelihoods.reduce((sum, likelihood) => sum + likelihood, 0);
    const kept = fits
      .map((fitted, i) => ({ fitted, weight: likelihoods[i] / total }))
      .filter(({ weight }) => weight >= LEAST_WEIGHT)
      .sort((a, b) => b.weight - a.weight);
    const left = kept.reduce((sum, { weight }) => sum + weight, 0);
    return kept.map(({ fitted, weight }) => ({
      fitted,
      weight: weight / left,
      best: fitted.means.reduce((best, mean) => Math.max(best, mean), Number.NEGATIVE_INFINITY),
    }));
  }
}
