import { isOneParameter, viewNames, viewsWritten } from "../../encoding/index.js";
import type { FeatureSource, PredictedLabel } from "../contract.js";
import type { Feasibility } from "./feasibility.js";
import { type FittedModel, HistoryModel, type LabelledHistory, type ModelOptions } from "./model.js";

/** What a model may do without, and how probable it is before anything is evaluated that it tells the labels best. */
interface Hypothesis {
  readonly without: readonly string[];
  readonly chance: number;
  /** Whether its model has no say, and is not even fitted, before it is believed in a comparison. */
  readonly isDoubtful?: boolean;
  /** Whether its model sees the parameters one by one, and how they act together. */
  readonly together?: boolean;
}

/** A model that is believed less than this has no say. */
const LEAST_WEIGHT = 0.01;
/**
 * After so many labels all models are fitted to exactly these labels; one that is doubtful goes on until the next time if it is believed.
 * Fewer labels, if they are noisy, can seem to depend on anything.
 */
const COMPARISONS: readonly number[] = [35, 50, 75, 110, 165, 250];
/**
 * From so many labels on only the most probable model goes on: by then one explains them better by far, or
 * both say the same, and each takes time that grows with the square of the labels.
 */
const MOST_COMPARED = 300;

/** The operations along paths, which tell little of most labels. */
const withoutPaths: Hypothesis = { without: ["paths", "written"], chance: 0.75 };
const withPaths: Hypothesis = { without: ["written"], chance: 0.25 };
/** A latency may depend on operations that change nothing in the network. */
const asWritten: Hypothesis = { without: ["paths"], chance: 0.001, isDoubtful: true };

/** Where there is no graph: all choices are alike, or each counts on its own and together with the others. */
const choicesAlike: Hypothesis = { without: ["written"], chance: 0.75 };
const parametersTogether: Hypothesis = { without: ["written"], chance: 0.25, together: true };

/** One of the models, and how much it is believed. */
export interface Member {
  readonly fitted: FittedModel;
  /** Its probability; those of all members sum to 1. */
  readonly weight: number;
  /** Whether it tells apart what computes the same. */
  readonly tellsTwins: boolean;
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
export interface MixtureOptions extends Omit<ModelOptions, "without"> {
  /** Whether models that see other views have a say. */
  readonly mixture: boolean;
  /** A view that is left out; then there is one model. */
  readonly without: string;
}

/** A hypothesis and its model of all that is known. */
interface Contender {
  readonly hypothesis: Hypothesis;
  readonly model: HistoryModel;
}

/**
 * Gaussian processes that see different views, weighed by how well each explains the labels (Bayesian model averaging: Hoeting et al.
 * 1999). On most spaces paths tell little, and a single process learns that late: nearly all architectures differ in them, so each looks
 * like news. On some they decide. And where two cells compute the same, their accuracies hardly differ, but their latencies may. A space
 * of choices without a graph has one process in which they are alike, which learns fast, and one with a length for each, in which what one is
 * worth depends on the others (automatic relevance determination: Neal 1996).
 */
export class MixtureModel {
  readonly #history: LabelledHistory;
  readonly #create: (hypothesis: Hypothesis, history: LabelledHistory) => HistoryModel;
  readonly #contenders: readonly Contender[];
  /** Who goes on after the latest comparison, and what it was made from. */
  #choice: { readonly from: readonly number[]; readonly kept: readonly Contender[] } | undefined;
  #fits: readonly FittedModel[] = [];
  #fitted: FittedMixture | undefined;

  constructor(history: LabelledHistory, features: FeatureSource, options: MixtureOptions) {
    this.#history = history;
    const names = viewNames(history.catalogue.space, viewsWritten);
    const { mixture, without } = options;
    const mayBeWritten = names.includes("written") && without !== "written";
    const others = names.filter((name) => name !== "paths" && name !== "written");
    const isWhole = without === "nothing" || without === "written";
    let hypotheses: readonly Hypothesis[] = [{ without: [without, "written"], chance: 1 }];
    if (mixture && isWhole) {
      if (names.includes("paths") && others.length > 0) {
        hypotheses = [withPaths, withoutPaths, ...(mayBeWritten ? [asWritten] : [])];
      } else if (names.filter(isOneParameter).length > 1) hypotheses = [choicesAlike, parametersTogether];
    }
    this.#create = ({ without, together = false }, read) =>
      new HistoryModel(read, features, { ...options, without, together });
    this.#contenders = hypotheses.map((hypothesis) => ({ hypothesis, model: this.#create(hypothesis, history) }));
  }

