import { gather } from "../../kernels/gather.js";
import { kernels } from "../../kernels/kernels.js";
import type { Matrix } from "../../kernels/matrix.js";
import type { Known } from "./covarianceBlocks.js";
import { withoutRepeats } from "./distinctRows.js";
import { predictBlocks } from "./poolBlocks.js";

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
  const { asked, placeOf, ...distinct } = withoutRepeats(pool, known.groups, rows);
  const { mean, explained } = kernels().run((arena) => predictBlocks(arena, known, distinct.pool, asked, panels));
  const { variance } = known.parameters;
  const means = scale === 1 ? mean : mean.map((value) => value * scale);
  const variances = explained!.map((value) => Math.max(0, variance - value) * scale * scale);
  if (placeOf === undefined) return { mean: means, variance: variances };
  return { mean: gather(means, placeOf), variance: gather(variances, placeOf) };
}
