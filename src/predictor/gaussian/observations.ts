import type { Matrix } from "../../kernels/matrix.js";
import type { DistanceGroup } from "./groups.js";

/**
 * The observed rows with the squared distances of each to those before it, in 64-bit floats. A new row adds its own distances;
 * nothing is computed again.
 */
export class Observations {
  readonly groups: readonly DistanceGroup[];
  readonly columns: number;
  #count = 0;
  #rows: Float32Array;
  /** For each group the strict lower triangle, row after row. */
  readonly #distances: Float64Array[];

  constructor(groups: readonly DistanceGroup[], columns: number) {
    this.groups = groups;
    this.columns = columns;
    this.#rows = new Float32Array(16 * columns);
    this.#distances = groups.map(() => new Float64Array(128));
  }

  get count(): number {
    return this.#count;
  }

  /** The rows, count x columns. */
  get rows(): Float32Array {
    return this.#rows.subarray(0, this.#count * this.columns);
  }

  /** The squared distances of a group: those of row i (to rows 0 … i - 1) start at i (i - 1) / 2. */
  distances(group: number): Float64Array {
    return this.#distances[group].subarray(0, triangle(this.#count));
  }

  add({ rows, columns, data }: Matrix): void {
    const before = this.#count;
    const after = before + rows;
    if (after * columns > this.#rows.length) {
      this.#rows = grown(this.#rows, after * columns);
    }
    this.#rows.set(data.subarray(0, rows * columns), before * columns);
    this.groups.forEach((group, number) => {
      const needed = triangle(after);
      if (needed > this.#distances[number].length) this.#distances[number] = grown(this.#distances[number], needed);
      const measure = group.kind === "sparse" ? sparseDistances : denseDistances;
      measure(group, this.#rows, columns, before, after, this.#distances[number]);
    });
    this.#count = after;
  }

  truncate(count: number): void {
    this.#count = Math.min(this.#count, count);
  }

  /**
   * Squared distances of a group from chosen rows of a pool to all observations and to the chosen rows before: row i has
   * count + i of them, one row after the other.
   */
  distancesTo(number: number, pool: Matrix, chosen: ArrayLike<number>): Float64Array {
    const group = this.groups[number];
    const [count, columns] = [this.#count, this.columns];
    const all = count + chosen.length;
    const joined = new Float32Array(all * columns);
    joined.set(this.rows);
    for (let i = 0; i < chosen.length; i++) {
      const start = chosen[i] * columns;
      joined.set(pool.data.subarray(start, start + columns), (count + i) * columns);
    }
    const offset = triangle(count);
    const packed = new Float64Array(triangle(all) - offset);
    const measure = group.kind === "sparse" ? sparseDistances : denseDistances;
    measure(group, joined, columns, count, all, packed, offset);
    return packed;
  }
}

/** How many pairs there are among so many rows. */
export function triangle(rows: number): number {
  return (rows * (rows - 1)) / 2;
}

function grown<Numbers extends Float32Array | Float64Array>(numbers: Numbers, least: number): Numbers {
  const Kind = numbers.constructor as new (length: number) => Numbers;
  const larger = new Kind(Math.max(least, Math.ceil(1.5 * numbers.length)));
  larger.set(numbers);
  return larger;
}

function denseDistances(
  { start, width, scale }: DistanceGroup,
  rows: Float32Array,
  columns: number,
  from: number,
  to: number,
  target: Float64Array,
  offset = 0,
): void {
  for (let i = from; i < to; i++) {
    const place = triangle(i) - offset;
    const own = i * columns + start;
    for (let j = 0; j < i; j++) {
      const other = j * columns + start;
      // Two sums, because each addition waits for the one before.
      let even = 0;
      let odd = 0;
      let column = 0;
      for (; column + 1 < width; column += 2) {
        const first = rows[own + column] - rows[other + column];
        const second = rows[own + column + 1] - rows[other + column + 1];
        even += first * first;
        odd += second * second;
      }
      if (column < width) {
        const last = rows[own + column] - rows[other + column];
        even += last * last;
      }
      target[place + j] = (even + odd) * scale;
    }
  }
}

/** By |a - b|² = |a|² + |b|² - 2 ab; all sums go in the order of the pairs, so that equal rows are at distance 0 exactly. */
function sparseDistances(
  { start, width, scale }: DistanceGroup,
  rows: Float32Array,
  columns: number,
  from: number,
  to: number,
  target: Float64Array,
  offset = 0,
): void {
  let highest = -1;
  const squares = new Float64Array(to);
  for (let i = 0; i < to; i++) {
    const own = i * columns + start;
    for (let pair = own; pair < own + width; pair += 2) {
      if (rows[pair] < 0) continue;
      squares[i] += rows[pair + 1] * rows[pair + 1];
      if (i >= from && rows[pair] > highest) highest = rows[pair];
    }
  }
  const spread = new Float64Array(highest + 1);
  for (let i = from; i < to; i++) {
    const own = i * columns + start;
    for (let pair = own; pair < own + width; pair += 2) if (rows[pair] >= 0) spread[rows[pair]] = rows[pair + 1];
    const place = triangle(i) - offset;
    for (let j = 0; j < i; j++) {
      const other = j * columns + start;
      let product = 0;
      for (let pair = other; pair < other + width; pair += 2) {
        const column = rows[pair];
        if (column >= 0 && column <= highest) product += rows[pair + 1] * spread[column];
      }
      target[place + j] = Math.max(0, squares[i] + squares[j] - 2 * product) * scale;
    }
    for (let pair = own; pair < own + width; pair += 2) if (rows[pair] >= 0) spread[rows[pair]] = 0;
  }
}
