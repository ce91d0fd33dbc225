import { exponential } from "./exponential";
import { multiplyAdd } from "./multiplyAdd";

/*
 * Graphs of V vertices, one for each sample: a matrix of V x V places, element (i, j) of all samples in `run` vectors; features of V
 * places to a channel.
 */

/**
 * target(f, i) = factor * sum over j of matrix(i, j) * source(f, j), with the matrix transposed matrix(j, i); or added. The
 * neighbours of a vertex are summed for every channel.
 */
export function gather(
  matrix: usize,
  transposed: i32,
  source: usize,
  target: usize,
  channels: i32,
  vertices: i32,
  run: i32,
  factor: f32,
  accumulate: i32,
): void {
  const step = <usize>run << 4;
  const line = <usize>vertices * step;
  const next = transposed ? line : step;
  const down = transposed ? step : line;
  const by = f32x4.splat(factor);
  for (let channel = 0; channel < channels; channel++) {
    for (let i = 0; i < vertices; i++) {
      let shift: usize = 0;
      for (; shift + 32 <= step; shift += 32) {
        let a = f32x4.splat(0);
        let b = a;
        let from = source + shift;
        let weight = matrix + <usize>i * down + shift;
        for (let j = 0; j < vertices; j++) {
          a = multiplyAdd(v128.load(weight), v128.load(from), a);
          b = multiplyAdd(v128.load(weight, 16), v128.load(from, 16), b);
          from += step;
          weight += next;
        }
        a = f32x4.mul(a, by);
        b = f32x4.mul(b, by);
        const to = target + shift;
        v128.store(to, accumulate ? f32x4.add(v128.load(to), a) : a);
        v128.store(to, accumulate ? f32x4.add(v128.load(to, 16), b) : b, 16);
      }
      if (shift < step) {
        let a = f32x4.splat(0);
        let from = source + shift;
        let weight = matrix + <usize>i * down + shift;
        for (let j = 0; j < vertices; j++) {
          a = multiplyAdd(v128.load(weight), v128.load(from), a);
          from += step;
          weight += next;
        }
        a = f32x4.mul(a, by);
        const to = target + shift;
        v128.store(to, accumulate ? f32x4.add(v128.load(to), a) : a);
      }
      target += step;
    }
    source += line;
  }
}

/** target(i, j) = factor * sum over f of left(f, i) * right(f, j), or added: scores of attention, gradients of matrices. */
export function relate(
  left: usize,
  right: usize,
  target: usize,
  channels: i32,
  vertices: i32,
  run: i32,
  factor: f32,
  accumulate: i32,
): void {
  const step = <usize>run << 4;
  const line = <usize>vertices * step;
  const by = f32x4.splat(factor);
  for (let i = 0; i < vertices; i++) {
    for (let j = 0; j < vertices; j++) {
      for (let shift: usize = 0; shift < step; shift += 16) {
        let a = f32x4.splat(0);
        let b = a;
        let from = left + <usize>i * step + shift;
        let other = right + <usize>j * step + shift;
        let f = 0;
        for (; f + 2 <= channels; f += 2) {
          a = multiplyAdd(v128.load(from), v128.load(other), a);
          b = multiplyAdd(v128.load(from + line), v128.load(other + line), b);
          from += 2 * line;
          other += 2 * line;
        }
        if (f < channels) a = multiplyAdd(v128.load(from), v128.load(other), a);
        const sum = f32x4.mul(f32x4.add(a, b), by);
        v128.store(target + shift, accumulate ? f32x4.add(v128.load(target + shift), sum) : sum);
      }
      target += step;
    }
  }
}

/** Softmax over the middle axis of source(o, m, i), `inner` vectors long. */
export function softmax(source: usize, target: usize, outer: i32, middle: i32, inner: i32): void {
  const step = <usize>inner << 4;
  const size = <usize>middle * step;
  for (let o = 0; o < outer; o++) {
    for (let i: usize = 0; i < step; i += 16) {
      let largest = v128.load(source + i);
      for (let from = source + i, end = from + size; from < end; from += step) {
        largest = f32x4.max(largest, v128.load(from));
      }
      let sum = f32x4.splat(0);
      for (let m: usize = i; m < size; m += step) {
        const e = exponential(f32x4.sub(v128.load(source + m), largest));
        v128.store(target + m, e);
        sum = f32x4.add(sum, e);
      }
      const inverse = f32x4.div(f32x4.splat(1), sum);
      for (let m: usize = i; m < size; m += step) {
        v128.store(target + m, f32x4.mul(v128.load(target + m), inverse));
      }
    }
    source += size;
    target += size;
  }
}

/** Gradient of `softmax` from its output: y * (dy - sum of y * dy), written or added. */
export function softmaxBackward(
  output: usize,
  delta: usize,
  target: usize,
  outer: i32,
  middle: i32,
  inner: i32,
  accumulate: i32,
): void {
  const step = <usize>inner << 4;
  const size = <usize>middle * step;
  for (let o = 0; o < outer; o++) {
    for (let i: usize = 0; i < step; i += 16) {
      let sum = f32x4.splat(0);
      for (let m: usize = i; m < size; m += step) {
        sum = multiplyAdd(v128.load(output + m), v128.load(delta + m), sum);
      }
      for (let m: usize = i; m < size; m += step) {
        const change = f32x4.mul(v128.load(output + m), f32x4.sub(v128.load(delta + m), sum));
        v128.store(target + m, accumulate ? f32x4.add(v128.load(target + m), change) : change);
      }
    }
    output += size;
    delta += size;
    target += size;
  }
}