  /** The models of all that is known; undefined while no evaluation has succeeded. */
  fit(): FittedMixture | undefined {
    const contenders = this.#compared();
    const fits = contenders.map(({ model }) => model.fit()).filter((fitted) => fitted !== undefined);
    if (fits.length === 0) return undefined;
    const same = fits.length === this.#fits.length && fits.every((fitted, i) => fitted === this.#fits[i]);
    if (same && this.#fitted !== undefined) return this.#fitted;
    this.#fits = fits;
    const { evaluated, targets, feasibility, labelOf } = fits[0];
    const members = weigh(fits, contenders);
    const means = new Float64Array(evaluated.length);
    for (const { fitted, weight } of members) {
      for (let i = 0; i < means.length; i++) means[i] += weight * fitted.means[i];
    }
    this.#fitted = { members, evaluated, targets, means, feasibility, labelOf };
    return this.#fitted;
  }

  /** Who goes on after the latest comparison. It depends on the first labels only, so a search that is resumed finds the same. */
  #compared(): readonly Contender[] {
    if (this.#contenders.length === 1) return this.#contenders;
    const first = latestOf(this.#history, [...COMPARISONS, MOST_COMPARED]);
    if (first === undefined) return this.#contenders.filter(({ hypothesis }) => !hypothesis.isDoubtful);
    const { from } = this.#choice ?? { from: [] };
    if (!(from.length === first.ended.length && from.every((id, i) => id === first.ended[i]))) {
      // These labels may be all that is known; then most models are fitted to them anyway.
      const fits = this.#contenders.map(({ hypothesis, model }) =>
        (first.isAll ? model : this.#create(hypothesis, first.history)).fit(),
      ) as FittedModel[];
      const believed = weigh(fits, this.#contenders).map(({ fitted }) => fitted);
      const goesOn = ({ hypothesis }: Contender, i: number): boolean =>
        first.successes === MOST_COMPARED
          ? fits[i] === believed[0]
          : !hypothesis.isDoubtful || believed.includes(fits[i]);
      this.#choice = { from: first.ended, kept: this.#contenders.filter(goesOn) };
    }
    return this.#choice!.kept;
  }
}

/** Those that are believed, the most probable first. */
function weigh(fits: readonly FittedModel[], contenders: readonly Contender[]): Member[] {
  const most = Math.max(...fits.map(({ process }) => process.logDensity));
  const likelihoods = fits.map(
    ({ process }, i) => contenders[i].hypothesis.chance * Math.exp(process.logDensity - most),
  );
  const total = likelihoods.reduce((sum, likelihood) => sum + likelihood, 0);
  const kept = fits
    .map((fitted, i) => ({
      fitted,
      weight: likelihoods[i] / total,
      tellsTwins: !contenders[i].hypothesis.without.includes("written"),
    }))
    .filter(({ weight }) => weight >= LEAST_WEIGHT)
    .sort((a, b) => b.weight - a.weight);
  const left = kept.reduce((sum, { weight }) => sum + weight, 0);
  return kept.map(({ fitted, weight, tellsTwins }) => ({
    fitted,
    weight: weight / left,
    tellsTwins,
    best: fitted.means.reduce((best, mean) => Math.max(best, mean), Number.NEGATIVE_INFINITY),
  }));
}

/** The start of a history. */
interface Start {
  readonly history: LabelledHistory;
  readonly successes: number;
  /** What was evaluated in it, whether with success or not. */
  readonly ended: readonly number[];
  /** Whether nothing after it has ended. */
  readonly isAll: boolean;
}

/** The part of a history that ends with the last of these numbers of successes that it has reached; undefined before the first. */
function latestOf({ catalogue, at, label, size }: LabelledHistory, counts: readonly number[]): Start | undefined {
  const ended: number[] = [];
  let successes = 0;
  let latest: { readonly successes: number; readonly ended: number; readonly size: number } | undefined;
  for (let position = 0; position < size; position++) {
    const id = at(position);
    const found = label(id);
    if (found === undefined) continue;
    ended.push(id);
    if (Number.isNaN(found)) continue;
    successes++;
    if (counts.includes(successes)) latest = { successes, ended: ended.length, size: position + 1 };
  }
  return (
    latest && {
      history: { catalogue, at, label, size: latest.size },
      successes: latest.successes,
      ended: ended.slice(0, latest.ended),
      isAll: latest.ended === ended.length,
    }
  );
}
