import { multiplyAdd } from "./multiplyAdd";

// Gradients of the weights and of the bias of `convolve`: sums over places, which data and delta share.

/** Adds the sum of four numbers. */
// @ts-ignore: decorator
@inline
export function addSum(place: usize, value: v128): void {
  const sum =
    f32x4.extract_lane(value, 0) +
    f32x4.extract_lane(value, 1) +
    (f32x4.extract_lane(value, 2) + f32x4.extract_lane(value, 3));
  store<f32>(place, load<f32>(place) + sum);
}

/** One input with up to four outputs: as `correlate`, for images of one channel. */
function correlateOne(
  gradient: usize,
  weightStep: i32,
  outputs: i32,
  input: usize,
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
  // Beyond the last one, the last one again: computed, not stored.
  const second = <usize>(min(1, outputs - 1) * deltaChannel);
  const third = <usize>(min(2, outputs - 1) * deltaChannel);
  const fourth = <usize>(min(3, outputs - 1) * deltaChannel);
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let source = input + <usize>(row * inputRow + column * inputColumn);
      let place = delta + <usize>(row * deltaRow + column * deltaColumn);
      const end = place + (<usize>run << 4);
      while (place < end) {
        const x = v128.load(source);
        a = multiplyAdd(x, v128.load(place), a);
        b = multiplyAdd(x, v128.load(place + second), b);
        c = multiplyAdd(x, v128.load(place + third), c);
        d = multiplyAdd(x, v128.load(place + fourth), d);
        source += 16;
        place += 16;
      }
    }
  }
  addSum(gradient, a);
  if (outputs > 1) addSum(gradient + weightStep, b);
  if (outputs > 2) addSum(gradient + 2 * weightStep, c);
  if (outputs > 3) addSum(gradient + 3 * weightStep, d);
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
  if (depth == 1) {
    const first = gradient + <usize>load<i32>(weightOffsets);
    const source = input + <usize>load<i32>(inputOffsets);
    for (let m = 0; m < outputs; m += 4) {
      const place = delta + <usize>(m * deltaChannel);
      const count = min(4, outputs - m);
      const at = first + <usize>(m * weightStep);
      correlateOne(at, weightStep, count, source, inputRow, inputColumn, height, width, run, place, deltaRow, deltaColumn, deltaChannel);
    }
    return;
  }
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
