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
  const taken = <f32>1 - kept;
  for (let first = 0; first < channels; first += 4) {
    measureFour(source, bytes, min(4, channels - first), count, at(means, first), at(inverses, first));
    const end = min(first + 4, channels);
    for (let channel = first; channel < end; channel++) {
      const mean = load<f32>(at(means, channel));
      const variance = load<f32>(at(inverses, channel));
      const inverse = <f32>1 / sqrt<f32>(variance + epsilon);
      store<f32>(at(inverses, channel), inverse);
      const unbiased = count > 1 ? (variance * count) / (count - 1) : variance;
      store<f32>(at(runningMeans, channel), kept * load<f32>(at(runningMeans, channel)) + taken * mean);
      store<f32>(at(runningVariances, channel), kept * load<f32>(at(runningVariances, channel)) + taken * unbiased);
      const factor = load<f32>(at(scales, channel)) * inverse;
      affine(source, target, bytes, factor, load<f32>(at(shifts, channel)) - mean * factor);
      source += bytes;
      target += bytes;
    }
  }
}

/** Stores one number for each of up to four channels. */
// @ts-ignore: decorator
@inline
function storeFour(to: usize, channels: i32, a: f32, b: f32, c: f32, d: f32): void {
  store<f32>(to, a);
  if (channels > 1) store<f32>(to, b, 4);
  if (channels > 2) store<f32>(to, c, 8);
  if (channels > 3) store<f32>(to, d, 12);
}

/**
 * Means and variances of up to four channels side by side: each is one chain of additions in the order of its numbers, and
 * four chains hide how long an addition takes.
 */
// @ts-ignore: decorator
@inline
function measureFour(source: usize, bytes: usize, channels: i32, count: f32, means: usize, variances: usize): void {
  // Beyond the last one, the last one again: computed, not stored.
  const second = source + <usize>min(1, channels - 1) * bytes;
  const third = source + <usize>min(2, channels - 1) * bytes;
  const fourth = source + <usize>min(3, channels - 1) * bytes;
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (let i: usize = 0; i < bytes; i += 16) {
    a = f32x4.add(a, v128.load(source + i));
    b = f32x4.add(b, v128.load(second + i));
    c = f32x4.add(c, v128.load(third + i));
    d = f32x4.add(d, v128.load(fourth + i));
  }
  const meanA = total(a) / count;
  const meanB = total(b) / count;
  const meanC = total(c) / count;
  const meanD = total(d) / count;
  storeFour(means, channels, meanA, meanB, meanC, meanD);
  const centreA = f32x4.splat(meanA);
  const centreB = f32x4.splat(meanB);
  const centreC = f32x4.splat(meanC);
  const centreD = f32x4.splat(meanD);
  a = f32x4.splat(0);
  b = a;
  c = a;
  d = a;
  for (let i: usize = 0; i < bytes; i += 16) {
    let deviation = f32x4.sub(v128.load(source + i), centreA);
    a = multiplyAdd(deviation, deviation, a);
    deviation = f32x4.sub(v128.load(second + i), centreB);
    b = multiplyAdd(deviation, deviation, b);
    deviation = f32x4.sub(v128.load(third + i), centreC);
    c = multiplyAdd(deviation, deviation, c);
    deviation = f32x4.sub(v128.load(fourth + i), centreD);
    d = multiplyAdd(deviation, deviation, d);
  }
  storeFour(variances, channels, total(a) / count, total(b) / count, total(c) / count, total(d) / count);
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
  for (let first = 0; first < channels; first += 4) {
    const group = min(4, channels - first);
    // Beyond the last one, the last one again: computed, not stored.
    const second = min(1, group - 1);
    const third = min(2, group - 1);
    const fourth = min(3, group - 1);
    const two = <usize>second * bytes;
    const three = <usize>third * bytes;
    const four = <usize>fourth * bytes;
    const mean = at(means, first);
    const centreA = v128.load32_splat(mean);
    const centreB = v128.load32_splat(at(mean, second));
    const centreC = v128.load32_splat(at(mean, third));
    const centreD = v128.load32_splat(at(mean, fourth));
    let sumA = f32x4.splat(0);
    let sumB = sumA;
    let sumC = sumA;
    let sumD = sumA;
    let productA = sumA;
    let productB = sumA;
    let productC = sumA;
    let productD = sumA;
    for (let i: usize = 0; i < bytes; i += 16) {
      const x = source + i;
      const y = delta + i;
      let change = v128.load(y);
      sumA = f32x4.add(sumA, change);
      productA = multiplyAdd(change, f32x4.sub(v128.load(x), centreA), productA);
      change = v128.load(y + two);
      sumB = f32x4.add(sumB, change);
      productB = multiplyAdd(change, f32x4.sub(v128.load(x + two), centreB), productB);
      change = v128.load(y + three);
      sumC = f32x4.add(sumC, change);
      productC = multiplyAdd(change, f32x4.sub(v128.load(x + three), centreC), productC);
      change = v128.load(y + four);
      sumD = f32x4.add(sumD, change);
      productD = multiplyAdd(change, f32x4.sub(v128.load(x + four), centreD), productD);
    }
    for (let i = 0; i < group; i++) {
      const channel = first + i;
      const sum = total(i == 0 ? sumA : i == 1 ? sumB : i == 2 ? sumC : sumD);
      const products = total(i == 0 ? productA : i == 1 ? productB : i == 2 ? productC : productD);
      const inverse = load<f32>(at(inverses, channel));
      const product = products * inverse;
      store<f32>(at(shiftGradients, channel), load<f32>(at(shiftGradients, channel)) + sum);
      store<f32>(at(scaleGradients, channel), load<f32>(at(scaleGradients, channel)) + product);
      // dx = factor * (dy - mean(dy) - normalised * mean(dy * normalised)), written as a line in dy and x.
      const factor = load<f32>(at(scales, channel)) * inverse;
      const slope = (-factor * inverse * product) / count;
      const centre = v128.load32_splat(at(means, channel));
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
