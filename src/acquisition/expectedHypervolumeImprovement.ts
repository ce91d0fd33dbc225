import { logExpectedImprovement } from "./expectedImprovement.js";

/** What is believed of a further objective of a candidate; the deviation is 0 where the value is known. */
export interface BelievedValue {
  readonly mean: number;
  readonly standardDeviation: number;
}

/**
 * The expected hypervolume improvement over a front of two or three maximised objectives that are independent of each other (Emmerich,
 * Deutz and Klinkenberg 2011), exact. The coordinates of the front in all objectives but the first span a grid. Above each cell of it lies
 * what the front does not cover yet, from the front's height there on, so that the expectation is
 *
 *     sum over cells of E[gain of the first objective over the height] * product over the others of E[what lies below the value in the cell]
 *
 * Cells of one height are added up first: a candidate takes one expected improvement for each member of the front, and for each cell a
 * product only.
 *
 * @example
 * const cells = new FrontCells([[91, -30], [93, -80]], [80, -100]);
 * cells.logImprovement(92, 0.5, [{ mean: -50, standardDeviation: 0 }]);
 */
export class FrontCells {
  /** Borders of the cells in each objective but the first, rising; above the last one there is a cell too. */
  readonly #edges: readonly Float64Array[];
  /** First values of the front, rising, the reference first. */
  readonly #heights: Float64Array;
  /** Which height each cell has; cells of the third objective lie side by side. */
  readonly #heightOf: Int32Array;
  readonly #lengths: readonly Float64Array[];
  readonly #volumes: Float64Array;

  /**
   * @param points two or three values each; dominated points change nothing, and neither do those that are not better than the reference
   * @param reference one value for each objective
   */
  constructor(points: readonly ArrayLike<number>[], reference: ArrayLike<number>) {
    const inside = points.filter((point) => Array.from(reference).every((worst, i) => point[i] > worst));
    this.#heights = distinct([reference[0], ...inside.map((point) => point[0])]);
    this.#edges = Array.from(reference)
      .slice(1)
      .map((worst, i) => distinct([worst, ...inside.map((point) => point[i + 1])]));
    const [rows, columns] = [this.#edges[0].length, this.#edges[1]?.length ?? 1];
    this.#heightOf = new Int32Array(rows * columns);
    for (const point of inside) {
      // The cell that ends at the point, and below all that it covers.
      const row = this.#edges[0].indexOf(point[1]) - 1;
      const column = columns === 1 ? 0 : this.#edges[1].indexOf(point[2]) - 1;
      const place = row * columns + column;
      this.#heightOf[place] = Math.max(this.#heightOf[place], this.#heights.indexOf(point[0]));
    }
    for (let row = rows - 1; row >= 0; row--) {
      for (let column = columns - 1; column >= 0; column--) {
        const place = row * columns + column;
        const above = row + 1 < rows ? this.#heightOf[place + columns] : 0;
        const beside = column + 1 < columns ? this.#heightOf[place + 1] : 0;
        this.#heightOf[place] = Math.max(this.#heightOf[place], above, beside);
      }
    }
    this.#lengths = [new Float64Array(rows), new Float64Array(columns).fill(1)];
    this.#volumes = new Float64Array(this.#heights.length);
  }

  /**
   * The natural logarithm of the expected improvement, which still tells candidates apart where the improvement itself underflows;
   * -Infinity where there is no chance, NaN where a belief is not a number.
   *
   * @param others what is believed of the other objectives, in their order
   */
  logImprovement(mean: number, standardDeviation: number, others: readonly BelievedValue[]): number {
    let sum = 0;
    let largest = Number.NEGATIVE_INFINITY;
    this.#measure(others);
    for (let height = 0; height < this.#heights.length; height++) {
      const volume = this.#volumes[height];
      if (Number.isNaN(volume)) return Number.NaN;
      if (volume <= 0) continue;
      const part = logExpectedImprovement(mean, standardDeviation, this.#heights[height]) + Math.log(volume);
      if (Number.isNaN(part)) return Number.NaN;
      if (part === Number.NEGATIVE_INFINITY) continue;
      if (part > largest) {
        sum = sum * Math.exp(largest - part) + 1;
        largest = part;
      } else sum += Math.exp(part - largest);
    }
    return sum === 0 ? Number.NEGATIVE_INFINITY : largest + Math.log(sum);
  }

  /** The height of the front where the other objectives have these values: what a first value there has to exceed. */
  heightAt(others: readonly number[]): number {
    const columns = this.#edges[1]?.length ?? 1;
    let place = 0;
    for (let i = 0; i < this.#edges.length; i++) {
      const edges = this.#edges[i];
      let cell = 0;
      // At an edge itself the cell below it counts: there the point of the front is just as good.
      while (cell + 1 < edges.length && edges[cell + 1] < others[i]) cell++;
      place += i === 0 ? cell * columns : cell;
    }
    return this.#heights[this.#heightOf[place]];
  }

  /** Adds up what is to be expected of the other objectives over all cells of each height. */
  #measure(others: readonly BelievedValue[]): void {
    for (const [i, edges] of this.#edges.entries()) writeLengths(edges, others[i], this.#lengths[i]);
    const [first, second] = this.#lengths;
    this.#volumes.fill(0);
    for (let row = 0; row < first.length; row++) {
      const length = first[row];
      if (length === 0) continue;
      const start = row * second.length;
      for (let column = 0; column < second.length; column++) {
        this.#volumes[this.#heightOf[start + column]] += length * second[column];
      }
    }
  }
}

/** The expected length of each cell that lies below the value. */
function writeLengths(edges: Float64Array, { mean, standardDeviation }: BelievedValue, lengths: Float64Array): void {
  let beyond = expectedBeyond(mean, standardDeviation, edges[0]);
  for (let cell = 0; cell < edges.length; cell++) {
    const next = cell + 1 < edges.length ? expectedBeyond(mean, standardDeviation, edges[cell + 1]) : 0;
    // Of a known value the length of a cell is exact.
    const whole = cell + 1 < edges.length ? edges[cell + 1] - edges[cell] : Number.POSITIVE_INFINITY;
    lengths[cell] = standardDeviation === 0 && next > 0 ? whole : Math.max(0, beyond - next);
    beyond = next;
  }
}

function expectedBeyond(mean: number, standardDeviation: number, edge: number): number {
  if (standardDeviation === 0) return Number.isNaN(mean) ? Number.NaN : Math.max(0, mean - edge);
  return Math.exp(logExpectedImprovement(mean, standardDeviation, edge));
}

function distinct(values: readonly number[]): Float64Array {
  return Float64Array.from(new Set(values)).sort();
}
