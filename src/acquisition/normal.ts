const HALF_LOG_TWO_PI = 0.9189385332046727;
const SQRT_HALF_PI = 1.2533141373155003;
const TWO_OVER_SQRT_PI = 1.1283791670955126;
const SQRT_TWO = Math.SQRT2;

/** The density of the standard normal distribution. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z - HALF_LOG_TWO_PI);
}

/**
 * The share of the standard normal distribution below `z`, with full relative accuracy in the lower tail.
 *
 * @example
 * normalCumulative(-1.959963984540054); // 0.025
 */
export function normalCumulative(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  return z <= 0 ? lowerTail(-z) : 1 - lowerTail(z);
}

function lowerTail(t: number): number {
  if (t < 2 * SQRT_TWO) return 0.5 * (1 - errorFunctionSeries(t / SQRT_TWO));
  return normalDensity(t) * millsRatio(t);
}

/**
 * Lower tail over density, Φ(-t)/φ(t), for t >= 0. Unlike the tail itself it never underflows, which keeps quotients of
 * tails exact far out.
 */
export function millsRatio(t: number): number {
  const x = t / SQRT_TWO;
  if (x < 2) return (SQRT_HALF_PI * (1 - errorFunctionSeries(x))) / Math.exp(-x * x);
  // Laplace's continued fraction, from the far end; the further out, the fewer terms it needs.
  const terms = 8 + Math.ceil(280 / (x * x));
  let fraction = x;
  for (let k = terms; k >= 1; k--) fraction = x + k / 2 / fraction;
  return 1 / (SQRT_TWO * fraction);
}

/** erf(x) for 0 <= x < 2 by a series of positive terms: no cancellation. */
function errorFunctionSeries(x: number): number {
  const square = x * x;
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * square) / (2 * n + 1);
    sum += term;
  }
  return TWO_OVER_SQRT_PI * Math.exp(-square) * sum;
}

/**
 * The logarithm of φ(z) + z·Φ(z), the expected improvement in standard deviations. It falls like -z²/2 for negative z,
 * where the value itself would underflow and make all candidates equal.
 */
export function logStandardImprovement(z: number): number {
  if (z > -1) return Math.log(normalDensity(z) + z * normalCumulative(z));
  const t = -z;
  return -0.5 * t * t - HALF_LOG_TWO_PI + Math.log(oneMinusMills(t));
}

/** 1 - t·millsRatio(t), which tends to 1/t². */
function oneMinusMills(t: number): number {
  if (t < 30) return 1 - t * millsRatio(t);
  const inverse = 1 / (t * t);
  return inverse * (1 - inverse * (3 - inverse * (15 - inverse * (105 - inverse * 945))));
}
