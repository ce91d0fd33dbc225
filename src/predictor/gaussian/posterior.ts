import { kernels } from "../../kernels/kernels.js";
import type { Matrix } from "../../kernels/matrix.js";
import { distinctRows } from "./distinctRows.js";
import { type Known, predictBlocks } from "./poolBlocks.js";

/** What a Gaussian process has learnt: plain data that can be sent to another thread. */
export interface Posterior extends Known {
  /** Unit of the labels: predictions are multiplied with it, variances with its square. */
  readonly scale: number;
  /** The inverse of the factor, for variances. */
  readonly panels?: Float64Array;
}

/** Mean and variance of the function without noise, one value for each row. */
export interface GaussianPrediction {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** Means of rows of a pool (all without `rows`). What is said of a row depends on that row only, to the last bit. */
export function posteriorMean({ scale, ...known }: Posterior, pool: Matrix, rows?: ArrayLike<number>): Float64Array {
  const { mean } = kernels().run((arena) => predictBlocks(arena, known, pool, rows));
  return scale === 1 ? mean : mean.map((value) => value * scale);
}

/** Means and variances of rows of a pool. The posterior must hold panels. */
export function posteriorPrediction(
  { scale, panels, ...known }: Posterior,
  pool: Matrix,
  rows?: ArrayLike<number>,
): GaussianPrediction {
  if (panels === undefined) throw new Error("This posterior was made for means only.");
  const { asked, placeOf } = withoutRepeats(pool, rows);
  const { mean, explained } = kernels().run((arena) => predictBlocks(arena, known, pool, asked, panels));
  const { variance } = known.parameters;
  const means = scale === 1 ? mean : mean.map((value) => value * scale);
  const variances = explained!.map((value) => Math.max(0, variance - value) * scale * scale);
  if (placeOf === undefined) return { mean: means, variance: variances };
  return {
    mean: Float64Array.from(placeOf, (place) => means[place]),
    variance: Float64Array.from(placeOf, (place) => variances[place]),
  };
}

interface Asked {
  /** Rows of the pool; all where absent. */
  readonly asked: ArrayLike<number> | undefined;
  /** For each row that was wanted its place among those asked; absent where they are the same. */
  readonly placeOf?: Int32Array;
}

/** Of rows that are equal one is enough: cells that compute the same function are. */
function withoutRepeats(pool: Matrix, rows: ArrayLike<number> | undefined): Asked {
  const count = rows?.length ?? pool.rows;
  // To look through a large pool for a few of its rows would take longer than it saves.
  if (4 * count < pool.rows) return { asked: rows };
  const { first, kindOf } = distinctRows(pool);
  if (first.length === pool.rows) return { asked: rows };
  const places = new Int32Array(first.length).fill(-1);
  const asked = new Int32Array(Math.min(count, first.length));
  const placeOf = new Int32Array(count);
  let size = 0;
  for (let i = 0; i < count; i++) {
    const kind = kindOf[rows === undefined ? i : rows[i]];
    if (places[kind] < 0) {
      places[kind] = size;
      asked[size++] = first[kind];
    }
    placeOf[i] = places[kind];
  }
  return { asked: asked.subarray(0, size), placeOf };
}
