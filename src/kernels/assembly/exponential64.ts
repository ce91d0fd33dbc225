import { multiplyAdd64 } from "./multiplyAdd64";

/**
 * e^x of two 64-bit numbers that are at most 0, within about 2 units in the last place; numbers below -700 count as -700 (about
 * 1e-304). The polynomial is the Taylor expansion on [-ln(2)/2, ln(2)/2] up to the thirteenth power.
 */
// @ts-ignore: decorator
@inline
export function exponential64(x: v128): v128 {
  const bounded = f64x2.pmax(x, f64x2.splat(-700));
  // Added to 1.5 * 2^52, a number is rounded to a whole one, which then stands in the lowest bits.
  const shifted = f64x2.add(f64x2.mul(bounded, f64x2.splat(1.4426950408889634)), f64x2.splat(6755399441055744.0));
  const whole = f64x2.sub(shifted, f64x2.splat(6755399441055744.0));
  // ln 2 in two parts, the first with few bits, so that the difference is exact.
  let rest = f64x2.sub(bounded, f64x2.mul(whole, f64x2.splat(6.93147180369123816490e-1)));
  rest = f64x2.sub(rest, f64x2.mul(whole, f64x2.splat(1.90821492927058770002e-10)));
  let sum = f64x2.splat(1.0 / 6227020800.0);
  sum = multiplyAdd64(sum, rest, f64x2.splat(1.0 / 479001600.0));
  sum = multiplyAdd64(sum, rest, f64x2.splat(1.0 / 39916800.0));
  sum = multiplyAdd64(sum, rest, f64x2.splat(1.0 / 3628800.0));
  sum = multiplyAdd64(sum, rest, f64x2.splat(1.0 / 362880.0));
  sum = multiplyAdd64(sum, rest, f64x2.splat(1.0 / 40320.0));
  sum = multiplyAdd64(sum, rest, f64x2.splat(1.0 / 5040.0));
  sum = multiplyAdd64(sum, rest, f64x2.splat(1.0 / 720.0));
  sum = multiplyAdd64(sum, rest, f64x2.splat(1.0 / 120.0));
  sum = multiplyAdd64(sum, rest, f64x2.splat(1.0 / 24.0));
  sum = multiplyAdd64(sum, rest, f64x2.splat(1.0 / 6.0));
  sum = multiplyAdd64(sum, rest, f64x2.splat(0.5));
  sum = multiplyAdd64(sum, rest, f64x2.splat(1));
  sum = multiplyAdd64(sum, rest, f64x2.splat(1));
  return f64x2.mul(sum, i64x2.shl(i64x2.add(shifted, i64x2.splat(1023)), 52));
}
