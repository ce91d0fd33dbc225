import type { Arena } from "../../kernels/arena.js";
import { writeParameters } from "./factor.js";
import type { Evaluated } from "./lbfgs.js";
import { addDistances, triangle } from "./observations.js";
import { type Interaction, parametersOf, type ThetaPrior } from "./parameters.js";
import { logarithmOfDiagonal, solveFactored, strideFor } from "./triangular.js";

const JITTER = 1e-8;

/**
 * Minus the logarithm of the joint density of labels and parameters (up to a constant), with its gradient (Rasmussen and Williams
 * 2006, equation 5.9). It lives as long as what its arena has allocated.
 */
export class Evidence {
  readonly #arena: Arena;
  readonly #count: number;
  readonly #given: readonly Float64Array[];
  /** The groups, and their interaction where there is one. */
  readonly #parts: number;
  readonly #targets: Float64Array;
  readonly #prior: ThetaPrior;
  readonly #stride: number;
  readonly #pairs: number;
  readonly #distances: number;
  readonly #correlations: number;
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
    this.#given = distances;
    this.#parts = distances.length + (prior.means.length > 2 * distances.length + 1 ? 1 : 0);
    this.#targets = targets;
    this.#prior = prior;
    this.#stride = strideFor(count + 3);
    this.#pairs = triangle(count) + 1;
    this.#scratch = arena.allocate(64);
    this.#constants = arena.allocate(32 * this.#parts);
    this.#weights = arena.allocate(8 * (count + 1));
    this.#distances = arena.allocate(8 * this.#pairs * this.#parts);
    this.#correlations = arena.allocate(8 * this.#pairs * this.#parts);
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
    const [count, stride, groups, parts] = [this.#count, this.#stride, this.#given.length, this.#parts];
    const [distances, correlations, pairBytes] = [this.#distances, this.#correlations, 8 * this.#pairs];
    const constants = this.#constants;
    const [matrix, inverse, scratch, bytes] = [this.#matrix, this.#inverse, this.#scratch, 8 * stride];
    const { functions } = this.#arena;
    const parameters = parametersOf(theta, groups);
    const { interaction } = parameters;
    const gradient = new Float64Array(theta.length);
    writeParameters(this.#arena, constants, parameters);
    if (interaction !== undefined) addDistances(this.#given, interaction.rates, this.#interactionDistances());
    const diagonal = parameters.variance * (1 + JITTER) + parameters.noise;
    functions.covariances(distances, parts, pairBytes, constants, diagonal, 0, count, matrix, bytes, correlations);
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
    const sums = constants + 16 * parts;
    functions.gradientSums(
      distances,
      parts,
      pairBytes,
      constants,
      correlations,
      count,
      matrix,
      bytes,
      this.#weights,
      sums,
    );
    let trace = 0;
    for (let i = 0; i < count; i++) trace += factor.data[i * stride + i] - weights[i] * weights[i];
    const found = this.#arena.doubles(sums, 2 * parts);
    for (let group = 0; group < groups; group++) {
      gradient[group] += found[2 * group] + 0.5 * parameters.amplitudes[group] * (1 + JITTER) * trace;
      gradient[groups + group] += found[2 * group + 1];
    }
    gradient[2 * groups] += 0.5 * parameters.noise * trace;
    if (interaction !== undefined) {
      gradient[2 * groups + 1] += found[2 * groups] + 0.5 * interaction.amplitude * (1 + JITTER) * trace;
      this.#addInteraction(interaction, factor.data, weights, gradient.subarray(2 * groups + 2));
    }
    return { value, gradient };
  }

  #interactionDistances(): Float64Array {
    return this.#arena.doubles(this.#distances + 8 * this.#pairs * this.#given.length, this.#pairs);
  }

  /** Adds for each group the sum over the pairs of (inverse - weight * weight) * covariance by interaction * rate * distance. */
  #addInteraction(
    { amplitude, rates }: Interaction,
    inverse: Float64Array,
    weights: Float64Array,
    gradient: Float64Array,
  ): void {
    const pulls = this.#interactionDistances().map((distance) => amplitude * Math.exp(-distance));
    for (let i = 1, pair = 0; i < this.#count; i++) {
      for (let j = 0; j < i; j++) pulls[pair++] *= inverse[i * this.#stride + j] - weights[i] * weights[j];
    }
    for (const [group, distances] of this.#given.entries()) {
      let sum = 0;
      for (let pair = 0; pair < distances.length; pair++) sum += pulls[pair] * distances[pair];
      gradient[group] += rates[group] * sum;
    }
  }
}
