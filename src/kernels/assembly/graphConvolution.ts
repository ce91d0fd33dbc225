import { multiplyAdd } from "./multiplyAdd";

/*
 * Graph convolutions with batch normalisation and mish, in few passes: a product with the weights (`weigh` of graphProduct.ts), then channel by channel,
 * within the first cache, the sum over neighbours, the normalisation and the activation (`activateGraph`). Places are the
 * vertices of a graph, each with `run` vectors of four samples; a channel has `vectors` of them, an even number.
 */

/** Constants of the exponential and of mish: from memory they take one instruction, and there are more than registers. */
const CONSTANTS = memory.data<f32>([
  20,
  -87,
  1.4426950408889634,
  12582912.0,
  0.693359375,
  -2.12194440e-4,
  1.0 / 5040.0,
  1.0 / 720.0,
  1.0 / 120.0,
  1.0 / 24.0,
  1.0 / 6.0,
  0.5,
  1,
  2,
  4,
]);

// @ts-ignore: decorator
@inline
function constant(place: usize): v128 {
  return v128.load32_splat(CONSTANTS + (place << 2));
}

/** As in `exponential.ts`, for numbers up to 20. */
// @ts-ignore: decorator
@inline
function exponentialUpTo20(x: v128): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(x, constant(0)), constant(1));
  const shifted = f32x4.add(f32x4.mul(bounded, constant(2)), constant(3));
  const whole = f32x4.sub(shifted, constant(3));
  let rest = f32x4.sub(bounded, f32x4.mul(whole, constant(4)));
  rest = f32x4.sub(rest, f32x4.mul(whole, constant(5)));
  // By halves, so that few steps wait for one another.
  const square = f32x4.mul(rest, rest);
  const low = multiplyAdd(multiplyAdd(constant(10), rest, constant(11)), square, f32x4.add(rest, constant(12)));
  const high = multiplyAdd(multiplyAdd(constant(6), rest, constant(7)), square, multiplyAdd(constant(8), rest, constant(9)));
  const sum = multiplyAdd(high, f32x4.mul(square, square), low);
  return f32x4.mul(sum, i32x4.shl(i32x4.add(shifted, i32x4.splat(127)), 23));
}

/**
 * For every vertex how many others it takes something from in any sample, and which: V lists one after the other, a
 * number before each. Where all graphs of a batch are alike, most of a matrix is zero.
 */
export function listNeighbours(matrix: usize, transposed: i32, vertices: i32, run: i32, list: usize): void {
  const step = <usize>run << 4;
  const zero = f32x4.splat(0);
  for (let i = 0; i < vertices; i++) {
    const head = list;
    list += 4;
    for (let j = 0; j < vertices; j++) {
      const element = matrix + <usize>(transposed ? j * vertices + i : i * vertices + j) * step;
      for (let shift: usize = 0; shift < step; shift += 16) {
        if (!v128.any_true(f32x4.ne(v128.load(element + shift), zero))) continue;
        store<i32>(list, j);
        list += 4;
        break;
      }
    }
    store<i32>(head, <i32>((list - head) >> 2) - 1);
  }
}

/** target(i) = sum over the listed neighbours j of matrix(i, j) * source(j), for one channel. */
// @ts-ignore: decorator
@inline
function sumNeighbours(
  matrix: usize,
  list: usize,
  down: usize,
  next: usize,
  source: usize,
  target: usize,
  vertices: i32,
  step: usize,
): void {
  for (let i = 0; i < vertices; i++) {
    const count = load<i32>(list);
    list += 4;
    const end = list + (<usize>count << 2);
    for (let shift: usize = 0; shift < step; shift += 32) {
      let a = f32x4.splat(0);
      let b = a;
      for (let entry = list; entry < end; entry += 4) {
        const j = <usize>load<i32>(entry);
        const from = source + j * step + shift;
        const weight = matrix + j * next + shift;
        a = multiplyAdd(v128.load(weight), v128.load(from), a);
        b = multiplyAdd(v128.load(weight, 16), v128.load(from, 16), b);
      }
      v128.store(target + shift, a);
      v128.store(target + shift, b, 16);
    }
    list = end;
    matrix += down;
    target += step;
  }
}

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
 * target(c) = factor * mish(normalised(sum over neighbours of source(c))), or added. With `training` the statistics are those of the
 * batch, and what the way back needs is kept: the normalised numbers, factor times the slope of mish, and 1 / deviation.
 */
