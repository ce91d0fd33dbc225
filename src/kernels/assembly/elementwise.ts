import { exponential } from "./exponential";
import { multiplyAdd } from "./multiplyAdd";

// Every function works on `vectors` vectors of four numbers that lie one after the other.

/** target = 0. */
export function clear(target: usize, vectors: i32): void {
  memory.fill(target, 0, <usize>vectors << 4);
}

/** target = source, or target += source. */
export function copy(source: usize, target: usize, vectors: i32, accumulate: i32): void {
  if (!accumulate) {
    memory.copy(target, source, <usize>vectors << 4);
    return;
  }
  const end = source + (<usize>vectors << 4);
  while (source < end) {
    v128.store(target, f32x4.add(v128.load(target), v128.load(source)));
    source += 16;
    target += 16;
  }
}

/**
 * Copies rows of `vectors` vectors between tensors whose rows and planes lie at different distances (bytes): into the middle of
 * a padded tensor and back.
 */
export function copyRows(
  source: usize,
  sourcePlane: i32,
  sourceRow: i32,
  target: usize,
  targetPlane: i32,
  targetRow: i32,
  planes: i32,
  rows: i32,
  vectors: i32,
  accumulate: i32,
): void {
  for (let plane = 0; plane < planes; plane++) {
    for (let row = 0; row < rows; row++) {
      copy(
        source + <usize>(plane * sourcePlane + row * sourceRow),
        target + <usize>(plane * targetPlane + row * targetRow),
        vectors,
        accumulate,
      );
    }
  }
}

/** target = first + second. */
export function addElements(first: usize, second: usize, target: usize, vectors: i32): void {
  const end = first + (<usize>vectors << 4);
  while (first < end) {
    v128.store(target, f32x4.add(v128.load(first), v128.load(second)));
    first += 16;
    second += 16;
    target += 16;
  }
}

/** target = first * second. */
export function multiplyElements(first: usize, second: usize, target: usize, vectors: i32): void {
  const end = first + (<usize>vectors << 4);
  while (first < end) {
    v128.store(target, f32x4.mul(v128.load(first), v128.load(second)));
    first += 16;
    second += 16;
    target += 16;
  }
}

/** target += first * second. */
export function addProduct(first: usize, second: usize, target: usize, vectors: i32): void {
  const end = first + (<usize>vectors << 4);
  while (first < end) {
    v128.store(target, multiplyAdd(v128.load(first), v128.load(second), v128.load(target)));
    first += 16;
    second += 16;
    target += 16;
  }
}

/** target = factor * source, or target += factor * source. */
export function scale(source: usize, factor: f32, target: usize, vectors: i32, accumulate: i32): void {
  const end = source + (<usize>vectors << 4);
  const by = f32x4.splat(factor);
  while (source < end) {
    const start = accumulate ? v128.load(target) : f32x4.splat(0);
    v128.store(target, multiplyAdd(v128.load(source), by, start));
    source += 16;
    target += 16;
  }
}

/** target = max(source, 0); NaN stays. */
export function rectify(source: usize, target: usize, vectors: i32): void {
  const end = source + (<usize>vectors << 4);
  const zero = f32x4.splat(0);
  while (source < end) {
    v128.store(target, f32x4.pmax(v128.load(source), zero));
    source += 16;
    target += 16;
  }
}

/** target = delta where the output is positive, 0 elsewhere; or added. */
export function rectifyBackward(output: usize, delta: usize, target: usize, vectors: i32, accumulate: i32): void {
  const end = output + (<usize>vectors << 4);
  const zero = f32x4.splat(0);
  while (output < end) {
    const kept = v128.and(v128.load(delta), f32x4.gt(v128.load(output), zero));
    v128.store(target, accumulate ? f32x4.add(v128.load(target), kept) : kept);
    output += 16;
    delta += 16;
    target += 16;
  }
}

