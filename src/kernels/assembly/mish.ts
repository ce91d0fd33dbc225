import { multiplyAdd } from "./multiplyAdd";

/**
 * Bounds of the exponent, the polynomial that comes nearest to 2^x on [-1/2, 1/2] and is 1 at 0 (relative error 2.9e-6, as much as
 * rounding may do to the sums that mish is taken of), and 2. Loaded before a loop, they stay in registers.
 */
const CONSTANTS = memory.data<f32>([
  29,
  -125,
  1,
  0.6931241934,
  0.2402409861,
  0.05590642504,
  0.009582853169,
  2,
]);
/** Factors of a sum, and of what is taken from it. */
const FACTORS = memory.data(8, 4);

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
 * d = (1 + e^x)^2 + 1, the tangent is 1 - 2 / d, and 1 to the last bit where x is above 20. Of two directions the parts are brought to
 * one denominator, since a division takes as long as many products.
 *
 * @param source for each direction `bytes` of numbers
 * @param folded for every four channels and each direction a vector of factors and one of summands, which make x / ln 2
 */
// @ts-ignore: decorator
@inline
export function addMish(source: usize, bytes: usize, directions: i32, folded: usize, factor: f32, target: usize): void {
  store<f32>(FACTORS, factor * LN2);
  store<f32>(FACTORS, factor * LN2 * -2, 4);
  const most = constant(0);
  const least = constant(1);
  const c0 = constant(2);
  const c1 = constant(3);
  const c2 = constant(4);
  const c3 = constant(5);
  const c4 = constant(6);
  const end = source + bytes;
  if (directions == 1) {
    for (let from = source; from < end; from += 32) {
      const x = multiplyAdd(v128.load(from), v128.load(folded), v128.load(folded, 16));
      const y = multiplyAdd(v128.load(from, 16), v128.load(folded, 32), v128.load(folded, 48));
      const c = denominator(powerOfTwo(x, most, least, c0, c1, c2, c3, c4), c0);
      const d = denominator(powerOfTwo(y, most, least, c0, c1, c2, c3, c4), c0);
      v128.store(target, multiplyAdd(f32x4.div(x, c), factors(1), f32x4.mul(x, factors(0))));
      v128.store(target, multiplyAdd(f32x4.div(y, d), factors(1), f32x4.mul(y, factors(0))), 16);
      folded += 64;
      target += 32;
    }
    return;
  }
  for (let from = source; from < end; from += 16) {
    const x = multiplyAdd(v128.load(from), v128.load(folded), v128.load(folded, 16));
    const y = multiplyAdd(v128.load(from + bytes), v128.load(folded, 32), v128.load(folded, 48));
    const c = denominator(powerOfTwo(x, most, least, c0, c1, c2, c3, c4), c0);
    const d = denominator(powerOfTwo(y, most, least, c0, c1, c2, c3, c4), c0);
    const shares = f32x4.div(multiplyAdd(x, d, f32x4.mul(y, c)), f32x4.mul(c, d));
    v128.store(target, multiplyAdd(shares, factors(1), f32x4.mul(f32x4.add(x, y), factors(0))));
    folded += 64;
    target += 16;
  }
}

/** (1 + e)^2 + 1. */
// @ts-ignore: decorator
@inline
function denominator(e: v128, one: v128): v128 {
  const sum = f32x4.add(e, one);
  return multiplyAdd(sum, sum, one);
}

/** Read in the loop: there are not registers enough. */
// @ts-ignore: decorator
@inline
function factors(place: usize): v128 {
  return v128.load32_splat(FACTORS + (place << 2));
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
  const minusBy = f32x4.splat(-factor);
  const byLn2 = f32x4.splat(factor * LN2);
  const most = constant(0);
  const least = constant(1);
  const c0 = constant(2);
  const c1 = constant(3);
  const c2 = constant(4);
  const c3 = constant(5);
  const c4 = constant(6);
  const two = constant(7);
  for (; numbers < end; numbers += 64) {
    const normal = multiplyAdd(v128.load(numbers), inverse, offset);
    v128.store(numbers, normal);
    const x = multiplyAdd(normal, scale, shift);
    const e = powerOfTwo(x, most, least, c0, c1, c2, c3, c4);
    const sum = f32x4.add(e, c0);
    const half = f32x4.div(two, multiplyAdd(sum, sum, c0));
    const scaled = f32x4.mul(x, byLn2);
    const y = f32x4.sub(scaled, f32x4.mul(scaled, half));
    v128.store(target, accumulate ? f32x4.add(v128.load(target), y) : y);
    // The slope of 1 - 2 / d is 4 e (1 + e) / d^2.
    const change = f32x4.mul(scaled, f32x4.mul(e, sum));
    v128.store(slopes, multiplyAdd(multiplyAdd(change, half, minusBy), half, by));
    target += row;
    slopes += 64;
  }
}

/** 2^x for x from -125 to 29, and as if it were bounded so; within 3 millionths. NaN stays NaN. */
// @ts-ignore: decorator
@inline
function powerOfTwo(
  x: v128,
  most: v128,
  least: v128,
  c0: v128,
  c1: v128,
  c2: v128,
  c3: v128,
  c4: v128,
): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(x, most), least);
  const whole = f32x4.nearest(bounded);
  const rest = f32x4.sub(bounded, whole);
  const square = f32x4.mul(rest, rest);
  const sum = multiplyAdd(multiplyAdd(c4, square, multiplyAdd(c3, rest, c2)), square, multiplyAdd(c1, rest, c0));
  // The whole part goes straight into the exponent.
  return i32x4.add(sum, i32x4.shl(RELAXED ? i32x4.relaxed_trunc_f32x4_s(whole) : i32x4.trunc_sat_f32x4_s(whole), 23));
}
