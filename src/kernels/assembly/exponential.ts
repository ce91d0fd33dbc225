import { multiplyAdd } from "./multiplyAdd";

/**
 * e^x of four numbers, within about 2 units in the last place; 0 below -87.3 and 2.4e38 above 88.37, where the exponent would no
 * longer fit; NaN stays NaN. The polynomial is the Taylor expansion on [-ln(2)/2, ln(2)/2], whose remainder after the seventh
 * power is below the rounding of 32 bits.
 */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  const result = boundedExponential(f32x4.pmax(f32x4.pmin(x, f32x4.splat(88.37)), f32x4.splat(-87.3)));
  return v128.andnot(result, f32x4.lt(x, f32x4.splat(-87.3)));
}

/** The same for numbers between -87.3 and 88.37. */
// @ts-ignore: decorator
@inline
export function boundedExponential(bounded: v128): v128 {
  // Added to 1.5 * 2^23, a number is rounded to a whole one, which then stands in the lowest bits. Rounding and converting by
  // instructions of their own takes several times as long.
  const shifted = f32x4.add(f32x4.mul(bounded, f32x4.splat(1.4426950408889634)), f32x4.splat(12582912.0));
  const whole = f32x4.sub(shifted, f32x4.splat(12582912.0));
  // ln 2 in two parts, the first with few bits, so that the difference is exact.
  let rest = f32x4.sub(bounded, f32x4.mul(whole, f32x4.splat(0.693359375)));
  rest = f32x4.sub(rest, f32x4.mul(whole, f32x4.splat(-2.12194440e-4)));
  let sum = f32x4.splat(1.0 / 5040.0);
  sum = multiplyAdd(sum, rest, f32x4.splat(1.0 / 720.0));
  sum = multiplyAdd(sum, rest, f32x4.splat(1.0 / 120.0));
  sum = multiplyAdd(sum, rest, f32x4.splat(1.0 / 24.0));
  sum = multiplyAdd(sum, rest, f32x4.splat(1.0 / 6.0));
  sum = multiplyAdd(sum, rest, f32x4.splat(0.5));
  sum = multiplyAdd(sum, rest, f32x4.splat(1));
  sum = multiplyAdd(sum, rest, f32x4.splat(1));
  return f32x4.mul(sum, i32x4.shl(i32x4.add(shifted, i32x4.splat(127)), 23));
}

/** Natural logarithm of four positive normal numbers, within about 2 units in the last place. */
// @ts-ignore: decorator
@inline
export function logarithm(x: v128): v128 {
  // x = 2^e * m with m from sqrt(1/2) to sqrt(2).
  const shifted = i32x4.sub(x, i32x4.splat(0x3f3504f3));
  const e = f32x4.convert_i32x4_s(i32x4.shr_s(shifted, 23));
  const m = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  // log m = 2 artanh(s) with s = (m - 1) / (m + 1), at most 0.172.
  const s = f32x4.div(f32x4.sub(m, f32x4.splat(1)), f32x4.add(m, f32x4.splat(1)));
  const square = f32x4.mul(s, s);
  let sum = f32x4.splat(2.0 / 11.0);
  sum = multiplyAdd(sum, square, f32x4.splat(2.0 / 9.0));
  sum = multiplyAdd(sum, square, f32x4.splat(2.0 / 7.0));
  sum = multiplyAdd(sum, square, f32x4.splat(2.0 / 5.0));
  sum = multiplyAdd(sum, square, f32x4.splat(2.0 / 3.0));
  sum = multiplyAdd(sum, square, f32x4.splat(2));
  return multiplyAdd(e, f32x4.splat(0.6931471805599453), f32x4.mul(sum, s));
}
