import type { Arena } from "../../kernels/arena.js";
import type { Matrix } from "../../kernels/matrix.js";
import { CovarianceBlocks, evenOf, type Known, LANES } from "./covarianceBlocks.js";
import type { Triangular } from "./triangular.js";

/** What is found of each row. */
export interface Found {
  readonly mean: Float64Array;
  /** How much of the variance the observations explain; absent: not wanted. */
  readonly explained?: Float64Array;
}

/** Noise, as a share of the variance, below which everything is done in 64-bit floats. */
const SMALLEST_NOISE = 1e-4;

/**
 * Means, and what of the variances is explained, of rows of a pool: 32 rows at a time, in 32-bit floats with 64-bit sums. Scratch memory does not
 * depend on the size of the pool.
 *
 * @param panels L^-1 as `panelsOf` lays it out; where it is absent, only means are found
 * @param chosen rows of the pool; all where absent
 */
export function predictBlocks(
  arena: Arena,
  known: Known,
  pool: Matrix,
  chosen: ArrayLike<number> | undefined,
  panels?: Float64Array,
): Found {
  const count = known.weights.length;
  const even = evenOf(count);
  const total = chosen?.length ?? pool.rows;
  const isExact = needsDoubles(known);
  const blocks = new CovarianceBlocks(arena, known, isExact, pool, chosen);
  const weights = arena.allocate(8 * count);
  const panelPlace = panels === undefined ? 0 : arena.allocate(8 * panels.length);
  const sums = arena.allocate(8 * LANES);
  arena.doubles(weights, count).set(known.weights);
  if (panels !== undefined)
    (isExact ? arena.doubles(panelPlace, panels.length) : arena.floats(panelPlace, panels.length)).set(panels);
  blocks.clear();
  const result = arena.doubles(sums, LANES);
  const { functions } = arena;
  const weigh = isExact ? functions.weighBlock64 : functions.weighBlock;
  const explain = isExact ? functions.explainBlock64 : functions.explainBlock;

  const mean = new Float64Array(total);
  const explained = panels && new Float64Array(total);
  for (let first = 0; first < total; first += LANES) {
    const rows = blocks.relate(first);
    weigh(blocks.covariance, count, weights, sums);
    mean.set(result.subarray(0, rows), first);
    if (explained === undefined) continue;
    explain(blocks.covariance, even, panelPlace, sums);
    explained.set(result.subarray(0, rows), first);
  }
  return explained === undefined ? { mean } : { mean, explained };
}

/**
 * Covariances of rows of a pool with the observations, before anything is known, in 64-bit floats: of row r the numbers from r * stride on.
 *
 * @param chosen rows of the pool
 */
export function covariancesOf(
  arena: Arena,
  known: Known,
  pool: Matrix,
  chosen: ArrayLike<number>,
  stride: number,
): Float64Array {
  const top = arena.top;
  const count = known.weights.length;
  const blocks = new CovarianceBlocks(arena, known, true, pool, chosen);
  const found = new Float64Array(chosen.length * stride);
  for (let first = 0; first < chosen.length; first += LANES) {
    const rows = blocks.relate(first);
    const block = arena.doubles(blocks.covariance, LANES * count);
    for (let row = 0; row < rows; row++) {
      const start = (first + row) * stride;
      for (let i = 0; i < count; i++) found[start + i] = block[i * LANES + row];
    }
  }
  arena.release(top);
  return found;
}

/** Whether the covariance is so nearly singular that the bits 32-bit floats lack would be multiplied to something that matters. */
function needsDoubles({ parameters: { noise, variance } }: Known): boolean {
  return noise < SMALLEST_NOISE * variance;
}

/** L^-1 in pairs of rows, as the kernel reads it: of rows 2p and 2p + 1 the columns 0 to 2p + 1, [column][2]. */
export function panelsOf({ rows, stride, data }: Triangular): Float64Array {
  const pairs = Math.ceil(rows / 2);
  const panels = new Float64Array(2 * pairs * (pairs + 1));
  let place = 0;
  for (let row = 0; row < rows; row += 2) {
    for (let column = 0; column <= row + 1; column++) {
      if (column < rows) {
        panels[place] = column <= row ? data[column * stride + row] : 0;
        panels[place + 1] = row + 1 < rows ? data[column * stride + row + 1] : 0;
      }
      place += 2;
    }
  }
  return panels;
}
