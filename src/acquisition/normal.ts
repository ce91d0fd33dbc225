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

/** Between these the logarithm of the expected improvement is read off polynomials, so many to a unit; farther out it is computed. */
const [LOWEST, HIGHEST, PIECES] = [-30, 8, 32];
const DEGREE = 5;
let polynomials: Float64Array | undefined;

/**
 * The logarithm of φ(z) + z·Φ(z), the expected improvement in standard deviations, within 2e-13 of itself. It falls like -z²/2 for negative z,
 * where the value itself would underflow and make all candidates equal.
 */
export function logStandardImprovement(z: number): number {
  if (!(z >= LOWEST && z < HIGHEST)) return improvementAt(z).value;
  polynomials ??= interpolate();
  const place = (z - LOWEST) * PIECES;
  const piece = Math.floor(place);
  const x = place - piece;
  const first = piece * (DEGREE + 1);
  const [even, odd] = [first, first + 1];
  const square = x * x;
  return (
    polynomials[even] +
    square * (polynomials[even + 2] + square * polynomials[even + 4]) +
    x * (polynomials[odd] + square * (polynomials[odd + 2] + square * polynomials[odd + 4]))
  );
}

/** Of each piece the coefficients of the polynomial with the values and the first two derivatives of both of its ends. */
function interpolate(): Float64Array {
  const found = new Float64Array((HIGHEST - LOWEST) * PIECES * (DEGREE + 1));
  let left = improvementAt(LOWEST);
  for (let first = 0, end = 1; first < found.length; first += DEGREE + 1, end++) {
    const right = improvementAt(LOWEST + end / PIECES);
    const rise = right.value - left.value;
    const [slope, endSlope] = [left.slope / PIECES, right.slope / PIECES];
    const [bend, endBend] = [left, right].map(({ curvature }) => curvature / (2 * PIECES * PIECES));
    found.set([left.value, slope, bend], first);
    found[first + 3] = 10 * rise - 6 * slope - 4 * endSlope - 3 * bend + endBend;
    found[first + 4] = -15 * rise + 8 * slope + 7 * endSlope + 3 * bend - 2 * endBend;
    found[first + 5] = 6 * rise - 3 * (slope + endSlope) - bend + endBend;
    left = right;
  }
  return found;
}

/** log(φ(z) + z·Φ(z)) with its first two derivatives. */
function improvementAt(z: number): { readonly value: number; readonly slope: number; readonly curvature: number } {
  // Over the density, so that nothing underflows: 1 + z·Φ(z)/φ(z), and Φ(z)/φ(z).
  const density = z > -1 ? normalDensity(z) : 1;
  const below = z > -1 ? normalCumulative(z) : millsRatio(-z);
  const improvement = z > -1 ? density + z * below : oneMinusMills(-z);
  const scale = z > -1 ? 0 : -0.5 * z * z - HALF_LOG_TWO_PI;
  const slope = below / improvement;
  return { value: scale + Math.log(improvement), slope, curvature: density / improvement - slope * slope };
}

/** 1 - t·millsRatio(t), which tends to 1/t². */
function oneMinusMills(t: number): number {
  if (t < 30) return 1 - t * millsRatio(t);
  const inverse = 1 / (t * t);
  return inverse * (1 - inverse * (3 - inverse * (15 - inverse * (105 - inverse * 945))));
}
