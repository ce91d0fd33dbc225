/**
 * The quantile of Student's t distribution, for confidence intervals of a mean of few values. Found by halving an
 * interval around the root of the distribution function, accurate to about 1e-12.
 *
 * @param share from 0 to 1, both excluded
 * @param degrees degrees of freedom, positive
 * @example
 * studentQuantile(0.975, 29); // 2.0452
 */
export function studentQuantile(share: number, degrees: number): number {
  if (!(share > 0 && share < 1)) throw new RangeError(`share must be between 0 and 1: ${share}`);
  if (!(degrees > 0)) throw new RangeError(`degrees of freedom must be positive: ${degrees}`);
  if (share < 0.5) return -studentQuantile(1 - share, degrees);
  if (share === 0.5) return 0;
  let low = 0;
  let high = 1;
  while (upperTail(high, degrees) > 1 - share) high *= 2;
  for (let step = 0; step < 200 && low < high; step++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (upperTail(middle, degrees) > 1 - share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The probability of a value above t, for t >= 0. */
function upperTail(t: number, degrees: number): number {
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
}

/** The regularised incomplete beta function, by its continued fraction (Abramowitz and Stegun 26.5.8). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(a * Math.log(x) + b * Math.log(1 - x) + logGamma(a + b) - logGamma(a) - logGamma(b)) / a;
  // Evaluated from the inside out: 300 terms are far more than any degrees of freedom up to millions need.
  let fraction = 1;
  for (let m = 300; m >= 1; m--) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = -((a + m - 1) * (a + b + m - 1) * x) / ((a + 2 * m - 2) * (a + 2 * m - 1));
    fraction = 1 + odd / (1 + even / fraction);
  }
  return front / fraction;
}

/** The logarithm of the gamma function: Stirling's series after raising the argument to at least 10. */
function logGamma(value: number): number {
  let x = value;
  let product = 1;
  while (x < 10) {
    product *= x;
    x++;
  }
  const square = 1 / (x * x);
  const series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
}
