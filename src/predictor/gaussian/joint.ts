import type { Arena } from "../../kernels/arena.js";
import { kernels } from "../../kernels/kernels.js";
import { type Matrix, takeRows } from "../../kernels/matrix.js";
import type { Known } from "./covarianceBlocks.js";
import { Distances, type PackedRows, packRows } from "./distances.js";
import type { Factor } from "./factor.js";
import { covariancesOf } from "./poolBlocks.js";
import { strideFor } from "./triangular.js";

/**
 * What is known of some rows together, in 64-bit floats throughout. A covariance is computed when it is asked for: choosing a batch
 * of 5 among 300 rows takes 5 rows of it, not 300.
 */
export class JointPosterior {
  /** One value for each row. */
  readonly mean: Float64Array;
  /** Of the function without noise, one value for each row. */
  readonly variance: Float64Array;
  readonly #known: Known;
  readonly #rows: Matrix;
  readonly #unit: number;
  /** L^-1 times the covariance with the observations: a row of `#stride` numbers for each row. */
  readonly #explaining: Float64Array;
  readonly #stride: number;
  readonly #covariance: Float64Array;
  /** Of each group, once a covariance is asked for. */
  #packed: readonly PackedRows[] | undefined;

  /** @param scale what means are multiplied with */
  constructor(arena: Arena, known: Known, factor: Factor, scale: number, pool: Matrix, chosen: ArrayLike<number>) {
    this.#known = known;
    this.#rows = takeRows(pool, chosen);
    this.#unit = scale * scale;
    const { weights } = known;
    const count = weights.length;
    const size = chosen.length;
    this.#stride = strideFor(count + 2);
    this.#covariance = new Float64Array(size);
    const related = covariancesOf(arena, known, pool, chosen, this.#stride);
    this.mean = new Float64Array(size);
    for (let row = 0; row < size; row++) {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += weights[i] * related[row * this.#stride + i];
      this.mean[row] = sum * scale;
    }
    this.#explaining = solveRows(arena, factor, related, size, this.#stride);
    this.variance = Float64Array.from({ length: size }, (_, row) =>
      Math.max(0, this.#unit * (known.parameters.variance - this.#explained(row, row))),
    );
  }

  get size(): number {
    return this.mean.length;
  }

  /** Covariances of one row with the first `count` rows (default: all); with itself it is its variance. */
  covarianceWith(row: number, count: number = this.size): Float64Array {
    this.#relate(row, count);
    const found = new Float64Array(count);
    for (let other = 0; other < count; other++) {
      found[other] = this.#unit * (this.#covariance[other] - this.#explained(row, other));
    }
    if (row < count) found[row] = this.variance[row];
    return found;
  }

  /** The covariance before anything is known, of a row with the first rows. */
  #relate(row: number, count: number): void {
    const { amplitudes, rates, interaction } = this.#known.parameters;
    const together = new Float64Array(interaction === undefined ? 0 : count);
    const distances = new Float64Array(count);
    const covariance = this.#covariance;
    covariance.fill(0);
    const { data, columns } = this.#rows;
    this.#packed ??= this.#known.groups.map((group) => packRows(group, data, columns, this.size));
    for (const [group, packed] of this.#packed.entries()) {
      kernels().run((arena) => new Distances(arena, packed).write(data, row * columns, 0, count, distances));
      const [amplitude, rate] = [amplitudes[group], -rates[group]];
      for (let i = 0; i < count; i++) covariance[i] += amplitude * Math.exp(rate * distances[i]);
      if (interaction === undefined) continue;
      for (let i = 0; i < count; i++) together[i] += interaction.rates[group] * distances[i];
    }
    for (let i = 0; i < together.length; i++) covariance[i] += interaction!.amplitude * Math.exp(-together[i]);
  }

  #explained(row: number, other: number): number {
    const [first, second] = [row * this.#stride, other * this.#stride];
    const count = this.#known.weights.length;
    const explaining = this.#explaining;
    let even = 0;
    let odd = 0;
    let i = 0;
    for (; i + 1 < count; i += 2) {
      even += explaining[first + i] * explaining[second + i];
      odd += explaining[first + i + 1] * explaining[second + i + 1];
    }
    if (i < count) even += explaining[first + i] * explaining[second + i];
    return even + odd;
  }
}

/** L^-1 times each of the rows: they are appended to the factor. */
function solveRows(arena: Arena, factor: Factor, right: Float64Array, size: number, stride: number): Float64Array {
  const count = factor.rows;
  const scratch = arena.allocate(64);
  const matrix = arena.allocate(8 * stride * (count + size + 1));
  const rows = arena.doubles(matrix, stride * (count + size));
  for (let row = 0; row < count; row++) {
    rows.set(factor.data.subarray(row * factor.stride, row * factor.stride + row + 1), row * stride);
  }
  rows.set(right, stride * count);
  arena.functions.factorise(matrix, 8 * stride, count, count + size, count, scratch);
  return rows.slice(stride * count);
}
