import { multiplyAdd } from "./multiplyAdd";
import { multiplyAdd64 } from "./multiplyAdd64";
import { SUMS } from "./row";

// What a Gaussian process says of 32 rows of a pool at a time. A block is column-major: 32 numbers, one for each row, for each column
// of a group, or for each observation. A row has its own lane throughout, so that what is said of it depends on that row only.

/** Bytes of the 32 numbers of a block that belong together. */
const LINE: usize = 128;
const LANES: i32 = 32;

/** A dense group of `count` rows as a block, zero in the other lanes; `squares`: the squared length of each row, in 32 and then in 64 bits. */
export function spreadDense(source: usize, stride: usize, count: i32, width: i32, block: usize, squares: usize): void {
  memory.fill(block, 0, <usize>width * LINE);
  memory.fill(squares, 0, 3 * LINE);
  for (let row = 0; row < count; row++) {
    const from = source + <usize>row * stride;
    let to = block + (<usize>row << 2);
    let sum: f64 = 0;
    for (let column = 0; column < width; column++) {
      const value = load<f32>(from + (<usize>column << 2));
      store<f32>(to, value);
      sum += <f64>value * <f64>value;
      to += LINE;
    }
    store<f32>(squares + (<usize>row << 2), <f32>sum);
    store<f64>(squares + LINE + (<usize>row << 3), sum);
  }
}

/**
 * The same for a sparse group of pairs (column, value), into a block of zeros.
 *
 * @param lines for each column below `columns` its line in the block; -1 where no observation has it, so that nobody reads it
 */
export function spreadSparse(
  source: usize,
  stride: usize,
  count: i32,
  pairs: i32,
  lines: usize,
  columns: i32,
  block: usize,
  squares: usize,
): void {
  memory.fill(squares, 0, 3 * LINE);
  for (let row = 0; row < count; row++) {
    const from = source + <usize>row * stride;
    const to = block + (<usize>row << 2);
    let sum: f64 = 0;
    for (let pair = 0; pair < pairs; pair++) {
      const column = <i32>load<f32>(from + (<usize>pair << 3));
      if (column < 0) continue;
      const value = load<f32>(from + (<usize>pair << 3), 4);
      sum += <f64>value * <f64>value;
      if (column >= columns) continue;
      const line = load<i32>(lines + (<usize>column << 2));
      if (line >= 0) store<f32>(to + <usize>line * LINE, value);
    }
    store<f32>(squares + (<usize>row << 2), <f32>sum);
    store<f64>(squares + LINE + (<usize>row << 3), sum);
  }
}

/**
 * 2^x of four numbers of about 1 and less, within 2e-7 of the result: the nearest power of two times a polynomial on [-1/2, 1/2] of
 * smallest relative error. Below -126 the exponent would no longer fit; what is that small counts as 2^-126.
 */
// @ts-ignore: decorator
@inline
function power(x: v128): v128 {
  const bounded = f32x4.pmax(x, f32x4.splat(-126));
  // Added to 1.5 * 2^23 + 127, a number is rounded to a whole one, and its exponent as a float stands in the lowest bits.
  const shifted = f32x4.add(bounded, f32x4.splat(12583039.0));
  const rest = f32x4.sub(bounded, f32x4.sub(shifted, f32x4.splat(12583039.0)));
  let sum = f32x4.splat(0.00132764718);
  sum = multiplyAdd(sum, rest, f32x4.splat(0.00967554133));
  sum = multiplyAdd(sum, rest, f32x4.splat(0.0555071327));
  sum = multiplyAdd(sum, rest, f32x4.splat(0.240221197));
  sum = multiplyAdd(sum, rest, f32x4.splat(0.693146967));
  sum = multiplyAdd(sum, rest, f32x4.splat(1.00000007));
  return f32x4.mul(sum, i32x4.shl(shifted, 23));
}

// @ts-ignore: decorator
@inline
function put(target: usize, distance: v128, rate: v128, level: v128, accumulate: i32): void {
  const value = power(multiplyAdd(distance, rate, level));
  v128.store(target, accumulate ? f32x4.add(v128.load(target), value) : value);
}

// @ts-ignore: decorator
@inline
function squared(block: usize, value: v128, sum: v128): v128 {
  const difference = f32x4.sub(v128.load(block), value);
  return multiplyAdd(difference, difference, sum);
}

/**
 * The part of a dense group in the covariance of a block with each observation, by differences.
 *
 * @param observed observations x width
 * @param rate -1 / (length ln 2): a power of two is simpler than one of e
 * @param level binary logarithm of the amplitude
 * @param accumulate 1: added to the target, 0: written
 * @param target a block with a line for each observation
 */
