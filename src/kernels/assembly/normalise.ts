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

/** Four sums at once: one alone would wait for each addition to end before the next. */
// @ts-ignore: decorator
@inline
function sumOf(source: usize, bytes: usize): v128 {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let i: usize = 0;
  for (; i + 64 <= bytes; i += 64) {
    a = f32x4.add(a, v128.load(source + i));
    b = f32x4.add(b, v128.load(source + i, 16));
    c = f32x4.add(c, v128.load(source + i, 32));
    d = f32x4.add(d, v128.load(source + i, 48));
  }
  for (; i < bytes; i += 16) a = f32x4.add(a, v128.load(source + i));
  return f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
}

// @ts-ignore: decorator
@inline
function squaresAround(source: usize, bytes: usize, centre: v128): v128 {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let i: usize = 0;
  for (; i + 64 <= bytes; i += 64) {
    let x = f32x4.sub(v128.load(source + i), centre);
    a = multiplyAdd(x, x, a);
    x = f32x4.sub(v128.load(source + i, 16), centre);
    b = multiplyAdd(x, x, b);
    x = f32x4.sub(v128.load(source + i, 32), centre);
    c = multiplyAdd(x, x, c);
    x = f32x4.sub(v128.load(source + i, 48), centre);
    d = multiplyAdd(x, x, d);
  }
  for (; i < bytes; i += 16) {
    const x = f32x4.sub(v128.load(source + i), centre);
    a = multiplyAdd(x, x, a);
  }
  return f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
}

/** Sum of delta * (source - centre). */
// @ts-ignore: decorator
@inline
function productsAround(source: usize, delta: usize, bytes: usize, centre: v128): v128 {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  let i: usize = 0;
  for (; i + 64 <= bytes; i += 64) {
    a = multiplyAdd(v128.load(delta + i), f32x4.sub(v128.load(source + i), centre), a);
    b = multiplyAdd(v128.load(delta + i, 16), f32x4.sub(v128.load(source + i, 16), centre), b);
    c = multiplyAdd(v128.load(delta + i, 32), f32x4.sub(v128.load(source + i, 32), centre), c);
    d = multiplyAdd(v128.load(delta + i, 48), f32x4.sub(v128.load(source + i, 48), centre), d);
  }
  for (; i < bytes; i += 16) a = multiplyAdd(v128.load(delta + i), f32x4.sub(v128.load(source + i), centre), a);
  return f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
}

// @ts-ignore: decorator
@inline
function at(base: usize, channel: i32): usize {
  return base + (<usize>channel << 2);
}

/**
 * Batch normalisation (Ioffe and Szegedy 2015) of channels whose places and samples lie in one piece of `vectors` vectors.
 * The running mean and variance become kept * old + (1 - kept) * new; the variance is that of the population, the running
 * one that of the sample.
 *
 * @param scales, shifts one number for each channel
 * @param inverses gets 1 / sqrt(variance + epsilon), means gets the mean, for the way back
 */
export function normaliseBatch(
  source: usize,
  target: usize,
  channels: i32,
  vectors: i32,
  scales: usize,
  shifts: usize,
  means: usize,
  inverses: usize,
  runningMeans: usize,
  runningVariances: usize,
  kept: f32,
  epsilon: f32,
): void {
  const bytes = <usize>vectors << 4;
  const count = <f32>(vectors << 2);
  for (let channel = 0; channel < channels; channel++) {
    const mean = total(sumOf(source, bytes)) / count;
    const variance = total(squaresAround(source, bytes, f32x4.splat(mean))) / count;
    const inverse = <f32>1 / sqrt<f32>(variance + epsilon);
    store<f32>(at(means, channel), mean);
    store<f32>(at(inverses, channel), inverse);
    const taken = <f32>1 - kept;
    const unbiased = count > 1 ? (variance * count) / (count - 1) : variance;
    store<f32>(at(runningMeans, channel), kept * load<f32>(at(runningMeans, channel)) + taken * mean);
    store<f32>(at(runningVariances, channel), kept * load<f32>(at(runningVariances, channel)) + taken * unbiased);
    const factor = load<f32>(at(scales, channel)) * inverse;
    affine(source, target, bytes, factor, load<f32>(at(shifts, channel)) - mean * factor);
    source += bytes;
    target += bytes;
  }
}

// @ts-ignore: decorator
@inline
function affine(source: usize, target: usize, bytes: usize, factor: f32, shift: f32): void {
  const by = f32x4.splat(factor);
  const plus = f32x4.splat(shift);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(target + i, multiplyAdd(v128.load(source + i), by, plus));
}

/** Normalises with the running mean and variance, as after the training. */
export function normaliseFixed(
  source: usize,
  target: usize,
  channels: i32,
  vectors: i32,
  scales: usize,
  shifts: usize,
  runningMeans: usize,
  runningVariances: usize,
  epsilon: f32,
): void {
  const bytes = <usize>vectors << 4;
  for (let channel = 0; channel < channels; channel++) {
    const inverse = <f32>1 / sqrt<f32>(load<f32>(at(runningVariances, channel)) + epsilon);
    const factor = load<f32>(at(scales, channel)) * inverse;
    affine(source, target, bytes, factor, load<f32>(at(shifts, channel)) - load<f32>(at(runningMeans, channel)) * factor);
    source += bytes;
    target += bytes;
  }
}

