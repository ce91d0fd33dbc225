import type { Arena } from "../../kernels/arena.js";
import { writeParameters } from "./factor.js";
import type { Evaluated } from "./lbfgs.js";
import { triangle } from "./observations.js";
import { parametersOf, type ThetaPrior } from "./parameters.js";
import { logarithmOfDiagonal, solveFactored, strideFor } from "./triangular.js";

const JITTER = 1e-8;

/**
 * Minus the logarithm of the joint density of labels and parameters (up to a constant), with its gradient (Rasmussen and Williams
 * 2006, equation 5.9). It lives as long as what its arena has allocated.
 */
export class Evidence {
  readonly #arena: Arena;
  readonly #count: number;
  readonly #groups: number;
  readonly #targets: Float64Array;
  readonly #prior: ThetaPrior;
  readonly #stride: number;
  readonly #pairs: number;
  readonly #distances: number;
  readonly #constants: number;
  readonly #scratch: number;
  readonly #weights: number;
  readonly #matrix: number;
  readonly #inverse: number;

  /** @param distances for each group the strict lower triangle of the squared distances, row after row */
  constructor(arena: Arena, distances: readonly Float64Array[], targets: Float64Array, prior: ThetaPrior) {
    const count = targets.length;
    this.#arena = arena;
    this.#count = count;
    this.#groups = distances.length;
    this.#targets = targets;
    this.#prior = prior;
    this.#stride = strideFor(count + 3);
    this.#pairs = triangle(count) + 1;
    this.#scratch = arena.allocate(64);
    this.#constants = arena.allocate(32 * distances.length);
    this.#weights = arena.allocate(8 * (count + 1));
    this.#distances = arena.allocate(8 * this.#pairs * distances.length);
    this.#matrix = arena.allocate(8 * this.#size);
    this.#inverse = arena.allocate(8 * this.#size);
    distances.forEach((given, group) => {
      const view = arena.doubles(this.#distances + 8 * this.#pairs * group, this.#pairs);
      view.set(given);
      view[this.#pairs - 1] = 0;
    });
    arena.doubles(this.#weights, count + 1).fill(0);
  }

  /** One row more than four-row tiles need. */
  get #size(): number {
    return this.#stride * (Math.ceil(this.#count / 4) * 4 + 1);
  }

  /** Infinity where the covariance is not positive definite. */
  evaluate(theta: Float64Array): Evaluated {
    const [count, stride, groups] = [this.#count, this.#stride, this.#groups];
    const [distances, pairBytes, constants] = [this.#distances, 8 * this.#pairs, this.#constants];
    const [matrix, inverse, scratch, bytes] = [this.#matrix, this.#inverse, this.#scratch, 8 * stride];
    const { functions } = this.#arena;
    const parameters = parametersOf(theta);
    const gradient = new Float64Array(theta.length);
    writeParameters(this.#arena, constants, parameters);
    const diagonal = parameters.variance * (1 + JITTER) + parameters.noise;
    functions.covariances(distances, groups, pairBytes, constants, diagonal, 0, count, matrix, bytes);
    if (functions.factorise(matrix, bytes, 0, count, count, scratch) !== 1) {
      return { value: Number.POSITIVE_INFINITY, gradient };
    }
    const factor = { rows: count, stride, data: this.#arena.doubles(matrix, this.#size) };
    const weights = solveFactored(factor, this.#targets);
    let value = logarithmOfDiagonal(factor) + this.#prior.penalty(theta, gradient);
    for (let i = 0; i < count; i++) value += 0.5 * this.#targets[i] * weights[i];

    this.#arena.doubles(inverse, this.#size).fill(0);
    functions.invertFactor(matrix, inverse, bytes, 0, count, scratch);
    functions.invertFromFactor(inverse, matrix, bytes, Math.ceil(count / 4) * 4, scratch);
    this.#arena.doubles(this.#weights, count).set(weights);
    const sums = constants + 16 * groups;
    functions.gradientSums(distances, groups, pairBytes, constants, count, matrix, bytes, this.#weights, sums);
    let trace = 0;
    for (let i = 0; i < count; i++) trace += factor.data[i * stride + i] - weights[i] * weights[i];
    const found = this.#arena.doubles(sums, 2 * groups);
    for (let group = 0; group < groups; group++) {
      gradient[group] += found[2 * group] + 0.5 * parameters.amplitudes[group] * (1 + JITTER) * trace;
      gradient[groups + group] += found[2 * group + 1];
    }
    gradient[2 * groups] += 0.5 * parameters.noise * trace;
    return { value, gradient };
  }
}
