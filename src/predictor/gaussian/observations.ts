import { kernels } from "../../kernels/kernels.js";
import type { Matrix } from "../../kernels/matrix.js";
import { Distances, packRows } from "./distances.js";
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
    this.#rows = grown(this.#rows, after * columns);
    this.#rows.set(data.subarray(0, rows * columns), before * columns);
    this.groups.forEach((group, number) => {
      const distances = grown(this.#distances[number], triangle(after));
      kernels().run((arena) => {
        const measure = new Distances(arena, packRows(group, this.#rows, columns, after - 1));
        for (let row = before; row < after; row++) {
          measure.write(this.#rows, row * columns, 0, row, distances, triangle(row));
        }
      });
      this.#distances[number] = distances;
    });
    this.#count = after;
  }

  truncate(count: number): void {
    this.#count = Math.min(this.#count, count);
  }
}

/** How many pairs there are among so many rows. */
export function triangle(rows: number): number {
  return (rows * (rows - 1)) / 2;
}

/** Writes the distances of the interaction: the sum over groups of rate * squared distance. */
export function addDistances(distances: readonly Float64Array[], rates: Float64Array, target: Float64Array): void {
  target.fill(0);
  for (const [group, own] of distances.entries()) {
    const rate = rates[group];
    for (let pair = 0; pair < own.length; pair++) target[pair] += rate * own[pair];
  }
}

function grown<Numbers extends Float32Array | Float64Array>(numbers: Numbers, least: number): Numbers {
  if (least <= numbers.length) return numbers;
  const Kind = numbers.constructor as new (length: number) => Numbers;
  const larger = new Kind(Math.max(least, Math.ceil(1.5 * numbers.length)));
  larger.set(numbers);
  return larger;
}
