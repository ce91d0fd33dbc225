import { AssayError } from "../../errors.js";
import { kernels } from "../../kernels/kernels.js";
import type { Matrix } from "../../kernels/matrix.js";
import { Evidence } from "./evidence.js";
import { type Factor, factoriseObservations, invertFactor } from "./factor.js";
import type { DistanceGroup } from "./groups.js";
import { JointPosterior } from "./joint.js";
import { minimise } from "./lbfgs.js";
import { Observations, triangle } from "./observations.js";
import { type GaussianPriors, type Parameters, parametersOf, ThetaPrior } from "./parameters.js";
import { panelsOf } from "./poolBlocks.js";
import { type GaussianPrediction, type Posterior, posteriorMean, posteriorPrediction } from "./posterior.js";
import { logarithmOfDiagonal, solveFactored, type Triangular } from "./triangular.js";

/** Observations from which the parameters are learnt, at most, where nothing is said. */
const MOST_LEARNT_FROM = 256;
/** With more observations than this, parameters that were learnt before are improved in few evaluations … */
const MANY = 300;
const FEW_EVALUATIONS = 6;
/** … and only when the observations have grown by this factor. */
const GROWTH = 1.05;
/** Slope of the log density in every logarithm of a parameter below which nothing is to be gained: less than a thousandth, mostly. */
const FLAT = 0.03;
/** How far one step may move the logarithm of a parameter. */
const FURTHEST = 2;
/** Root mean squares of labels between which labels are taken as they are. */
const ORDINARY = [1e-3, 1e3];

/** What `createGaussianProcess` needs. */
export interface GaussianProcessOptions {
  /** The columns that make each squared distance; `groupsOf` finds them in rows. */
  readonly groups: readonly DistanceGroup[];
  /** Columns of each row. */
  readonly columns: number;
  readonly priors?: Partial<GaussianPriors>;
  /** Whether the groups also come together in one part of the covariance. Default false: they add up. */
  readonly interaction?: boolean;
  /** Observations from which the parameters are learnt, at most: evenly spread over all. Default 256. */
  readonly learnFrom?: number;
}

/**
 * A Gaussian process (Rasmussen and Williams 2006) with the covariance sum over groups of a * exp(-distance² / l), plus noise, and with an
 * interaction also a * exp(-sum over groups of distance² / l), whose lengths are its own. It
 * expects labels of about mean 0 and variance 1, and has no generator: all it does is deterministic.
 *
 * @example
 * const process = createGaussianProcess({ groups: groupsOf(pool), columns: pool.columns });
 * process.add(takeRows(pool, [3, 141, 59]));
 * process.fit(Float64Array.of(0.2, -1.1, 0.9), { iterations: 10 });
 * const { mean, variance } = process.predict(pool);
 */
export function createGaussianProcess(options: GaussianProcessOptions): GaussianProcess {
  return new GaussianProcess(options);
}

/** See `createGaussianProcess`. */
export class GaussianProcess {
  readonly #observations: Observations;
  readonly #prior: ThetaPrior;
  readonly #learnFrom: number;
  #theta: Float64Array;
  #learntFrom = 0;
  #scale = 1;
  #targets: Float64Array | undefined;
  #logDensity = 0;
  #weights: Float64Array | undefined;
  #factor: Factor | undefined;
  #inverse: Triangular | undefined;
  #panels: Float64Array | undefined;

  constructor({
    groups,
    columns,
    priors = {},
    interaction = false,
    learnFrom = MOST_LEARNT_FROM,
  }: GaussianProcessOptions) {
    this.#learnFrom = learnFrom;
    this.#observations = new Observations(groups, columns);
    this.#prior = new ThetaPrior(groups.length, priors, interaction);
    this.#theta = this.#prior.means.slice();
  }

  /** The columns that make each squared distance. */
  get groups(): readonly DistanceGroup[] {
    return this.#observations.groups;
  }

  get count(): number {
    return this.#observations.count;
  }

  /**
   * Logarithms of the amplitudes, then of the lengths of all groups, then of the noise, then of the amplitude and the lengths of the
   * interaction, if any. At the start the means of the priors.
   */
  get theta(): Float64Array {
    return this.#theta.slice();
  }

