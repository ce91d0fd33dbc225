import { exponential, logarithm } from "./exponential";
import { multiplyAdd } from "./multiplyAdd";

// @ts-ignore: decorator
@inline
function total(value: v128): f32 {
  return (
    f32x4.extract_lane(value, 0) +
    f32x4.extract_lane(value, 1) +
    (f32x4.extract_lane(value, 2) + f32x4.extract_lane(value, 3))
  );
}

/**
 * Weighted sum over the samples of the cross-entropy between target probabilities and the softmax of the logits, both `classes`
 * channels of `run` vectors. Writes weight * (sum of targets * softmax - target) as the delta of the logits.
 *
 * @param weights one number for each sample
 * @param probabilities gets the softmax
 */
export function crossEntropy(
  logits: usize,
  targets: usize,
  weights: usize,
  probabilities: usize,
  delta: usize,
  classes: i32,
  run: i32,
): f32 {
  const step = <usize>run << 4;
  const size = <usize>classes * step;
  let loss = f32x4.splat(0);
  for (let i: usize = 0; i < step; i += 16) {
    let largest = v128.load(logits + i);
    for (let m: usize = i; m < size; m += step) largest = f32x4.max(largest, v128.load(logits + m));
    let sum = f32x4.splat(0);
    for (let m: usize = i; m < size; m += step) {
      const e = exponential(f32x4.sub(v128.load(logits + m), largest));
      v128.store(probabilities + m, e);
      sum = f32x4.add(sum, e);
    }
    const inverse = f32x4.div(f32x4.splat(1), sum);
    const offset = logarithm(sum);
    const weight = v128.load(weights + i);
    let lost = f32x4.splat(0);
    let mass = f32x4.splat(0);
    for (let m: usize = i; m < size; m += step) {
      const target = v128.load(targets + m);
      // The largest first: added to the logarithm of the sum, a large one would swallow it.
      lost = multiplyAdd(target, f32x4.sub(offset, f32x4.sub(v128.load(logits + m), largest)), lost);
      mass = f32x4.add(mass, target);
    }
    for (let m: usize = i; m < size; m += step) {
      const p = f32x4.mul(v128.load(probabilities + m), inverse);
      v128.store(probabilities + m, p);
      v128.store(delta + m, f32x4.mul(weight, f32x4.sub(f32x4.mul(p, mass), v128.load(targets + m))));
    }
    loss = multiplyAdd(weight, lost, loss);
  }
  return total(loss);
}

/**
 * Weighted sum of Huber losses: half the squared error up to `limit`, linear beyond (with a limit of infinity half the squared
 * error). Writes the delta of the outputs.
 */
export function huber(
  outputs: usize,
  targets: usize,
  weights: usize,
  delta: usize,
  vectors: i32,
  limit: f32,
): f32 {
  const bound = f32x4.splat(limit);
  const below = f32x4.neg(bound);
  const half = f32x4.splat(0.5);
  let loss = f32x4.splat(0);
  const bytes = <usize>vectors << 4;
  for (let i: usize = 0; i < bytes; i += 16) {
    const error = f32x4.sub(v128.load(outputs + i), v128.load(targets + i));
    const weight = v128.load(weights + i);
    // With c the bounded error: c * (error - c / 2) is both branches at once.
    const bounded = f32x4.max(below, f32x4.min(bound, error));
    loss = multiplyAdd(weight, f32x4.mul(bounded, f32x4.sub(error, f32x4.mul(half, bounded))), loss);
    v128.store(delta + i, f32x4.mul(weight, bounded));
  }
  return total(loss);
}
