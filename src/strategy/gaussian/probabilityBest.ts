import type { Generator } from "../../random/index.js";

const DRAWS = 2_000;
/** Added to the diagonal, as a share of its mean, so that equal rows do not stop the factorisation. */
const JITTER = 1e-9;

/**
 * How likely it is that one of several jointly normal numbers is the largest of them, by 2,000 draws.
 *
 * @param mean one value for each
 * @param covariance size x size
 * @returns between 0 and 1
 * @example
 * probabilityBest(Float64Array.of(1, 0), Float64Array.of(0.1, 0, 0, 0.1), 0, generator); // about 0.99
 */
export function probabilityBest(
  mean: Float64Array,
  covariance: Float64Array,
  which: number,
  generator: Generator,
): number {
  const size = mean.length;
  const factor = factorise(covariance, size);
  const normal = new Float64Array(size);
  let wins = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    for (let i = 0; i < size; i++) normal[i] = generator.normal();
    let best = Number.NEGATIVE_INFINITY;
    let largest = -1;
    for (let i = 0; i < size; i++) {
      let value = mean[i];
      for (let k = 0; k <= i; k++) value += factor[i * size + k] * normal[k];
      if (value > best) {
        best = value;
        largest = i;
      }
    }
    if (largest === which) wins++;
  }
  return wins / DRAWS;
}

/** The lower triangle L with L·L' = covariance; a direction that rounding has left without variance becomes 0. */
function factorise(covariance: Float64Array, size: number): Float64Array {
  let trace = 0;
  for (let i = 0; i < size; i++) trace += covariance[i * size + i];
  const jitter = (JITTER * trace) / size;
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = covariance[i * size + j] + (i === j ? jitter : 0);
      for (let k = 0; k < j; k++) sum -= factor[i * size + k] * factor[j * size + k];
      if (i === j) factor[i * size + i] = sum > jitter / 2 ? Math.sqrt(sum) : 0;
      else factor[i * size + j] = factor[j * size + j] === 0 ? 0 : sum / factor[j * size + j];
    }
  }
  return factor;
}
