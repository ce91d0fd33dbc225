import { addSum } from "./correlate";
import { multiplyAdd } from "./multiplyAdd";

// Convolutions in which each channel sees itself only, and their gradients. Places and offsets are those of `convolve`.

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