  /** Parameters from elsewhere; `condition` is to be called before anything is predicted. */
  set theta(given: Float64Array) {
    if (given.length !== this.#theta.length || !given.every(Number.isFinite)) {
      throw new AssayError(
        "bad-option",
        `theta must be ${this.#theta.length} finite numbers, not [${given.join(", ")}].`,
      );
    }
    if (given.every((value, i) => value === this.#theta[i])) return;
    this.#theta = given.slice();
    this.#forget();
  }

  /** Forgets the parameters: the next fit starts from the medians of their priors and depends on its labels only. */
  reset(): void {
    this.theta = this.#prior.means;
    this.#learntFrom = 0;
  }

  /** The variance of the noise, in the squared unit of the labels. */
  get noise(): number {
    return this.#parameters.noise * this.#scale * this.#scale;
  }

  /** The variance of the function before anything is observed, in the squared unit of the labels. */
  get priorVariance(): number {
    return this.#parameters.variance * this.#scale * this.#scale;
  }

  /** Logarithm of the joint density of labels and parameters, up to a constant, at the last `condition`. */
  get logDensity(): number {
    return this.#logDensity;
  }

  get #parameters(): Parameters {
    return parametersOf(this.#theta, this.#observations.groups.length);
  }

  /** Appends observed rows. Only their distances are computed. */
  add(rows: Matrix): void {
    const { columns } = this.#observations;
    if (rows.columns !== columns || rows.data.length !== rows.rows * columns) {
      throw new AssayError(
        "bad-features",
        `The Gaussian process was made for ${columns} columns and got ${rows.data.length} numbers for ${rows.rows} rows of ${rows.columns}.`,
        "Encode all rows with the same encoding of the same space.",
      );
    }
    this.#observations.add(rows);
    this.#weights = undefined;
  }

  /** Forgets all observations but the first `count`. */
  truncate(count: number): void {
    this.#observations.truncate(Math.max(0, count));
    this.#learntFrom = Math.min(this.#learntFrom, this.count);
    this.#weights = undefined;
    if (this.#factor === undefined || this.#factor.rows <= this.count) return;
    // The first rows of a factor, and of its inverse, depend on the first observations only.
    this.#factor = { ...this.#factor, rows: this.count };
    if (this.#inverse !== undefined) {
      this.#inverse = { ...this.#inverse, rows: Math.min(this.#inverse.rows, this.count) };
    }
    this.#panels = undefined;
  }

  /**
   * Learns the parameters, starting from those it has, and conditions on the labels. Of more than `learnFrom` observations it looks at so
   * many for the parameters; beyond 300 it keeps parameters that were learnt from nearly as many.
   *
   * @param targets one finite label for each observation, standardised
   * @param options.iterations steps of L-BFGS, at most
   */
  fit(targets: Float64Array, { iterations = 10 }: { readonly iterations?: number } = {}): void {
    this.#checkTargets(targets);
    const { count } = this;
    const again = this.#learntFrom > 0 && count > MANY;
    if (!again || count >= GROWTH * this.#learntFrom) {
      const evaluations = again ? Math.min(FEW_EVALUATIONS, iterations + 2) : iterations + 2;
      const scale = scaleOf(targets);
      this.theta = this.#learn(
        targets.map((target) => target / scale),
        evaluations,
        this.#theta,
      );
      this.#learntFrom = count;
    }
    this.condition(targets);
  }

  /**
   * Learns the parameters alone, from the medians of their priors, and from the first observations only.
   *
   * @param targets one finite label for each of them, standardised
   * @param options.iterations steps of L-BFGS, at most
   * @returns what `theta` is to be
   */
  learn(targets: Float64Array, { iterations = 10 }: { readonly iterations?: number } = {}): Float64Array {
    const scale = scaleOf(targets);
    return this.#learn(
      targets.map((target) => target / scale),
      iterations + 2,
      this.#prior.means,
    );
  }

  /** Conditions on the labels with the parameters as they are; where they are those of the last time, only new rows are factorised. */
  condition(targets: Float64Array): void {
    this.#checkTargets(targets);
    this.#scale = scaleOf(targets);
    this.#targets = targets.map((target) => target / this.#scale);
    const before = this.#factor;
    if (before?.rows !== this.count) {
      this.#factor = kernels().run((arena) =>
        factoriseObservations(arena, this.#observations, this.#parameters, before),
      );
      if (before?.jitter !== this.#factor.jitter) this.#inverse = undefined;
      this.#panels = undefined;
    }
    this.#weights = solveFactored(this.#factor!, this.#targets);
    const fitted = this.#weights.reduce((sum, weight, i) => sum + weight * this.#targets![i], 0);
    const penalty = this.#prior.penalty(this.#theta, new Float64Array(this.#theta.length));
    this.#logDensity = -(0.5 * fitted + logarithmOfDiagonal(this.#factor!) + penalty);
  }

  /** Means at the observed rows themselves, from what conditioning has left: K w = labels - noise * w. */
  observedMeans(): Float64Array {
    const [targets, weights, factor] = [this.#targets, this.#weights, this.#factor];
    if (targets === undefined || weights === undefined || factor === undefined) throw notConditioned();
    const { noise, variance } = this.#parameters;
    const added = noise + factor.jitter * variance;
    return targets.map((target, i) => (target - added * weights[i]) * this.#scale);
  }

  /** Means of rows of a pool, of all without `rows`. */
  mean(pool: Matrix, rows?: ArrayLike<number>): Float64Array {
    return posteriorMean(this.posterior({ variances: false }), pool, rows);
  }

  /** Means and variances (of the function, without noise) of rows of a pool, of all without `rows`. */
  predict(pool: Matrix, rows?: ArrayLike<number>): GaussianPrediction {
    return posteriorPrediction(this.posterior(), pool, rows);
  }

  /** What is known of some rows of a pool together: means, variances and covariances, in 64-bit floats. Changes of the process do not reach it. */
  among(pool: Matrix, rows: ArrayLike<number>): JointPosterior {
    const known = this.posterior({ variances: false });
    return kernels().run((arena) => new JointPosterior(arena, known, this.#factor!, this.#scale, pool, rows));
  }

  /** Means and covariance (of the function, without noise; rows x rows) of some rows of a pool, in 64-bit floats. */
  joint(pool: Matrix, rows: ArrayLike<number>): { readonly mean: Float64Array; readonly covariance: Float64Array } {
    const among = this.among(pool, rows);
    const covariance = new Float64Array(among.size * among.size);
    for (let row = 0; row < among.size; row++) {
      const lower = among.covarianceWith(row, row + 1);
      covariance.set(lower, row * among.size);
      for (let other = 0; other < row; other++) covariance[other * among.size + row] = lower[other];
    }
    return { mean: among.mean, covariance };
  }

  /** What was learnt, as data of its own: for other threads, and for later. */
  posterior({ variances = true }: { readonly variances?: boolean } = {}): Posterior {
    const [factor, weights] = [this.#factor, this.#weights];
    if (factor === undefined || weights === undefined) throw notConditioned();
    if (variances && this.#panels === undefined) {
      const before = this.#inverse;
      if (before?.rows !== factor.rows) this.#inverse = kernels().run((arena) => invertFactor(arena, factor, before));
      this.#panels = panelsOf(this.#inverse!);
    }
    const { groups, columns, rows } = this.#observations;
    const known = { groups, columns, rows: rows.slice(), parameters: this.#parameters, weights, scale: this.#scale };
    return variances ? { ...known, panels: this.#panels! } : known;
  }

  #learn(targets: Float64Array, evaluations: number, start: Float64Array): Float64Array {
    const { groups } = this.#observations;
    const count = targets.length;
    const size = Math.min(count, this.#learnFrom);
    const chosen = Int32Array.from({ length: size }, (_, i) => Math.floor((i * count) / size));
    const distances = groups.map((_, group) => {
      const all = this.#observations.distances(group);
      return size === count ? all.subarray(0, triangle(count)) : distancesAmong(all, chosen);
    });
    const { place } = kernels().run((arena) => {
      const labels = Float64Array.from(chosen, (row) => targets[row]);
      const evidence = new Evidence(arena, distances, labels, this.#prior);
      return minimise((theta) => evidence.evaluate(theta), start, {
        evaluations,
        furthest: FURTHEST,
        tolerance: FLAT,
      });
    });
    return place;
  }

  #checkTargets(targets: Float64Array): void {
    if (this.count === 0)
      throw new AssayError("bad-training-data", "The Gaussian process has no observations to learn.");
    if (targets.length !== this.count || !targets.every(Number.isFinite)) {
      throw new AssayError(
        "bad-training-data",
        `The Gaussian process has ${this.count} observations and got ${targets.length} labels, or one that is not finite.`,
      );
    }
  }

  #forget(): void {
    this.#factor = undefined;
    this.#inverse = undefined;
    this.#panels = undefined;
    this.#weights = undefined;
  }
}

function distancesAmong(all: Float64Array, chosen: Int32Array): Float64Array {
  const packed = new Float64Array(triangle(chosen.length));
  let place = 0;
  for (let i = 0; i < chosen.length; i++) {
    const row = triangle(chosen[i]);
    for (let j = 0; j < i; j++) packed[place++] = all[row + chosen[j]];
  }
  return packed;
}

/** A unit for labels so large or small that their squares, or the prior of the noise, would say nothing. */
function scaleOf(targets: Float64Array): number {
  const largest = targets.reduce((most, target) => Math.max(most, Math.abs(target)), 0);
  if (largest === 0) return 1;
  const squares = targets.reduce((sum, target) => sum + (target / largest) * (target / largest), 0);
  const size = largest * Math.sqrt(squares / targets.length);
  return size >= ORDINARY[0] && size <= ORDINARY[1] ? 1 : size;
}

function notConditioned(): Error {
  return new Error("The Gaussian process was asked before it was conditioned on labels (fit or condition).");
}
