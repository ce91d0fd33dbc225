import { multiplyAdd } from "./multiplyAdd";

// Products of the graph networks, whose sizes are multiples of four and whose places are few.

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
 * With the source read down its columns, and a gradient as weights, it gives the gradient of weights.
 *
 * @param rows even
 * @param outputs a multiple of sixteen
 * @param row, step bytes from row to row of the source, and from number to number of a row
 */
export function multiplyRows(
  source: usize,
  row: i32,
  step: i32,
  rows: i32,
  depth: i32,
  weights: usize,
  outputs: i32,
  target: usize,
  accumulate: i32,
): void {
  const line = <usize>outputs << 2;
  for (let m: usize = 0; m < line; m += 64) {
    const first = weights + m;
    const last = first + <usize>depth * line;
    let start = source;
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
      let left = start;
      let right = start + <usize>row;
      start = right + <usize>row;
      for (let weight = first; weight < last; weight += line) {
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
        left += <usize>step;
        right += <usize>step;
      }
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
