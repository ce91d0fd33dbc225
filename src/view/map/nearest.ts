import { kernels } from "../../kernels/kernels.js";
import type { Matrix } from "../../kernels/matrix.js";
import { Distances, packRows } from "../../predictor/gaussian/distances.js";
import { type DistanceGroup, groupsOf } from "../../predictor/gaussian/groups.js";
import type { Breath } from "./breath.js";

/** The nearest other rows of each row, the nearest first; `count` for each. */
export interface NearestRows {
  readonly count: number;
  readonly indices: Int32Array;
  /** Not squared. */
  readonly distances: Float64Array;
}

/**
 * The exact nearest rows, by all distances. Distances are those of the Gaussian process: all groups of `views` weigh the same.
 *
 * @param count fewer where there are not so many other rows
 */
export async function findNearest(rows: Matrix, count: number, breathe: Breath): Promise<NearestRows> {
  const size = rows.rows;
  const kept = Math.min(count, size - 1);
  const squares = new Float64Array(size);
  const further = new Float64Array(size);
  const indices = new Int32Array(size * kept).fill(-1);
  const distances = new Float64Array(size * kept).fill(Number.POSITIVE_INFINITY);
  if (kept === 0) return { count: 0, indices, distances };
  const arena = kernels().open();
  try {
    const measures = wholeGroups(groupsOf(rows)).map(
      (group) => new Distances(arena, packRows(group, rows.data, rows.columns, size)),
    );
    for (let row = 0; row < size; row++) {
      // Each pair once: rows before this one have met it already.
      const count = size - row - 1;
      for (const [i, measure] of measures.entries()) {
        measure.write(rows.data, row * rows.columns, row + 1, count, i === 0 ? squares : further);
        if (i > 0) for (let other = 0; other < count; other++) squares[other] += further[other];
      }
      for (let i = 0; i < count; i++) {
        const other = row + 1 + i;
        const square = squares[i];
        if (square < distances[(row + 1) * kept - 1]) insert(row, other, square);
        if (square < distances[(other + 1) * kept - 1]) insert(other, row, square);
      }
      await breathe();
    }
  } finally {
    kernels().close(arena);
  }
  for (let i = 0; i < distances.length; i++) distances[i] = Math.sqrt(distances[i]);
  return { count: kept, indices, distances };

  /** Rows meet in rising order, so that of equally near ones the earlier stands first. */
  function insert(row: number, other: number, square: number): void {
    let place = (row + 1) * kept - 1;
    for (; place > row * kept && distances[place - 1] > square; place--) {
      distances[place] = distances[place - 1];
      indices[place] = indices[place - 1];
    }
    distances[place] = square;
    indices[place] = other;
  }
}

/** Groups that are no part of another: parts would weigh twice. */
export function wholeGroups(groups: readonly DistanceGroup[]): DistanceGroup[] {
  return groups.filter(
    ({ start, width }, place) =>
      !groups.some((other, i) => i < place && other.start <= start && start + width <= other.start + other.width),
  );
}
