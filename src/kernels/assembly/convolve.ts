import { multiplyAdd } from "./multiplyAdd";

/*
 * Products of a small weight matrix with data whose last axis is the batch. Channels of a tensor lie one after the other, each
 * with its places (pixels, vertices), each place with one number for every sample of the batch. So every operation on
 * places is an operation on whole vectors, however few channels and pixels there are.
 *
 * A row of data is found by an offset: the same kernel is a dense layer (one offset for each channel), a convolution (one for
 * each channel and tap of the padded input) and the gradient of either.
 */

/** Rows of data that a product goes through at a time: a cache line of each fits the innermost cache, for the next tile. */
const BLOCK = 192;

/** Four channels of two vectors: eight accumulators, two loaded vectors and a factor fit the registers. */
// @ts-ignore: decorator
@inline
function fourByTwo(
  packed: usize,
  offsets: usize,
  depth: i32,
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
  const end = packed + (<usize>depth << 4);
  while (packed < end) {
    const place = input + <usize>load<i32>(offsets);
    const x = v128.load(place, 0);
    const y = v128.load(place, 16);
    let w = v128.load32_splat(packed, 0);
    a0 = multiplyAdd(w, x, a0);
    a1 = multiplyAdd(w, y, a1);
    w = v128.load32_splat(packed, 4);
    b0 = multiplyAdd(w, x, b0);
    b1 = multiplyAdd(w, y, b1);
    w = v128.load32_splat(packed, 8);
    c0 = multiplyAdd(w, x, c0);
    c1 = multiplyAdd(w, y, c1);
    w = v128.load32_splat(packed, 12);
    d0 = multiplyAdd(w, x, d0);
    d1 = multiplyAdd(w, y, d1);
    packed += 16;
    offsets += 4;
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
  packed: usize,
  offsets: usize,
  depth: i32,
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
  const end = packed + (<usize>depth << 4);
  while (packed < end) {
    const x = v128.load(input + <usize>load<i32>(offsets));
    a = multiplyAdd(v128.load32_splat(packed, 0), x, a);
    b = multiplyAdd(v128.load32_splat(packed, 4), x, b);
    c = multiplyAdd(v128.load32_splat(packed, 8), x, c);
    d = multiplyAdd(v128.load32_splat(packed, 12), x, d);
    packed += 16;
    offsets += 4;
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

/**
 * target(m, place) = bias(m) + sum over k of weight(m, k) * input(k, place), or added to what is there.
 *
 * @param weights weight (m, k) lies at weights + weightOffsets[k] + m * weightStep
 * @param inputOffsets for each k, added to the address of a place in the input; all offsets and steps are in bytes
 * @param height, width of the places; `run` vectors make up one place
 * @param bias one number for each m, or 0
 * @param scratch 16 * (depth + 1) bytes
 */
export function convolve(
  weights: usize,
  weightOffsets: usize,
  weightStep: i32,
  bias: usize,
  outputs: i32,
  depth: i32,
  input: usize,
  inputOffsets: usize,
  inputRow: i32,
  inputColumn: i32,
  height: i32,
  width: i32,
  run: i32,
  target: usize,
  targetRow: i32,
  targetColumn: i32,
  targetChannel: i32,
  accumulate: i32,
  scratch: usize,
): void {
  for (let start = 0; start < depth; start += BLOCK) {
    convolveBlock(
      weights,
      weightOffsets + (<usize>start << 2),
      weightStep,
      start == 0 ? bias : 0,
      outputs,
      min(BLOCK, depth - start),
      input,
      inputOffsets + (<usize>start << 2),
      inputRow,
      inputColumn,
      height,
      width,
      run,
      target,
      targetRow,
      targetColumn,
      targetChannel,
      start == 0 ? accumulate : 1,
      scratch,
    );
  }
}

function convolveBlock(
  weights: usize,
  weightOffsets: usize,
  weightStep: i32,
  bias: usize,
  outputs: i32,
  depth: i32,
  input: usize,
  inputOffsets: usize,
  inputRow: i32,
  inputColumn: i32,
  height: i32,
  width: i32,
  run: i32,
  target: usize,
  targetRow: i32,
  targetColumn: i32,
  targetChannel: i32,
  accumulate: i32,
  scratch: usize,
): void {
  const packed = scratch + 16;
  for (let first = 0; first < outputs; first += 4) {
    const count = min(4, outputs - first);
    v128.store(scratch, f32x4.splat(0));
    if (bias) {
      for (let i = 0; i < count; i++) {
        store<f32>(scratch + (<usize>i << 2), load<f32>(bias + (<usize>(first + i) << 2)));
      }
    }
    let to = packed;
    for (let k = 0; k < depth; k++) {
      let from = weights + <usize>load<i32>(weightOffsets + (<usize>k << 2)) + <usize>(first * weightStep);
      if (count < 4) v128.store(to, f32x4.splat(0));
      for (let i = 0; i < count; i++) {
        store<f32>(to + (<usize>i << 2), load<f32>(from));
        from += weightStep;
      }
      to += 16;
    }
    const rowStart = target + <usize>(first * targetChannel);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        let source = input + <usize>(row * inputRow + column * inputColumn);
        let place = rowStart + <usize>(row * targetRow + column * targetColumn);
        let left = run;
        for (; left >= 2; left -= 2) {
          fourByTwo(packed, inputOffsets, depth, source, place, targetChannel, count, scratch, accumulate);
          source += 32;
          place += 32;
        }
        if (left > 0) fourByOne(packed, inputOffsets, depth, source, place, targetChannel, count, scratch, accumulate);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function addSum(place: usize, value: v128): void {
  const sum =
    f32x4.extract_lane(value, 0) +
    f32x4.extract_lane(value, 1) +
    (f32x4.extract_lane(value, 2) + f32x4.extract_lane(value, 3));
  store<f32>(place, load<f32>(place) + sum);
}

/**
 * gradient(m, k) += sum over all places of input(k, place) * delta(m, place): the gradient of the weights of `convolve`, whose
 * parameters have the same meaning.
 */
export function correlate(
  gradient: usize,
  weightOffsets: usize,
  weightStep: i32,
  outputs: i32,
  depth: i32,
  input: usize,
  inputOffsets: usize,
  inputRow: i32,
  inputColumn: i32,
  height: i32,
  width: i32,
  run: i32,
  delta: usize,
  deltaRow: i32,
  deltaColumn: i32,
  deltaChannel: i32,
): void {
  for (let k = 0; k < depth; k += 4) {
    const inputs = min(4, depth - k);
    const table = inputOffsets + (<usize>k << 2);
    // Beyond the last one, the last one again: computed, not stored.
    const i0 = input + <usize>load<i32>(table);
    const i1 = input + <usize>load<i32>(table + (<usize>min(1, inputs - 1) << 2));
    const i2 = input + <usize>load<i32>(table + (<usize>min(2, inputs - 1) << 2));
    const i3 = input + <usize>load<i32>(table + (<usize>min(3, inputs - 1) << 2));
    for (let m = 0; m < outputs; m += 2) {
      const d0 = delta + <usize>(m * deltaChannel);
      const second: usize = m + 1 < outputs ? <usize>deltaChannel : 0;
      let a0 = f32x4.splat(0);
      let a1 = a0;
      let a2 = a0;
      let a3 = a0;
      let b0 = a0;
      let b1 = a0;
      let b2 = a0;
      let b3 = a0;
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          let source = <usize>(row * inputRow + column * inputColumn);
          let place = d0 + <usize>(row * deltaRow + column * deltaColumn);
          const end = place + (<usize>run << 4);
          while (place < end) {
            const p = v128.load(place);
            const q = v128.load(place + second);
            let x = v128.load(i0 + source);
            a0 = multiplyAdd(x, p, a0);
            b0 = multiplyAdd(x, q, b0);
            x = v128.load(i1 + source);
            a1 = multiplyAdd(x, p, a1);
            b1 = multiplyAdd(x, q, b1);
            x = v128.load(i2 + source);
            a2 = multiplyAdd(x, p, a2);
            b2 = multiplyAdd(x, q, b2);
            x = v128.load(i3 + source);
            a3 = multiplyAdd(x, p, a3);
            b3 = multiplyAdd(x, q, b3);
            source += 16;
            place += 16;
          }
        }
      }
      const offsets = weightOffsets + (<usize>k << 2);
      const place = gradient + <usize>(m * weightStep);
      const both = m + 1 < outputs;
      let at = place + <usize>load<i32>(offsets);
      addSum(at, a0);
      if (both) addSum(at + weightStep, b0);
      if (inputs > 1) {
        at = place + <usize>load<i32>(offsets, 4);
        addSum(at, a1);
        if (both) addSum(at + weightStep, b1);
      }
      if (inputs > 2) {
        at = place + <usize>load<i32>(offsets, 8);
        addSum(at, a2);
        if (both) addSum(at + weightStep, b2);
      }
      if (inputs > 3) {
        at = place + <usize>load<i32>(offsets, 12);
        addSum(at, a3);
        if (both) addSum(at + weightStep, b3);
      }
    }
  }
}

/** gradient(m) += sum over the places of delta(m, place), which lie in one piece of `vectors` vectors: the gradient of a bias. */
export function sumPlaces(delta: usize, channels: i32, vectors: i32, gradient: usize): void {
  for (let channel = 0; channel < channels; channel++) {
    let sum = f32x4.splat(0);
    for (let i = 0; i < vectors; i++) {
      sum = f32x4.add(sum, v128.load(delta));
      delta += 16;
    }
    addSum(gradient, sum);
    gradient += 4;
  }
}

/**
 * A depthwise convolution: each channel has `taps` weights of its own, one after the other.
 * target(c, place) = sum over taps of weight(c, tap) * input(c, place + offset of the tap), added where `accumulate` says so.
 *
 * @param flipped reads the weights of a channel backwards, which gives the gradient of the input from the padded delta
 */
export function convolveDepthwise(
  weights: usize,
  taps: i32,
  flipped: i32,
  channels: i32,
  input: usize,
  inputOffsets: usize,
  inputRow: i32,
  inputColumn: i32,
  inputChannel: i32,
  height: i32,
  width: i32,
  run: i32,
  target: usize,
  targetRow: i32,
  targetColumn: i32,
  targetChannel: i32,
  accumulate: i32,
): void {
  const step: isize = flipped ? -4 : 4;
  for (let channel = 0; channel < channels; channel++) {
    const first = weights + (<usize>(channel * taps) << 2) + (flipped ? <usize>(taps - 1) << 2 : 0);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const source = input + <usize>(channel * inputChannel + row * inputRow + column * inputColumn);
        const place = target + <usize>(channel * targetChannel + row * targetRow + column * targetColumn);
        let i = 0;
        for (; i + 2 <= run; i += 2) {
          const shift = <usize>i << 4;
          let a = accumulate ? v128.load(place + shift) : f32x4.splat(0);
          let b = accumulate ? v128.load(place + shift, 16) : f32x4.splat(0);
          let weight = first;
          for (let tap = 0; tap < taps; tap++) {
            const from = source + shift + <usize>load<i32>(inputOffsets + (<usize>tap << 2));
            const factor = v128.load32_splat(weight);
            a = multiplyAdd(factor, v128.load(from), a);
            b = multiplyAdd(factor, v128.load(from, 16), b);
            weight += step;
          }
          v128.store(place + shift, a);
          v128.store(place + shift, b, 16);
        }
        if (i < run) {
          const shift = <usize>i << 4;
          let a = accumulate ? v128.load(place + shift) : f32x4.splat(0);
          let weight = first;
          for (let tap = 0; tap < taps; tap++) {
            const from = source + shift + <usize>load<i32>(inputOffsets + (<usize>tap << 2));
            a = multiplyAdd(v128.load32_splat(weight), v128.load(from), a);
            weight += step;
          }
          v128.store(place + shift, a);
        }
      }
    }
  }
}

/** gradient(c, tap) += sum over all places of input(c, place + offset of the tap) * delta(c, place). */
export function correlateDepthwise(
  gradient: usize,
  taps: i32,
  channels: i32,
  input: usize,
  inputOffsets: usize,
  inputRow: i32,
  inputColumn: i32,
  inputChannel: i32,
  height: i32,
  width: i32,
  run: i32,
  delta: usize,
  deltaRow: i32,
  deltaColumn: i32,
  deltaChannel: i32,
): void {
  for (let channel = 0; channel < channels; channel++) {
    for (let tap = 0; tap < taps; tap += 3) {
      const count = min(3, taps - tap);
      const table = inputOffsets + (<usize>tap << 2);
      const start = input + <usize>(channel * inputChannel);
      const i0 = start + <usize>load<i32>(table);
      const i1 = start + <usize>load<i32>(table + (<usize>min(1, count - 1) << 2));
      const i2 = start + <usize>load<i32>(table + (<usize>min(2, count - 1) << 2));
      let a0 = f32x4.splat(0);
      let a1 = a0;
      let a2 = a0;
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          let source = <usize>(row * inputRow + column * inputColumn);
          let place = delta + <usize>(channel * deltaChannel + row * deltaRow + column * deltaColumn);
          const end = place + (<usize>run << 4);
          while (place < end) {
            const p = v128.load(place);
            a0 = multiplyAdd(v128.load(i0 + source), p, a0);
            a1 = multiplyAdd(v128.load(i1 + source), p, a1);
            a2 = multiplyAdd(v128.load(i2 + source), p, a2);
            source += 16;
            place += 16;
          }
        }
      }
      const at = gradient + (<usize>(channel * taps + tap) << 2);
      addSum(at, a0);
      if (count > 1) addSum(at + 4, a1);
      if (count > 2) addSum(at + 8, a2);
    }
  }
}
