import { isOneParameter, viewNames, viewsWritten } from "../../encoding/index.js";
import type { Matrix } from "../../kernels/matrix.js";
import { type DistanceGroup, groupsOf } from "../../predictor/gaussian/groups.js";
import { type LabelScale, scaleLabels, toLabels } from "../../predictor/gaussian/labelScale.js";
import type { GaussianPriors } from "../../predictor/gaussian/parameters.js";
import { createGaussianProcess, type GaussianProcess } from "../../predictor/gaussian/process.js";
import type { FeatureSource, PredictedLabel } from "../contract.js";
import type { History } from "../history.js";
import { type Feasibility, learnFeasibility } from "./feasibility.js";
import { viewPriors } from "./viewPriors.js";

/** Steps in which the parameters are learnt, always from the medians of their priors: a fit depends on the labels only. */
export const STEPS = 20;

/** What all candidates are encoded in; each model sees some of its groups. */
export const ENCODING = viewsWritten.name;

/** With more labels than this the parameters are learnt again only when there is a tenth more. */
const OFTEN_LEARNT = 300;

/** A Gaussian process that was fitted to everything evaluated so far. */
export interface FittedModel {
  readonly process: GaussianProcess;
  /** What the process sees of a row. */
  readonly groups: readonly DistanceGroup[];
  /** What is believed of its parameters before anything is evaluated, with groups of these names as well. */
  readonly priorsWith: (...further: readonly string[]) => Partial<GaussianPriors>;
  /** The architectures that were evaluated with success, in the order of the process's observations. */
  readonly evaluated: readonly number[];
  /** Their labels as the process reads them. */
  readonly targets: Float64Array;
  /** Mean of the function at each of them, on the scale of `targets`. */
  readonly means: Float64Array;
  /** What failures have taught; absent where there were none. */
  readonly feasibility: Feasibility | undefined;
  /** What a prediction on that scale says of the label. */
  labelOf(mean: number, variance: number): PredictedLabel;
}

/** What the model reads, and how. */
export interface ModelOptions {
  /** Whether labels near the best count most. */
  readonly emphasis: boolean;
  /** Whether views are expected to count as they did elsewhere, as long as no evaluation has failed. */
  readonly experience: boolean;
  /** Views that are left out; `parts` are the parts of the summary. */
  readonly without: readonly string[];
  /** Whether it sees the parameters one by one, and how they act together, instead of the views. Default false. */
  readonly together?: boolean;
}

/** What a model reads of a history; another number of each architecture may stand for its label. */
export type LabelledHistory = Pick<History, "catalogue" | "size" | "at" | "label">;

/** Keeps one process up to date with a history: only what is new is added, and nothing is fitted twice. */
export class HistoryModel {
  readonly #history: LabelledHistory;
  readonly #features: FeatureSource;
  readonly #options: ModelOptions;
  /** Whether the process expects of views what they were worth elsewhere. */
  #experience = false;
  #process: GaussianProcess | undefined;
  #groups: readonly DistanceGroup[] = [];
  #names: readonly string[] = [];
  #observed: number[] = [];
  #labels: number[] = [];
  #failed: number[] = [];
  #fitted: FittedModel | undefined;
  /** Parameters, and what they were learnt from. */
  #learnt:
    | {
        readonly process: GaussianProcess;
        readonly evaluated: readonly number[];
        readonly labels: readonly number[];
        readonly theta: Float64Array;
      }
    | undefined;

  constructor(history: LabelledHistory, features: FeatureSource, options: ModelOptions) {
    this.#history = history;
    this.#features = features;
    this.#options = options;
  }

  /** The model of all that is known; undefined while no evaluation has succeeded. */
  fit(): FittedModel | undefined {
    const { evaluated, labels, failed } = this.#known();
    if (evaluated.length === 0) return undefined;
    const same = equal(evaluated, this.#observed) && equal(labels, this.#labels) && equal(failed, this.#failed);
    if (same && this.#fitted !== undefined) return this.#fitted;
    const process = this.#observe(evaluated, failed.length === 0);
    const { targets, scale } = this.#scale(labels);
    const learntFrom = learningSize(labels.length);
    if (learntFrom === labels.length) {
      process.reset();
      process.fit(targets, { iterations: STEPS });
    } else {
      process.theta = this.#learn(process, evaluated.slice(0, learntFrom), labels.slice(0, learntFrom));
      process.condition(targets);
    }
    this.#labels = labels;
    this.#failed = failed;
    let feasibility: Feasibility | undefined;
    const learn = (): Feasibility => this.#learnFeasibility(evaluated, failed);
    this.#fitted = {
      process,
      groups: this.#groups,
      priorsWith: (...further) => this.#priors([...this.#names, ...further]),
      evaluated,
      targets,
      means: process.observedMeans(),
      // Learnt when it is asked for: of several models of one history, one is enough.
      get feasibility() {
        if (failed.length > 0) feasibility ??= learn();
        return feasibility;
      },
      labelOf: labelReader(scale),
    };
    return this.#fitted;
  }

  /** Parameters as the first labels teach them; while nothing about these changes, neither does the factor of their covariance. */
  #learn(process: GaussianProcess, evaluated: readonly number[], labels: readonly number[]): Float64Array {
    const known = this.#learnt;
    const isKnown = known?.process === process && equal(known.evaluated, evaluated) && equal(known.labels, labels);
    if (isKnown) return known.theta;
    const { targets } = this.#scale(labels);
    const theta = process.learn(targets, { iterations: STEPS });
    this.#learnt = { process, evaluated, labels, theta };
    return theta;
  }

