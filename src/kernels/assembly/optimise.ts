import { multiplyAdd } from "./multiplyAdd";

/** Sum of the squares of `vectors` vectors. */
export function sumSquares(source: usize, vectors: i32): f32 {
  let sum = f32x4.splat(0);
  const end = source + (<usize>vectors << 4);
  while (source < end) {
    const x = v128.load(source);
    sum = multiplyAdd(x, x, sum);
    source += 16;
  }
  return (
    f32x4.extract_lane(sum, 0) +
    f32x4.extract_lane(sum, 1) +
    (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  );
}

/**
 * One step of Adam (Kingma and Ba 2015) with the gradient `factor * gradient + l2 * weight`, after shrinking the weights by
 * `decay` (AdamW, Loshchilov and Hutter 2019: learning rate times weight decay).
 *
 * @param rate learning rate, corrected for the bias of the moments
 * @param epsilon likewise corrected
 */
export function adam(
  weights: usize,
  gradients: usize,
  means: usize,
  squares: usize,
  vectors: i32,
  factor: f32,
  l2: f32,
  decay: f32,
  rate: f32,
  epsilon: f32,
  keepMean: f32,
  keepSquare: f32,
): void {
  const bytes = <usize>vectors << 4;
  const by = f32x4.splat(factor);
  const penalty = f32x4.splat(l2);
  const kept = f32x4.splat(<f32>1 - decay);
  const mean0 = f32x4.splat(keepMean);
  const mean1 = f32x4.splat(<f32>1 - keepMean);
  const square0 = f32x4.splat(keepSquare);
  const square1 = f32x4.splat(<f32>1 - keepSquare);
  const speed = f32x4.splat(rate);
  const floor = f32x4.splat(epsilon);
  for (let i: usize = 0; i < bytes; i += 16) {
    const weight = v128.load(weights + i);
    const gradient = multiplyAdd(weight, penalty, f32x4.mul(v128.load(gradients + i), by));
    const mean = multiplyAdd(mean1, gradient, f32x4.mul(mean0, v128.load(means + i)));
    const square = multiplyAdd(f32x4.mul(square1, gradient), gradient, f32x4.mul(square0, v128.load(squares + i)));
    v128.store(means + i, mean);
    v128.store(squares + i, square);
    const step = f32x4.div(f32x4.mul(speed, mean), f32x4.add(f32x4.sqrt(square), floor));
    v128.store(weights + i, f32x4.sub(f32x4.mul(weight, kept), step));
  }
}

/** One step of gradient descent with momentum, Nesterov's where asked for, with the gradient `factor * gradient + l2 * weight`. */
export function descend(
  weights: usize,
  gradients: usize,
  velocities: usize,
  vectors: i32,
  factor: f32,
  l2: f32,
  rate: f32,
  momentum: f32,
  nesterov: i32,
): void {
  const bytes = <usize>vectors << 4;
  const by = f32x4.splat(factor);
  const penalty = f32x4.splat(l2);
  const kept = f32x4.splat(momentum);
  const speed = f32x4.splat(-rate);
  for (let i: usize = 0; i < bytes; i += 16) {
    const weight = v128.load(weights + i);
    const gradient = multiplyAdd(weight, penalty, f32x4.mul(v128.load(gradients + i), by));
    const velocity = multiplyAdd(kept, v128.load(velocities + i), gradient);
    v128.store(velocities + i, velocity);
    const direction = nesterov ? multiplyAdd(kept, velocity, gradient) : velocity;
    v128.store(weights + i, multiplyAdd(speed, direction, weight));
  }
}