export function activateGraph(
  matrix: usize,
  transposed: i32,
  list: usize,
  source: usize,
  target: usize,
  channels: i32,
  vertices: i32,
  run: i32,
  scales: usize,
  shifts: usize,
  runningMeans: usize,
  runningVariances: usize,
  kept: f32,
  epsilon: f32,
  factor: f32,
  accumulate: i32,
  training: i32,
  normals: usize,
  slopes: usize,
  inverses: usize,
): void {
  const step = <usize>run << 4;
  const line = <usize>vertices * step;
  const next = transposed ? line : step;
  const down = transposed ? step : line;
  const count = <f32>(vertices * run * 4);
  const by = f32x4.splat(factor);
  for (let channel: usize = 0; channel < <usize>channels; channel++) {
    sumNeighbours(matrix, list, down, next, source, normals, vertices, step);
    const at = channel << 2;
    let mean: f32;
    let inverse: f32;
    if (training) {
      let sum = f32x4.splat(0);
      for (let i: usize = 0; i < line; i += 16) sum = f32x4.add(sum, v128.load(normals + i));
      mean = total(sum) / count;
      const centre = f32x4.splat(mean);
      let squares = f32x4.splat(0);
      for (let i: usize = 0; i < line; i += 16) {
        const deviation = f32x4.sub(v128.load(normals + i), centre);
        squares = multiplyAdd(deviation, deviation, squares);
      }
      const variance = total(squares) / count;
      inverse = <f32>1 / sqrt<f32>(variance + epsilon);
      store<f32>(inverses + at, inverse);
      const taken = <f32>1 - kept;
      store<f32>(runningMeans + at, kept * load<f32>(runningMeans + at) + taken * mean);
      store<f32>(runningVariances + at, kept * load<f32>(runningVariances + at) + taken * variance);
    } else {
      mean = load<f32>(runningMeans + at);
      inverse = <f32>1 / sqrt<f32>(load<f32>(runningVariances + at) + epsilon);
    }
    const scale = v128.load32_splat(scales + at);
    const shift = v128.load32_splat(shifts + at);
    const slope = f32x4.splat(inverse);
    const offset = f32x4.splat(-mean * inverse);
    // Two vectors at a time: while one waits for its steps, the other goes on.
    for (let i: usize = 0; i < line; i += 32) {
      const normal = multiplyAdd(v128.load(normals + i), slope, offset);
      const normal2 = multiplyAdd(v128.load(normals + i, 16), slope, offset);
      const x = multiplyAdd(normal, scale, shift);
      const x2 = multiplyAdd(normal2, scale, shift);
      // mish as in `elementwise.ts`.
      const e = exponentialUpTo20(x);
      const e2 = exponentialUpTo20(x2);
      const n = multiplyAdd(e, e, f32x4.add(e, e));
      const n2 = multiplyAdd(e2, e2, f32x4.add(e2, e2));
      const inverted = f32x4.div(constant(12), f32x4.add(n, constant(13)));
      const inverted2 = f32x4.div(constant(12), f32x4.add(n2, constant(13)));
      const tangent = f32x4.mul(n, inverted);
      const tangent2 = f32x4.mul(n2, inverted2);
      let y = f32x4.mul(f32x4.mul(x, tangent), by);
      let y2 = f32x4.mul(f32x4.mul(x2, tangent2), by);
      if (accumulate) {
        y = f32x4.add(v128.load(target + i), y);
        y2 = f32x4.add(v128.load(target + i, 16), y2);
      }
      v128.store(target + i, y);
      v128.store(target + i, y2, 16);
      if (training) {
        // The slope of tanh(log(1 + e)) is 4 e (e + 1) / (n + 2)^2.
        const change = f32x4.mul(f32x4.mul(constant(14), multiplyAdd(e, e, e)), f32x4.mul(inverted, inverted));
        const change2 = f32x4.mul(f32x4.mul(constant(14), multiplyAdd(e2, e2, e2)), f32x4.mul(inverted2, inverted2));
        v128.store(normals + i, normal);
        v128.store(normals + i, normal2, 16);
        v128.store(slopes + i, f32x4.mul(multiplyAdd(x, change, tangent), by));
        v128.store(slopes + i, f32x4.mul(multiplyAdd(x2, change2, tangent2), by), 16);
      }
    }
    source += line;
    target += line;
    if (training) {
      normals += line;
      slopes += line;
    }
  }
}

/**
 * The way back of `activateGraph`: the gradient of its source (written), of its scales and its shifts (added).
 *
 * @param list of the matrix transposed, as `transposed` is the other way round
 * @param scratch room for one channel
 */
export function activateGraphBackward(
  matrix: usize,
  transposed: i32,
  list: usize,
  delta: usize,
  target: usize,
  channels: i32,
  vertices: i32,
  run: i32,
  scales: usize,
  scaleGradients: usize,
  shiftGradients: usize,
  normals: usize,
  slopes: usize,
  inverses: usize,
  scratch: usize,
): void {
  const step = <usize>run << 4;
  const line = <usize>vertices * step;
  const next = transposed ? line : step;
  const down = transposed ? step : line;
  const share = <f32>1 / <f32>(vertices * run * 4);
  for (let channel: usize = 0; channel < <usize>channels; channel++) {
    const at = channel << 2;
    let deltas = f32x4.splat(0);
    let products = f32x4.splat(0);
    for (let i: usize = 0; i < line; i += 16) {
      const d = f32x4.mul(v128.load(delta + i), v128.load(slopes + i));
      v128.store(scratch + i, d);
      deltas = f32x4.add(deltas, d);
      products = multiplyAdd(d, v128.load(normals + i), products);
    }
    const sum = total(deltas);
    const product = total(products);
    store<f32>(shiftGradients + at, load<f32>(shiftGradients + at) + sum);
    store<f32>(scaleGradients + at, load<f32>(scaleGradients + at) + product);
    const factor = load<f32>(scales + at) * load<f32>(inverses + at);
    const by = f32x4.splat(factor);
    const along = f32x4.splat(-factor * product * share);
    const plus = f32x4.splat(-factor * sum * share);
    for (let i: usize = 0; i < line; i += 16) {
      const flat = multiplyAdd(v128.load(normals + i), along, plus);
      v128.store(scratch + i, multiplyAdd(v128.load(scratch + i), by, flat));
    }
    sumNeighbours(matrix, list, down, next, scratch, target, vertices, step);
    delta += line;
    target += line;
    normals += line;
    slopes += line;
  }
}
