import { multiplyAdd } from "./multiplyAdd";

/*
 * Products of a small weight matrix with data whose last axis is the batch. Channels of a tensor lie one after the other, each
 * with its places (pixels, vertices), each place with one number for every sample of the batch. So every operation on
 * places is an operation on whole vectors, however few channels and pixels there are.
 *
 * A row of data is found by an offset: the same kernel is a dense layer (one offset for each channel), a convolution (one for
 * each channel and tap of the padded input) and the gradient of either.
 */

/** Four channels of two vectors: eight accumulators, two loaded vectors and a factor fit the registers. */
// @ts-ignore: decorator
@inline
function fourByTwo(
  entry: usize,
  end: usize,
  packed: usize,
  input: usize,
  target: usize,
  channelStep: usize,
  count: i32,
  start: usize,
  accumulate: i32,
): void {
  let a0 = v128.load32_splat(start, 0);
  let b0 = v128.load32_splat(start, 4);
  let c0 = v128.load32_splat(start, 8);
  let d0 = v128.load32_splat(start, 12);
  let a1 = a0;
  let b1 = b0;
  let c1 = c0;
  let d1 = d0;
  while (entry < end) {
    const both = load<u64>(entry);
    const place = input + <usize>both;
    const factors = packed + <usize>(both >> 32);
    const x = v128.load(place, 0);
    const y = v128.load(place, 16);
    let w = v128.load32_splat(factors, 0);
    a0 = multiplyAdd(w, x, a0);
    a1 = multiplyAdd(w, y, a1);
    w = v128.load32_splat(factors, 4);
    b0 = multiplyAdd(w, x, b0);
    b1 = multiplyAdd(w, y, b1);
    w = v128.load32_splat(factors, 8);
    c0 = multiplyAdd(w, x, c0);
    c1 = multiplyAdd(w, y, c1);
    w = v128.load32_splat(factors, 12);
    d0 = multiplyAdd(w, x, d0);
    d1 = multiplyAdd(w, y, d1);
    entry += 8;
  }
  put(target, a0, 0, accumulate);
  put(target, a1, 16, accumulate);
  if (count > 1) {
    put(target + channelStep, b0, 0, accumulate);
    put(target + channelStep, b1, 16, accumulate);
  }
  if (count > 2) {
    put(target + 2 * channelStep, c0, 0, accumulate);
    put(target + 2 * channelStep, c1, 16, accumulate);
  }
  if (count > 3) {
    put(target + 3 * channelStep, d0, 0, accumulate);
    put(target + 3 * channelStep, d1, 16, accumulate);
  }
}

// @ts-ignore: decorator
@inline
function fourByOne(
  entry: usize,
  end: usize,
  packed: usize,
  input: usize,
  target: usize,
  channelStep: usize,
  count: i32,
  start: usize,
  accumulate: i32,
): void {
  let a = v128.load32_splat(start, 0);
  let b = v128.load32_splat(start, 4);
  let c = v128.load32_splat(start, 8);
  let d = v128.load32_splat(start, 12);
  while (entry < end) {
    const both = load<u64>(entry);
    const factors = packed + <usize>(both >> 32);
    const x = v128.load(input + <usize>both);
    a = multiplyAdd(v128.load32_splat(factors, 0), x, a);
    b = multiplyAdd(v128.load32_splat(factors, 4), x, b);
    c = multiplyAdd(v128.load32_splat(factors, 8), x, c);
    d = multiplyAdd(v128.load32_splat(factors, 12), x, d);
    entry += 8;
  }
  put(target, a, 0, accumulate);
  if (count > 1) put(target + channelStep, b, 0, accumulate);
  if (count > 2) put(target + 2 * channelStep, c, 0, accumulate);
  if (count > 3) put(target + 3 * channelStep, d, 0, accumulate);
}

// @ts-ignore: decorator
@inline
function put(target: usize, value: v128, offset: usize, accumulate: i32): void {
  v128.store(target + offset, accumulate ? f32x4.add(v128.load(target + offset), value) : value);
}

// Numbers of one region, i32 each, as `nn/regions.ts` writes them; the first entry of every block and the end follow.
const SOURCE: usize = 0;
const TARGET: usize = 4;
const HEIGHT: usize = 8;
const WIDTH: usize = 12;
const RUN: usize = 16;
const BOUNDS: usize = 20;

