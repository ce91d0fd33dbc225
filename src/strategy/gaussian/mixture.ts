import { viewNames } from "../../encoding/index.js";
import type { FeatureSource, PredictedLabel } from "../contract.js";
import type { Feasibility } from "./feasibility.js";
import { type FittedModel, HistoryModel, type LabelledHistory, type ModelOptions } from "./model.js";

/** How probable it is, before anything is evaluated, that the order of operations along paths tells anything. */
const PATHS_TELL = 0.25;
/** A model that is believed less than this has no say. */
const LEAST_WEIGHT = 0.01;
/**
 * With more labels than this only the model that is the more probable after so many goes on: by then one explains them better by far, or
 * both say the same, and each takes time that grows with the square of the labels.
 */
const MOST_COMPARED = 300;

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

/** A model that may explain the labels. */
interface Hypothesis {
  readonly without: string;
  /** How probable it is before anything is evaluated. */
  readonly chance: number;
}

/**
 * Two Gaussian processes, one of all views and one that does not see the paths, weighed by how well each explains the labels (Bayesian
 * model averaging: Hoeting et al. 1999). On most spaces paths tell little, and a single process learns that late: nearly all architectures
 * differ in them, so each looks like news. On some they decide. A space without paths has one process.
 */
export class MixtureModel {
  readonly #history: LabelledHistory;
  readonly #hypotheses: readonly Hypothesis[];
  readonly #create: (hypothesis: Hypothesis, history: LabelledHistory) => HistoryModel;
  readonly #models: readonly HistoryModel[];
  /** What the choice of one model was made from, and which it is. */
  #choice: { readonly from: readonly number[]; readonly chosen: number } | undefined;
  #fits: readonly FittedModel[] = [];
  #fitted: FittedMixture | undefined;

  constructor(history: LabelledHistory, features: FeatureSource, options: MixtureOptions) {
    this.#history = history;
    const names = viewNames(history.catalogue.space);
    const isMixed = options.mixture && options.without === "nothing" && names.includes("paths") && names.length > 1;
    this.#hypotheses = isMixed
      ? [
          { without: "nothing", chance: PATHS_TELL },
          { without: "paths", chance: 1 - PATHS_TELL },
        ]
      : [{ without: options.without, chance: 1 }];
    this.#create = ({ without }, read) => new HistoryModel(read, features, { ...options, without });
    this.#models = this.#hypotheses.map((hypothesis) => this.#create(hypothesis, history));
  }

  /** The models of all that is known; undefined while no evaluation has succeeded. */
  fit(): FittedMixture | undefined {
    const chosen = this.#chooseOne();
    const models = chosen === undefined ? this.#models : [this.#models[chosen]];
    const fits = models.map((model) => model.fit()).filter((fitted) => fitted !== undefined);
    if (fits.length === 0) return undefined;
    const same = fits.length === this.#fits.length && fits.every((fitted, i) => fitted === this.#fits[i]);
    if (same && this.#fitted !== undefined) return this.#fitted;
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

  /** Which model goes on alone; undefined while all have a say. It depends on the first labels only, so a search that is resumed finds the same. */
  #chooseOne(): number | undefined {
    if (this.#models.length === 1) return 0;
    const first = firstOf(this.#history, MOST_COMPARED);
    if (first === undefined) return undefined;
    const { from } = this.#choice ?? { from: [] };
    if (!(from.length === first.evaluated.length && from.every((id, i) => id === first.evaluated[i]))) {
      const fits = this.#hypotheses.map((hypothesis) => this.#create(hypothesis, first.history).fit()!);
      const [{ fitted }] = this.#weigh(fits);
      this.#choice = { from: first.evaluated, chosen: fits.indexOf(fitted) };
    }
    return this.#choice?.chosen;
  }

  #weigh(fits: readonly FittedModel[]): Member[] {
    const most = Math.max(...fits.map(({ process }) => process.logDensity));
    const likelihoods = fits.map(({ process }, i) => this.#hypotheses[i].chance * Math.exp(process.logDensity - most));
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

/** The part of a history that ends with its `count`th success; undefined where there are no more successes than that. */
function firstOf(
  { catalogue, at, label, size }: LabelledHistory,
  count: number,
): { readonly history: LabelledHistory; readonly evaluated: readonly number[] } | undefined {
  if (size <= count) return undefined;
  const evaluated: number[] = [];
  let end = 0;
  for (let position = 0; position < size; position++) {
    const id = at(position);
    const found = label(id);
    if (found === undefined || Number.isNaN(found)) continue;
    if (evaluated.length === count) return { history: { catalogue, at, label, size: end }, evaluated };
    evaluated.push(id);
    end = position + 1;
  }
  return undefined;
}