export function relateDense(
  block: usize,
  width: i32,
  observed: usize,
  observations: i32,
  rate: f32,
  level: f32,
  accumulate: i32,
  target: usize,
): void {
  const rates = f32x4.splat(rate);
  const levels = f32x4.splat(level);
  for (let i = 0; i < observations; i++) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let s4 = s0;
    let s5 = s0;
    let s6 = s0;
    let s7 = s0;
    let line = block;
    const end = observed + (<usize>width << 2);
    for (; observed < end; observed += 4) {
      const value = v128.load32_splat(observed);
      s0 = squared(line, value, s0);
      s1 = squared(line + 16, value, s1);
      s2 = squared(line + 32, value, s2);
      s3 = squared(line + 48, value, s3);
      s4 = squared(line + 64, value, s4);
      s5 = squared(line + 80, value, s5);
      s6 = squared(line + 96, value, s6);
      s7 = squared(line + 112, value, s7);
      line += LINE;
    }
    // Through memory, so that the code of an exponential is there once.
    v128.store(SUMS, s0);
    v128.store(SUMS, s1, 16);
    v128.store(SUMS, s2, 32);
    v128.store(SUMS, s3, 48);
    v128.store(SUMS, s4, 64);
    v128.store(SUMS, s5, 80);
    v128.store(SUMS, s6, 96);
    v128.store(SUMS, s7, 112);
    for (let k: usize = 0; k < LINE; k += 16) put(target + k, v128.load(SUMS + k), rates, levels, accumulate);
    target += LINE;
  }
}

/**
 * The same for a group of which few numbers differ from zero, by products: |a - b|^2 = |a|^2 + |b|^2 - 2 ab.
 *
 * @param starts observations + 1: where the entries of each begin
 * @param entries (byte offset of a line in the block as u32, value)
 * @param lengths the squared length of each observation
 * @param squares the squared length of each row of the block
 */
export function relateSparse(
  block: usize,
  starts: usize,
  entries: usize,
  lengths: usize,
  observations: i32,
  squares: usize,
  rate: f32,
  level: f32,
  accumulate: i32,
  target: usize,
): void {
  const rates = f32x4.splat(rate);
  const levels = f32x4.splat(level);
  for (let i = 0; i < observations; i++) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let s4 = s0;
    let s5 = s0;
    let s6 = s0;
    let s7 = s0;
    let entry = entries + (<usize>load<u32>(starts) << 3);
    const end = entries + (<usize>load<u32>(starts, 4) << 3);
    for (; entry < end; entry += 8) {
      const line = block + <usize>load<u32>(entry);
      const value = v128.load32_splat(entry, 4);
      s0 = multiplyAdd(v128.load(line, 0), value, s0);
      s1 = multiplyAdd(v128.load(line, 16), value, s1);
      s2 = multiplyAdd(v128.load(line, 32), value, s2);
      s3 = multiplyAdd(v128.load(line, 48), value, s3);
      s4 = multiplyAdd(v128.load(line, 64), value, s4);
      s5 = multiplyAdd(v128.load(line, 80), value, s5);
      s6 = multiplyAdd(v128.load(line, 96), value, s6);
      s7 = multiplyAdd(v128.load(line, 112), value, s7);
    }
    const square = v128.load32_splat(lengths);
    v128.store(SUMS, s0);
    v128.store(SUMS, s1, 16);
    v128.store(SUMS, s2, 32);
    v128.store(SUMS, s3, 48);
    v128.store(SUMS, s4, 64);
    v128.store(SUMS, s5, 80);
    v128.store(SUMS, s6, 96);
    v128.store(SUMS, s7, 112);
    for (let k: usize = 0; k < LINE; k += 16) {
      const product = v128.load(SUMS + k);
      const both = f32x4.add(v128.load(squares + k), square);
      const distance = f32x4.pmax(f32x4.sub(both, f32x4.add(product, product)), f32x4.splat(0));
      put(target + k, distance, rates, levels, accumulate);
    }
    starts += 4;
    lengths += 4;
    target += LINE;
  }
}

/** 32 sums of covariance * weight over the observations, in 64-bit floats. */
export function weighBlock(covariance: usize, observations: i32, weights: usize, target: usize): void {
  for (let lane = 0; lane < LANES; lane += 8) {
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let line = covariance + (<usize>lane << 2);
    for (let i = 0; i < observations; i++) {
      const weight = v128.load64_splat(weights + (<usize>i << 3));
      const first = v128.load(line);
      const second = v128.load(line, 16);
      s0 = multiplyAdd64(f64x2.promote_low_f32x4(first), weight, s0);
      s1 = multiplyAdd64(f64x2.promote_low_f32x4(i64x2.shuffle(first, first, 1, 1)), weight, s1);
      s2 = multiplyAdd64(f64x2.promote_low_f32x4(second), weight, s2);
      s3 = multiplyAdd64(f64x2.promote_low_f32x4(i64x2.shuffle(second, second, 1, 1)), weight, s3);
      line += LINE;
    }
    const place = target + (<usize>lane << 3);
    v128.store(place, s0, 0);
    v128.store(place, s1, 16);
    v128.store(place, s2, 32);
    v128.store(place, s3, 48);
  }
}

