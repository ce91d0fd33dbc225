import { exponential64 } from "./exponential64";
import { multiplyAdd64 } from "./multiplyAdd64";
import { SUMS } from "./row";

// The same as in `posterior.ts` in 64-bit floats, for covariances that are nearly singular: there the bits that 32-bit floats lack are
// multiplied by thousands. Blocks of a pool are those of 32-bit numbers; blocks of covariances have lines of 32 64-bit numbers.

/** Bytes of a line of a block of 32-bit numbers, and of 64-bit numbers. */
const LINE: usize = 128;
const LINE64: usize = 256;
/** Rows of the block that are worked on together: four vectors. */
const PART: i32 = 8;
const LANES: i32 = 32;

// @ts-ignore: decorator
@inline
function promoted(place: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(place));
}

// @ts-ignore: decorator
@inline
function put(target: usize, distance: v128, rate: v128, amplitude: v128, accumulate: i32): void {
  const value = f64x2.mul(exponential64(f64x2.mul(distance, rate)), amplitude);
  v128.store(target, accumulate ? f64x2.add(v128.load(target), value) : value);
}

// @ts-ignore: decorator
@inline
function squared(place: usize, value: v128, sum: v128): v128 {
  const difference = f64x2.sub(promoted(place), value);
  return multiplyAdd64(difference, difference, sum);
}

/** @param rate -1 / length */
export function relateDense64(
  block: usize,
  width: i32,
  observed: usize,
  observations: i32,
  rate: f64,
  amplitude: f64,
  accumulate: i32,
  target: usize,
): void {
  const rates = f64x2.splat(rate);
  const amplitudes = f64x2.splat(amplitude);
  for (let i = 0; i < observations; i++) {
    const end = observed + (<usize>width << 2);
    for (let lane = 0; lane < LANES; lane += PART) {
      let line = block + (<usize>lane << 2);
      let s0 = f64x2.splat(0);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      for (let place = observed; place < end; place += 4) {
        const value = f64x2.splat(<f64>load<f32>(place));
        s0 = squared(line, value, s0);
        s1 = squared(line + 8, value, s1);
        s2 = squared(line + 16, value, s2);
        s3 = squared(line + 24, value, s3);
        line += LINE;
      }
      const to = target + (<usize>lane << 3);
      v128.store(SUMS, s0);
      v128.store(SUMS, s1, 16);
      v128.store(SUMS, s2, 32);
      v128.store(SUMS, s3, 48);
      for (let k: usize = 0; k < 64; k += 16) put(to + k, v128.load(SUMS + k), rates, amplitudes, accumulate);
    }
    observed = end;
    target += LINE64;
  }
}

// @ts-ignore: decorator
@inline
function rest(squares: usize, length: v128, product: v128): v128 {
  const both = f64x2.add(v128.load(squares), length);
  return f64x2.pmax(f64x2.sub(both, f64x2.add(product, product)), f64x2.splat(0));
}

/**
 * @param lengths 64-bit: the squared length of each observation
 * @param squares 64-bit: the squared length of each row of the block
 */
export function relateSparse64(
  block: usize,
  starts: usize,
  entries: usize,
  lengths: usize,
  observations: i32,
  squares: usize,
  rate: f64,
  amplitude: f64,
  accumulate: i32,
  target: usize,
): void {
  const rates = f64x2.splat(rate);
  const amplitudes = f64x2.splat(amplitude);
  for (let i = 0; i < observations; i++) {
    const first = entries + (<usize>load<u32>(starts) << 3);
    const end = entries + (<usize>load<u32>(starts, 4) << 3);
    const length = v128.load64_splat(lengths);
    for (let lane = 0; lane < LANES; lane += PART) {
      let s0 = f64x2.splat(0);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      for (let entry = first; entry < end; entry += 8) {
        const line = block + <usize>load<u32>(entry) + (<usize>lane << 2);
        const value = f64x2.splat(<f64>load<f32>(entry, 4));
        s0 = multiplyAdd64(promoted(line), value, s0);
        s1 = multiplyAdd64(promoted(line + 8), value, s1);
        s2 = multiplyAdd64(promoted(line + 16), value, s2);
        s3 = multiplyAdd64(promoted(line + 24), value, s3);
      }
      const square = squares + (<usize>lane << 3);
      const to = target + (<usize>lane << 3);
      v128.store(SUMS, s0);
      v128.store(SUMS, s1, 16);
      v128.store(SUMS, s2, 32);
      v128.store(SUMS, s3, 48);
      for (let k: usize = 0; k < 64; k += 16) {
        put(to + k, rest(square + k, length, v128.load(SUMS + k)), rates, amplitudes, accumulate);
      }
    }
    starts += 4;
    lengths += 8;
    target += LINE64;
  }
}

