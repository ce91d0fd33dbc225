import { readViews } from "../../encoding/views/header.js";
import type { Matrix } from "../../kernels/matrix.js";

/** Columns of a row that make one squared distance; other groups may use the same columns. */
export interface DistanceGroup {
  /** `dense`: each column is a coordinate. `sparse`: pairs (number of a coordinate, its value), (-1, 0) where unused. */
  readonly kind: "dense" | "sparse";
  /** The first column. */
  readonly start: number;
  /** How many columns. */
  readonly width: number;
  /** What squared distances are multiplied with, so that two random rows are about 1 apart. */
  readonly scale: number;
}

/**
 * The groups of rows: those of the encoding `views` (which may overlap), scaled by their spreads, or else all columns as one dense group,
 * scaled by the mean squared distance of these rows.
 *
 * @example
 * groupsOf(encode(space, "one-hot", architectures)); // [{ kind: "dense", start: 0, width: 30, scale: 0.1 }]
 */
export function groupsOf(rows: Matrix): readonly DistanceGroup[] {
  const views = readViews(rows);
  if (views !== undefined)
    return views.map(({ kind, start, width, spread }) => ({ kind, start, width, scale: 1 / spread }));
  const spread = meanSquaredDistance(rows);
  return [{ kind: "dense", start: 0, width: rows.columns, scale: spread > 0 ? 1 / spread : 1 }];
}

/** Twice the sum of the variances of the columns, as among all pairs of different rows. */
function meanSquaredDistance({ rows, columns, data }: Matrix): number {
  if (rows < 2) return 0;
  let sum = 0;
  for (let column = 0; column < columns; column++) {
    // Measured from the first row, equal values differ by exactly 0.
    const origin = data[column];
    let first = 0;
    let second = 0;
    for (let row = 0; row < rows; row++) {
      const value = data[row * columns + column] - origin;
      first += value;
      second += value * value;
    }
    sum += second - (first * first) / rows;
  }
  return Math.max(0, (2 * sum) / (rows - 1));
}