  #scale(labels: readonly number[]): ReturnType<typeof scaleLabels> {
    return scaleLabels(Float64Array.from(labels), this.#options.emphasis ? "log" : "plain");
  }

  #learnFeasibility(evaluated: readonly number[], failed: readonly number[]): Feasibility {
    const rows = this.#features.of(ENCODING, [...evaluated, ...failed]);
    const succeeded = Uint8Array.from({ length: rows.rows }, (_, row) => (row < evaluated.length ? 1 : 0));
    return learnFeasibility(this.#see(rows).groups, rows, succeeded, STEPS);
  }

  /** What was evaluated, in the order of suggestion. */
  #known(): { evaluated: number[]; labels: number[]; failed: number[] } {
    const evaluated: number[] = [];
    const labels: number[] = [];
    const failed: number[] = [];
    for (let position = 0; position < this.#history.size; position++) {
      const id = this.#history.at(position);
      const label = this.#history.label(id);
      if (label === undefined) continue;
      if (Number.isNaN(label)) failed.push(id);
      else {
        evaluated.push(id);
        labels.push(label);
      }
    }
    return { evaluated, labels, failed };
  }

  /** Results may arrive in any order; the process holds them in the order of suggestion. */
  #observe(evaluated: readonly number[], allSucceeded: boolean): GaussianProcess {
    // Where something fails, the best often lies at the edge of it, and what holds for a whole space misleads.
    const experience = this.#options.experience && allSucceeded;
    if (experience !== this.#experience) {
      this.#experience = experience;
      this.#process = undefined;
      this.#observed = [];
    }
    let common = 0;
    while (common < this.#observed.length && this.#observed[common] === evaluated[common]) common++;
    const added = evaluated.slice(common);
    const rows: Matrix = this.#features.of(ENCODING, added);
    if (this.#process === undefined) {
      const { groups, names } = this.#see(rows);
      [this.#groups, this.#names] = [groups, names];
      this.#process = createGaussianProcess({
        groups,
        columns: rows.columns,
        priors: this.#priors(names),
        interaction: this.#options.together ?? false,
      });
    }
    if (common < this.#observed.length) this.#process.truncate(common);
    if (added.length > 0) this.#process.add(rows);
    this.#observed = [...evaluated];
    return this.#process;
  }

  #priors(names: readonly string[]): Partial<GaussianPriors> {
    return this.#experience ? viewPriors(names) : {};
  }

  /** What the model sees; a space that would have nothing left is seen whole. */
  #see(rows: Matrix): { readonly groups: readonly DistanceGroup[]; readonly names: readonly string[] } {
    const groups = groupsOf(rows);
    const names = viewNames(this.#history.catalogue.space, viewsWritten);
    const isPart = (name: string): boolean => !["choices", "paths", "summary", "written"].includes(name);
    const { without, together = false } = this.#options;
    const mayBeSeen = names.map((name) => isOneParameter(name) === together);
    const isWanted = (name: string): boolean => !without.includes(name) && !(without.includes("parts") && isPart(name));
    const wanted = names.map((name, i) => mayBeSeen[i] && isWanted(name));
    const isKept = wanted.includes(true) ? wanted : mayBeSeen;
    return { groups: groups.filter((_, i) => isKept[i]), names: names.filter((_, i) => isKept[i]) };
  }
}

/** How many labels the parameters are learnt from. */
function learningSize(labels: number): number {
  if (labels <= OFTEN_LEARNT) return labels;
  let size = OFTEN_LEARNT;
  for (let next = size; next <= labels; next = Math.floor(1.1 * size)) size = next;
  return size;
}

function equal(some: readonly number[], others: readonly number[]): boolean {
  return some.length === others.length && some.every((value, i) => value === others[i]);
}

function labelReader(scale: LabelScale): FittedModel["labelOf"] {
  return (mean, variance) => {
    const read = toLabels(scale, Float64Array.of(mean), Float64Array.of(variance));
    return { mean: read.mean[0], standardDeviation: read.standardDeviation[0] };
  };
}
