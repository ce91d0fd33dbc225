import { multiplyAdd } from "./multiplyAdd";

/**
 * Bounds and rounding of the exponent, the polynomial that comes nearest to 2^x on [-1/2, 1/2] (relative error 7.5e-8), and 2.
 * Loaded before a loop, they stay in registers.
 */
const CONSTANTS = memory.data<f32>([
  29,
  -125,
  12582912.0,
  1.000000072,
  0.6931469671,
  0.2402211972,
  0.05550713274,
  0.009675541334,
  0.001327647198,
  2,
]);

// Units in which mish is computed: powers of two for powers of e.
export const LN2: f32 = 0.6931471805599453;
export const PER_LN2: f32 = 1.4426950408889634;

// @ts-ignore: decorator
@inline
function constant(place: usize): v128 {
  return v128.load32_splat(CONSTANTS + (place << 2));
}

/**
 * target = factor * the sum over `directions` (1 or 2) of mish of normalised numbers. Mish (Misra 2019) is x tanh(log(1 + e^x)); with
 * e = e^x and n = e (e + 2), the tangent is n / (n + 2), and 1 to the last bit where x is above 20.
 *
 * @param source for each direction `bytes` of numbers
 * @param folded for every four channels and each direction a vector of factors and one of summands, which make x / ln 2
 */
// @ts-ignore: decorator
@inline
export function addMish(source: usize, bytes: usize, directions: i32, folded: usize, factor: f32, target: usize): void {
  const by = f32x4.splat(factor * LN2);
  const most = constant(0);
  const least = constant(1);
  const rounding = constant(2);
  const c0 = constant(3);
  const c1 = constant(4);
  const c2 = constant(5);
  const c3 = constant(6);
  const c4 = constant(7);
  const c5 = constant(8);
  const two = constant(9);
  const end = source + <usize>directions * bytes;
  for (let at: usize = 0; at < bytes; at += 16) {
    let sum = f32x4.splat(0);
    for (let from = source + at; from < end; from += bytes) {
      const x = multiplyAdd(v128.load(from), v128.load(folded), v128.load(folded, 16));
      const e = powerOfTwo(x, most, least, rounding, c0, c1, c2, c3, c4, c5);
      const n = f32x4.mul(e, f32x4.add(e, two));
      sum = multiplyAdd(x, f32x4.div(n, f32x4.add(n, two)), sum);
      folded += 32;
    }
    v128.store(target + at, f32x4.mul(sum, by));
  }
}

/**
 * Makes normalised numbers of four channels out of sums, keeps them there, and writes factor * mish, added to what is there where
 * `accumulate` says so, and factor * its slope.
 *
 * @param numbers sixteen channels of each row, of which four count
 * @param scale, shift make of a normalised number x / ln 2
 * @param row bytes from row to row of the target
 */
// @ts-ignore: decorator
@inline
export function storeMish(
  numbers: usize,
  end: usize,
  inverse: v128,
  offset: v128,
  scale: v128,
  shift: v128,
  factor: f32,
  target: usize,
  row: usize,
  accumulate: i32,
  slopes: usize,
): void {
  const by = f32x4.splat(factor);
  const byLn2 = f32x4.splat(factor * LN2);
  const most = constant(0);
  const least = constant(1);
  const rounding = constant(2);
  const c0 = constant(3);
  const c1 = constant(4);
  const c2 = constant(5);
  const c3 = constant(6);
  const c4 = constant(7);
  const c5 = constant(8);
  const two = constant(9);
  for (; numbers < end; numbers += 64) {
    const normal = multiplyAdd(v128.load(numbers), inverse, offset);
    v128.store(numbers, normal);
    const x = multiplyAdd(normal, scale, shift);
    const e = powerOfTwo(x, most, least, rounding, c0, c1, c2, c3, c4, c5);
    const n = f32x4.mul(e, f32x4.add(e, two));
    const half = f32x4.div(two, f32x4.add(n, two));
    const tangent = f32x4.sub(f32x4.splat(1), half);
    const scaled = f32x4.mul(x, byLn2);
    const y = f32x4.mul(scaled, tangent);
    v128.store(target, accumulate ? f32x4.add(v128.load(target), y) : y);
    // The slope of tanh(log(1 + e)) is 4 e (e + 1) / (n + 2)^2, and e (e + 1) = n - e.
    const change = f32x4.mul(f32x4.mul(f32x4.sub(n, e), half), half);
    v128.store(slopes, multiplyAdd(scaled, change, f32x4.mul(tangent, by)));
    target += row;
    slopes += 64;
  }
}

/** 2^x for x from -125 to 29, and as if it were bounded so; within about 2 units in the last place. NaN stays NaN. */
// @ts-ignore: decorator
@inline
function powerOfTwo(
  x: v128,
  most: v128,
  least: v128,
  rounding: v128,
  c0: v128,
  c1: v128,
  c2: v128,
  c3: v128,
  c4: v128,
  c5: v128,
): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(x, most), least);
  // Added to 1.5 * 2^23, a number is rounded to a whole one, which then stands in the lowest bits.
  const shifted = f32x4.add(bounded, rounding);
  const rest = f32x4.sub(bounded, f32x4.sub(shifted, rounding));
  const square = f32x4.mul(rest, rest);
  const high = multiplyAdd(c5, rest, c4);
  const sum = multiplyAdd(multiplyAdd(high, square, multiplyAdd(c3, rest, c2)), square, multiplyAdd(c1, rest, c0));
  // The whole part goes straight into the exponent.
  return i32x4.add(sum, i32x4.shl(shifted, 23));
}
