import { multiplyAdd } from "./multiplyAdd";

// Products of the graph networks, whose sizes are multiples of four and whose places are few.

/**
 * target(m, p) = sum over k of weight(k, m) * input(k, p), or added. With the weights transposed and a gradient as input it gives
 * the gradient of the input; with both transposed, the input as weights, that of the weights.
 *
 * @param outputs a multiple of four
 * @param vectors of a row of input and target, an even number
 */
export function weigh(
  weights: usize,
  depth: i32,
  outputs: i32,
  input: usize,
  vectors: i32,
  target: usize,
  accumulate: i32,
): void {
  const row = <usize>outputs << 2;
  const line = <usize>vectors << 4;
  for (let m = 0; m < outputs; m += 4) {
    const first = weights + (<usize>m << 2);
    const last = first + <usize>depth * row;
    const to = target + <usize>m * line;
    for (let p: usize = 0; p < line; p += 32) {
      let a0 = f32x4.splat(0);
      let b0 = a0;
      let c0 = a0;
      let d0 = a0;
      let a1 = a0;
      let b1 = a0;
      let c1 = a0;
      let d1 = a0;
      let place = to + p;
      if (accumulate) {
        a0 = v128.load(place);
        a1 = v128.load(place, 16);
        b0 = v128.load(place + line);
        b1 = v128.load(place + line, 16);
        c0 = v128.load(place + 2 * line);
        c1 = v128.load(place + 2 * line, 16);
        d0 = v128.load(place + 3 * line);
        d1 = v128.load(place + 3 * line, 16);
      }
      let from = input + p;
      for (let weight = first; weight < last; weight += row) {
        const x = v128.load(from);
        const y = v128.load(from, 16);
        let w = v128.load32_splat(weight);
        a0 = multiplyAdd(w, x, a0);
        a1 = multiplyAdd(w, y, a1);
        w = v128.load32_splat(weight, 4);
        b0 = multiplyAdd(w, x, b0);
        b1 = multiplyAdd(w, y, b1);
        w = v128.load32_splat(weight, 8);
        c0 = multiplyAdd(w, x, c0);
        c1 = multiplyAdd(w, y, c1);
        w = v128.load32_splat(weight, 12);
        d0 = multiplyAdd(w, x, d0);
        d1 = multiplyAdd(w, y, d1);
        from += line;
      }
      v128.store(place, a0);
      v128.store(place, a1, 16);
      place += line;
      v128.store(place, b0);
      v128.store(place, b1, 16);
      place += line;
      v128.store(place, c0);
      v128.store(place, c1, 16);
      place += line;
      v128.store(place, d0);
      v128.store(place, d1, 16);
    }
  }
}

/** target(p, c) = source(c, p): `channels`, a multiple of four, of `vectors` vectors become rows of `channels` numbers. */
export function transposeChannels(source: usize, channels: i32, vectors: i32, target: usize): void {
  const line = <usize>vectors << 4;
  const row = <usize>channels << 2;
  for (let channel = 0; channel < channels; channel += 4) {
    let to = target + (<usize>channel << 2);
    for (let p: usize = 0; p < line; p += 16) {
      const from = source + p;
      const a = v128.load(from);
      const b = v128.load(from + line);
      const c = v128.load(from + 2 * line);
      const d = v128.load(from + 3 * line);
      const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
      v128.store(to + row, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
      v128.store(to + 2 * row, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5));
      v128.store(to + 3 * row, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7));
      to += 4 * row;
    }
    source += 4 * line;
  }
}

/**
 * target(r, m) = sum over k of source(r, k) * weight(k, m), or added. A row of the result depends on its row of the source alone.
 *
 * @param rows even
 * @param outputs a multiple of sixteen
 */
export function multiplyRows(
  source: usize,
  rows: i32,
  depth: i32,
  weights: usize,
  outputs: i32,
  target: usize,
  accumulate: i32,
): void {
  const size = <usize>depth << 2;
  const line = <usize>outputs << 2;
  for (let m: usize = 0; m < line; m += 64) {
    const first = weights + m;
    let left = source;
    let to = target + m;
    // Two rows and sixteen outputs: unrolled further, or with more rows, V8 spills registers and is a third slower.
    for (let r = 0; r < rows; r += 2) {
      let a0 = f32x4.splat(0);
      let a1 = a0;
      let a2 = a0;
      let a3 = a0;
      let b0 = a0;
      let b1 = a0;
      let b2 = a0;
      let b3 = a0;
      const below = to + line;
      if (accumulate) {
        a0 = v128.load(to);
        a1 = v128.load(to, 16);
        a2 = v128.load(to, 32);
        a3 = v128.load(to, 48);
        b0 = v128.load(below);
        b1 = v128.load(below, 16);
        b2 = v128.load(below, 32);
        b3 = v128.load(below, 48);
      }
      const end = left + size;
      let right = end;
      let weight = first;
      for (; left < end; left += 4) {
        const w0 = v128.load(weight);
        const w1 = v128.load(weight, 16);
        const w2 = v128.load(weight, 32);
        const w3 = v128.load(weight, 48);
        const x = v128.load32_splat(left);
        a0 = multiplyAdd(x, w0, a0);
        a1 = multiplyAdd(x, w1, a1);
        a2 = multiplyAdd(x, w2, a2);
        a3 = multiplyAdd(x, w3, a3);
        const y = v128.load32_splat(right);
        b0 = multiplyAdd(y, w0, b0);
        b1 = multiplyAdd(y, w1, b1);
        b2 = multiplyAdd(y, w2, b2);
        b3 = multiplyAdd(y, w3, b3);
        weight += line;
        right += 4;
      }
      left = right;
      v128.store(to, a0);
      v128.store(to, a1, 16);
      v128.store(to, a2, 32);
      v128.store(to, a3, 48);
      v128.store(below, b0);
      v128.store(below, b1, 16);
      v128.store(below, b2, 32);
      v128.store(below, b3, 48);
      to = below + line;
    }
  }
}