/** target = x tanh(log(1 + e^x)) (mish, Misra 2019); `slope` gets the derivative. */
export function mish(source: usize, target: usize, slope: usize, vectors: i32): void {
  const end = source + (<usize>vectors << 4);
  const one = f32x4.splat(1);
  const two = f32x4.splat(2);
  while (source < end) {
    const x = v128.load(source);
    // With e = e^x and n = e (e + 2), tanh(log(1 + e)) = n / (n + 2). Above 20 it is 1 to the last bit.
    const e = exponential(f32x4.min(x, f32x4.splat(20)));
    const n = f32x4.mul(e, f32x4.add(e, two));
    const inverse = f32x4.div(one, f32x4.add(n, two));
    const tangent = f32x4.mul(n, inverse);
    const change = f32x4.mul(f32x4.mul(f32x4.splat(4), f32x4.mul(e, f32x4.add(e, one))), f32x4.mul(inverse, inverse));
    v128.store(target, f32x4.mul(x, tangent));
    v128.store(slope, multiplyAdd(x, change, tangent));
    source += 16;
    target += 16;
    slope += 16;
  }
}

/** target = 1 / (1 + e^-x). */
export function sigmoid(source: usize, target: usize, vectors: i32): void {
  const end = source + (<usize>vectors << 4);
  const one = f32x4.splat(1);
  while (source < end) {
    v128.store(target, f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(v128.load(source))))));
    source += 16;
    target += 16;
  }
}

/** target = delta * y * (1 - y), or added; y is what `sigmoid` gave. */
export function sigmoidBackward(output: usize, delta: usize, target: usize, vectors: i32, accumulate: i32): void {
  const end = output + (<usize>vectors << 4);
  const one = f32x4.splat(1);
  while (output < end) {
    const y = v128.load(output);
    const slope = f32x4.mul(y, f32x4.sub(one, y));
    const start = accumulate ? v128.load(target) : f32x4.splat(0);
    v128.store(target, multiplyAdd(v128.load(delta), slope, start));
    output += 16;
    delta += 16;
    target += 16;
  }
}

/** target = tanh(x) = 1 - 2 / (e^2x + 1), within 1.2e-7 (absolute: near 0 the difference cancels). */
export function tangent(source: usize, target: usize, vectors: i32): void {
  const end = source + (<usize>vectors << 4);
  const one = f32x4.splat(1);
  const two = f32x4.splat(2);
  while (source < end) {
    const e = exponential(f32x4.mul(v128.load(source), two));
    v128.store(target, f32x4.sub(one, f32x4.div(two, f32x4.add(e, one))));
    source += 16;
    target += 16;
  }
}

/** target = delta * (1 - y^2), or added; y is what `tangent` gave. */
export function tangentBackward(output: usize, delta: usize, target: usize, vectors: i32, accumulate: i32): void {
  const end = output + (<usize>vectors << 4);
  const one = f32x4.splat(1);
  while (output < end) {
    const y = v128.load(output);
    const slope = f32x4.sub(one, f32x4.mul(y, y));
    const start = accumulate ? v128.load(target) : f32x4.splat(0);
    v128.store(target, multiplyAdd(v128.load(delta), slope, start));
    output += 16;
    delta += 16;
    target += 16;
  }
}

/**
 * A mask for dropout: `kept` with probability `share`, else 0. Every number is a hash of the seed and its place, so that
 * the mask does not depend on the order of work.
 */
export function dropoutMask(seed: i32, share: f32, kept: f32, target: usize, vectors: i32): void {
  const limit = f32x4.splat(share * 16777216.0);
  const value = f32x4.splat(kept);
  let counter = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(seed));
  const end = target + (<usize>vectors << 4);
  while (target < end) {
    let bits = i32x4.mul(counter, i32x4.splat(0x9e3779b1));
    bits = v128.xor(bits, i32x4.shr_u(bits, 16));
    bits = i32x4.mul(bits, i32x4.splat(0x85ebca6b));
    bits = v128.xor(bits, i32x4.shr_u(bits, 13));
    bits = i32x4.mul(bits, i32x4.splat(0xc2b2ae35));
    bits = v128.xor(bits, i32x4.shr_u(bits, 16));
    const uniform = f32x4.convert_i32x4_s(i32x4.shr_u(bits, 8));
    v128.store(target, v128.and(value, f32x4.lt(uniform, limit)));
    counter = i32x4.add(counter, i32x4.splat(4));
    target += 16;
  }
}