/**
 * target(m, place) = bias(m) + sum over k of weight(m, k) * input(k, place), or added to what is there. Places are listed in
 * regions, rectangles in which the same rows of data lie inside the image: what lies beyond the edge is zero and left out of the sum.
 *
 * @param weights weight (m, k) lies at weights + weightOffsets[k] + m * weightStep
 * @param block rows of data that are gone through at a time; a cache line of each should fit the innermost cache, for the next tile
 * @param entries pairs: what is added to the address of a place in the input, and 16 * (k modulo block)
 * @param bias one number for each m, or 0; all offsets and steps are in bytes
 * @param scratch 16 * (min(depth, block) + 1) bytes
 */
export function convolve(
  weights: usize,
  weightOffsets: usize,
  weightStep: i32,
  bias: usize,
  outputs: i32,
  depth: i32,
  block: i32,
  regions: usize,
  regionCount: i32,
  entries: usize,
  input: usize,
  inputRow: i32,
  inputColumn: i32,
  target: usize,
  targetRow: i32,
  targetColumn: i32,
  targetChannel: i32,
  accumulate: i32,
  scratch: usize,
): void {
  const packed = scratch + 16;
  const blocks = (depth + block - 1) / block;
  const regionStep = BOUNDS + (<usize>(blocks + 1) << 2);
  for (let number = 0; number < blocks; number++) {
    const start = number * block;
    const adds = number == 0 ? accumulate : 1;
    for (let first = 0; first < outputs; first += 4) {
      const count = min(4, outputs - first);
      packBias(scratch, number == 0 ? bias : 0, first, count);
      packWeights(
        weights + <usize>(first * weightStep),
        weightOffsets + (<usize>start << 2),
        weightStep,
        min(block, depth - start),
        count,
        packed,
      );
      for (let i = 0; i < regionCount; i++) {
        const region = regions + <usize>i * regionStep;
        const bounds = region + BOUNDS + (<usize>number << 2);
        const entry = entries + (<usize>load<i32>(bounds) << 3);
        const end = entries + (<usize>load<i32>(bounds, 4) << 3);
        const height = load<i32>(region, HEIGHT);
        const width = load<i32>(region, WIDTH);
        const run = load<i32>(region, RUN);
        const regionSource = input + <usize>load<i32>(region, SOURCE);
        const regionTarget = target + <usize>load<i32>(region, TARGET) + <usize>(first * targetChannel);
        for (let row = 0; row < height; row++) {
          for (let column = 0; column < width; column++) {
            let source = regionSource + <usize>(row * inputRow + column * inputColumn);
            let place = regionTarget + <usize>(row * targetRow + column * targetColumn);
            let left = run;
            for (; left >= 2; left -= 2) {
              fourByTwo(entry, end, packed, source, place, targetChannel, count, scratch, adds);
              source += 32;
              place += 32;
            }
            if (left > 0) fourByOne(entry, end, packed, source, place, targetChannel, count, scratch, adds);
          }
        }
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function packBias(to: usize, bias: usize, first: i32, count: i32): void {
  v128.store(to, f32x4.splat(0));
  if (!bias) return;
  for (let i = 0; i < count; i++) {
    store<f32>(to + (<usize>i << 2), load<f32>(bias + (<usize>(first + i) << 2)));
  }
}

/** The weights of up to four channels side by side, one vector for each k. */
// @ts-ignore: decorator
@inline
function packWeights(weights: usize, offsets: usize, step: i32, depth: i32, count: i32, to: usize): void {
  for (let k = 0; k < depth; k++) {
    let from = weights + <usize>load<i32>(offsets + (<usize>k << 2));
    if (count == 4) {
      if (step == 4) {
        v128.store(to, v128.load(from));
      } else {
        store<f32>(to, load<f32>(from));
        store<f32>(to, load<f32>(from + step), 4);
        store<f32>(to, load<f32>(from + 2 * step), 8);
        store<f32>(to, load<f32>(from + 3 * step), 12);
      }
    } else {
      v128.store(to, f32x4.splat(0));
      for (let i = 0; i < count; i++) {
        store<f32>(to + (<usize>i << 2), load<f32>(from));
        from += step;
      }
    }
    to += 16;
  }
}