export function weighBlock64(covariance: usize, observations: i32, weights: usize, target: usize): void {
  for (let lane = 0; lane < LANES; lane += PART) {
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let line = covariance + (<usize>lane << 3);
    for (let i = 0; i < observations; i++) {
      const weight = v128.load64_splat(weights + (<usize>i << 3));
      s0 = multiplyAdd64(v128.load(line), weight, s0);
      s1 = multiplyAdd64(v128.load(line, 16), weight, s1);
      s2 = multiplyAdd64(v128.load(line, 32), weight, s2);
      s3 = multiplyAdd64(v128.load(line, 48), weight, s3);
      line += LINE64;
    }
    const place = target + (<usize>lane << 3);
    v128.store(place, s0);
    v128.store(place, s1, 16);
    v128.store(place, s2, 32);
    v128.store(place, s3, 48);
  }
}

/** @param panels of 64-bit numbers */
export function explainBlock64(covariance: usize, observations: i32, panels: usize, target: usize): void {
  for (let lane = 0; lane < LANES; lane += PART) {
    let panel = panels;
    let e0 = f64x2.splat(0);
    let e1 = e0;
    let e2 = e0;
    let e3 = e0;
    for (let last = 2; last <= observations; last += 2) {
      let a0 = f64x2.splat(0);
      let a1 = a0;
      let a2 = a0;
      let a3 = a0;
      let b0 = a0;
      let b1 = a0;
      let b2 = a0;
      let b3 = a0;
      let line = covariance + (<usize>lane << 3);
      const end = panel + (<usize>last << 4);
      for (; panel < end; panel += 16) {
        const upper = v128.load64_splat(panel);
        const lower = v128.load64_splat(panel, 8);
        const k0 = v128.load(line);
        a0 = multiplyAdd64(k0, upper, a0);
        b0 = multiplyAdd64(k0, lower, b0);
        const k1 = v128.load(line, 16);
        a1 = multiplyAdd64(k1, upper, a1);
        b1 = multiplyAdd64(k1, lower, b1);
        const k2 = v128.load(line, 32);
        a2 = multiplyAdd64(k2, upper, a2);
        b2 = multiplyAdd64(k2, lower, b2);
        const k3 = v128.load(line, 48);
        a3 = multiplyAdd64(k3, upper, a3);
        b3 = multiplyAdd64(k3, lower, b3);
        line += LINE64;
      }
      e0 = multiplyAdd64(a0, a0, multiplyAdd64(b0, b0, e0));
      e1 = multiplyAdd64(a1, a1, multiplyAdd64(b1, b1, e1));
      e2 = multiplyAdd64(a2, a2, multiplyAdd64(b2, b2, e2));
      e3 = multiplyAdd64(a3, a3, multiplyAdd64(b3, b3, e3));
    }
    const place = target + (<usize>lane << 3);
    v128.store(place, e0);
    v128.store(place, e1, 16);
    v128.store(place, e2, 32);
    v128.store(place, e3, 48);
  }
}

/** target *= source. */
export function multiplyBlock64(target: usize, source: usize, bytes: i32): void {
  for (const end = target + <usize>bytes; target < end; target += 16) {
    v128.store(target, f64x2.mul(v128.load(target), v128.load(source)));
    source += 16;
  }
}

/** target += factor * source. */
export function addBlock64(target: usize, source: usize, factor: f64, bytes: i32): void {
  const by = f64x2.splat(factor);
  for (const end = target + <usize>bytes; target < end; target += 16) {
    v128.store(target, multiplyAdd64(by, v128.load(source), v128.load(target)));
    source += 16;
  }
}