/**
 * 32 squared lengths of L^-1 * covariance: how much the observations explain of each row's variance.
 *
 * @param panels L^-1 by pairs of rows 2p and 2p + 1, of which the columns 0 to 2p + 1 follow each other: [column][2]
 * @param observations rounded up to an even number; the covariance has as many lines
 */
export function explainBlock(covariance: usize, observations: i32, panels: usize, target: usize): void {
  for (let lane = 0; lane < LANES; lane += 16) {
    let panel = panels;
    let e0 = f64x2.splat(0);
    let e1 = e0;
    let e2 = e0;
    let e3 = e0;
    let e4 = e0;
    let e5 = e0;
    let e6 = e0;
    let e7 = e0;
    for (let last = 2; last <= observations; last += 2) {
      let a0 = f32x4.splat(0);
      let a1 = a0;
      let a2 = a0;
      let a3 = a0;
      let b0 = a0;
      let b1 = a0;
      let b2 = a0;
      let b3 = a0;
      let line = covariance + (<usize>lane << 2);
      const end = panel + (<usize>last << 3);
      for (; panel < end; panel += 8) {
        const upper = v128.load32_splat(panel);
        const lower = v128.load32_splat(panel, 4);
        const k0 = v128.load(line);
        a0 = multiplyAdd(k0, upper, a0);
        b0 = multiplyAdd(k0, lower, b0);
        const k1 = v128.load(line, 16);
        a1 = multiplyAdd(k1, upper, a1);
        b1 = multiplyAdd(k1, lower, b1);
        const k2 = v128.load(line, 32);
        a2 = multiplyAdd(k2, upper, a2);
        b2 = multiplyAdd(k2, lower, b2);
        const k3 = v128.load(line, 48);
        a3 = multiplyAdd(k3, upper, a3);
        b3 = multiplyAdd(k3, lower, b3);
        line += LINE;
      }
      a0 = multiplyAdd(a0, a0, f32x4.mul(b0, b0));
      a1 = multiplyAdd(a1, a1, f32x4.mul(b1, b1));
      a2 = multiplyAdd(a2, a2, f32x4.mul(b2, b2));
      a3 = multiplyAdd(a3, a3, f32x4.mul(b3, b3));
      e0 = f64x2.add(e0, f64x2.promote_low_f32x4(a0));
      e1 = f64x2.add(e1, f64x2.promote_low_f32x4(i64x2.shuffle(a0, a0, 1, 1)));
      e2 = f64x2.add(e2, f64x2.promote_low_f32x4(a1));
      e3 = f64x2.add(e3, f64x2.promote_low_f32x4(i64x2.shuffle(a1, a1, 1, 1)));
      e4 = f64x2.add(e4, f64x2.promote_low_f32x4(a2));
      e5 = f64x2.add(e5, f64x2.promote_low_f32x4(i64x2.shuffle(a2, a2, 1, 1)));
      e6 = f64x2.add(e6, f64x2.promote_low_f32x4(a3));
      e7 = f64x2.add(e7, f64x2.promote_low_f32x4(i64x2.shuffle(a3, a3, 1, 1)));
    }
    const place = target + (<usize>lane << 3);
    v128.store(place, e0, 0);
    v128.store(place, e1, 16);
    v128.store(place, e2, 32);
    v128.store(place, e3, 48);
    v128.store(place, e4, 64);
    v128.store(place, e5, 80);
    v128.store(place, e6, 96);
    v128.store(place, e7, 112);
  }
}

/** target *= source. */
export function multiplyBlock(target: usize, source: usize, bytes: i32): void {
  for (const end = target + <usize>bytes; target < end; target += 16) {
    v128.store(target, f32x4.mul(v128.load(target), v128.load(source)));
    source += 16;
  }
}

/** target += factor * source. */
export function addBlock(target: usize, source: usize, factor: f32, bytes: i32): void {
  const by = f32x4.splat(factor);
  for (const end = target + <usize>bytes; target < end; target += 16) {
    v128.store(target, multiplyAdd(by, v128.load(source), v128.load(target)));
    source += 16;
  }
}