/** Gradients of `normaliseBatch`: of its input (written or added), its scales and its shifts (added). */
export function normaliseBatchBackward(
  source: usize,
  delta: usize,
  target: usize,
  channels: i32,
  vectors: i32,
  scales: usize,
  means: usize,
  inverses: usize,
  scaleGradients: usize,
  shiftGradients: usize,
  accumulate: i32,
): void {
  const bytes = <usize>vectors << 4;
  const count = <f32>(vectors << 2);
  for (let channel = 0; channel < channels; channel++) {
    const mean = load<f32>(at(means, channel));
    const inverse = load<f32>(at(inverses, channel));
    const centre = f32x4.splat(mean);
    const sum = total(sumOf(delta, bytes));
    const product = total(productsAround(source, delta, bytes, centre)) * inverse;
    store<f32>(at(shiftGradients, channel), load<f32>(at(shiftGradients, channel)) + sum);
    store<f32>(at(scaleGradients, channel), load<f32>(at(scaleGradients, channel)) + product);
    // dx = factor * (dy - mean(dy) - normalised * mean(dy * normalised)), written as a line in dy and x.
    const factor = load<f32>(at(scales, channel)) * inverse;
    const slope = (-factor * inverse * product) / count;
    const by = f32x4.splat(factor);
    const along = f32x4.splat(slope);
    const plus = f32x4.splat(-factor * (sum / count));
    for (let i: usize = 0; i < bytes; i += 16) {
      const start = accumulate ? f32x4.add(v128.load(target + i), plus) : plus;
      const line = multiplyAdd(f32x4.sub(v128.load(source + i), centre), along, start);
      v128.store(target + i, multiplyAdd(v128.load(delta + i), by, line));
    }
    source += bytes;
    delta += bytes;
    target += bytes;
  }
}

/**
 * Layer normalisation (Ba et al. 2016) over the channels, for each place and sample apart.
 *
 * @param vectors vectors of one channel
 * @param means, inverses get one number for each place and sample
 */
export function normaliseLayer(
  source: usize,
  target: usize,
  channels: i32,
  vectors: i32,
  scales: usize,
  shifts: usize,
  means: usize,
  inverses: usize,
  epsilon: f32,
): void {
  const step = <usize>vectors << 4;
  const share = f32x4.splat(<f32>1 / <f32>channels);
  for (let i: usize = 0; i < step; i += 16) {
    let sum = f32x4.splat(0);
    for (let channel = 0, from = source + i; channel < channels; channel++, from += step) {
      sum = f32x4.add(sum, v128.load(from));
    }
    const mean = f32x4.mul(sum, share);
    let squares = f32x4.splat(0);
    for (let channel = 0, from = source + i; channel < channels; channel++, from += step) {
      const deviation = f32x4.sub(v128.load(from), mean);
      squares = multiplyAdd(deviation, deviation, squares);
    }
    const inverse = f32x4.div(
      f32x4.splat(1),
      f32x4.sqrt(f32x4.add(f32x4.mul(squares, share), f32x4.splat(epsilon))),
    );
    v128.store(means + i, mean);
    v128.store(inverses + i, inverse);
    let to = target + i;
    for (let channel = 0, from = source + i; channel < channels; channel++, from += step, to += step) {
      const normal = f32x4.mul(f32x4.sub(v128.load(from), mean), inverse);
      v128.store(to, multiplyAdd(normal, v128.load32_splat(at(scales, channel)), v128.load32_splat(at(shifts, channel))));
    }
  }
}

/** Gradients of `normaliseLayer`: of its input (written or added), its scales and its shifts (added). */
export function normaliseLayerBackward(
  source: usize,
  delta: usize,
  target: usize,
  channels: i32,
  vectors: i32,
  scales: usize,
  means: usize,
  inverses: usize,
  scaleGradients: usize,
  shiftGradients: usize,
  accumulate: i32,
): void {
  const step = <usize>vectors << 4;
  const share = f32x4.splat(<f32>1 / <f32>channels);
  for (let channel = 0; channel < channels; channel++) {
    const from = source + <usize>channel * step;
    const d = delta + <usize>channel * step;
    let sum = f32x4.splat(0);
    let product = f32x4.splat(0);
    for (let i: usize = 0; i < step; i += 16) {
      const normal = f32x4.mul(f32x4.sub(v128.load(from + i), v128.load(means + i)), v128.load(inverses + i));
      sum = f32x4.add(sum, v128.load(d + i));
      product = multiplyAdd(normal, v128.load(d + i), product);
    }
    store<f32>(at(shiftGradients, channel), load<f32>(at(shiftGradients, channel)) + total(sum));
    store<f32>(at(scaleGradients, channel), load<f32>(at(scaleGradients, channel)) + total(product));
  }
  for (let i: usize = 0; i < step; i += 16) {
    const mean = v128.load(means + i);
    const inverse = v128.load(inverses + i);
    let sum = f32x4.splat(0);
    let product = f32x4.splat(0);
    let from = source + i;
    let d = delta + i;
    for (let channel = 0; channel < channels; channel++, from += step, d += step) {
      const scaled = f32x4.mul(v128.load(d), v128.load32_splat(at(scales, channel)));
      const normal = f32x4.mul(f32x4.sub(v128.load(from), mean), inverse);
      sum = f32x4.add(sum, scaled);
      product = multiplyAdd(scaled, normal, product);
    }
    sum = f32x4.mul(sum, share);
    product = f32x4.mul(product, share);
    from = source + i;
    d = delta + i;
    let to = target + i;
    for (let channel = 0; channel < channels; channel++, from += step, d += step, to += step) {
      const scaled = f32x4.mul(v128.load(d), v128.load32_splat(at(scales, channel)));
      const normal = f32x4.mul(f32x4.sub(v128.load(from), mean), inverse);
      const change = f32x4.mul(inverse, f32x4.sub(f32x4.sub(scaled, sum), f32x4.mul(normal, product)));
      v128.store(to, accumulate ? f32x4.add(v128.load(to), change) : change);
    }
  }
}
