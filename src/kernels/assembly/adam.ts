import { accumulate } from "./accumulate";
import { multiplyAdd } from "./multiplyAdd";
import { packPanel, panelsOf, vectorsOf, widthOf } from "./panels";
import { GRADIENT, Row1, Row2, Row3, Row4, Row5, Row6, Row7, ZEROS } from "./row";

// Numbers of one update, f32 each, as the caller writes them.
const KEEP_MEAN: usize = 0;
const TAKE_MEAN: usize = 4;
const KEEP_SQUARE: usize = 8;
const TAKE_SQUARE: usize = 12;
const RATE: usize = 16;
const EPSILON: usize = 20;
const SCALE: usize = 24;
const DECAY: usize = 28;

/**
 * Gradient and Adam update of one panel in one pass, so that the gradient never leaves the first cache. The last row, the bias,
 * does not decay. Gives the sum of the squared weights before the update, the bias left out.
 */
function updatePanel<Row>(
  starts: usize,
  entries: usize,
  rows: i32,
  delta: usize,
  weights: usize,
  means: usize,
  squares: usize,
  numbers: usize,
): f64 {
  let sum = f32x4.splat(0);
  let entry = entries + (<usize>load<u32>(starts) << 3);
  for (let row = 1; row <= rows; row++) {
    starts += 4;
    const end = entries + (<usize>load<u32>(starts) << 3);
    accumulate<Row>(entry, end, delta, ZEROS, GRADIENT);
    entry = end;
    const isWeight = row < rows;
    const decay = isWeight ? v128.load32_splat(numbers, DECAY) : f32x4.splat(0);
    for (let i: usize = 0; i < offsetof<Row>(); i += 16) {
      const weight = v128.load(weights + i);
      const scaled = f32x4.mul(v128.load(GRADIENT + i), v128.load32_splat(numbers, SCALE));
      const gradient = multiplyAdd(weight, decay, scaled);
      const mean = multiplyAdd(
        v128.load32_splat(numbers, TAKE_MEAN),
        gradient,
        f32x4.mul(v128.load32_splat(numbers, KEEP_MEAN), v128.load(means + i)),
      );
      const square = multiplyAdd(
        f32x4.mul(v128.load32_splat(numbers, TAKE_SQUARE), gradient),
        gradient,
        f32x4.mul(v128.load32_splat(numbers, KEEP_SQUARE), v128.load(squares + i)),
      );
      v128.store(means + i, mean);
      v128.store(squares + i, square);
      const step = f32x4.div(
        f32x4.mul(v128.load32_splat(numbers, RATE), mean),
        f32x4.add(f32x4.sqrt(square), v128.load32_splat(numbers, EPSILON)),
      );
      v128.store(weights + i, f32x4.sub(weight, step));
      if (isWeight) sum = multiplyAdd(weight, weight, sum);
    }
    weights += offsetof<Row>();
    means += offsetof<Row>();
    squares += offsetof<Row>();
  }
  return (
    <f64>f32x4.extract_lane(sum, 0) +
    <f64>f32x4.extract_lane(sum, 1) +
    <f64>f32x4.extract_lane(sum, 2) +
    <f64>f32x4.extract_lane(sum, 3)
  );
}

/**
 * gradient = scale * lists * delta + decay * weights, then one step of Adam (Kingma and Ba, 2015) on weights, means
 * and squares, all three in panels of `rows` rows. The lists hold the transposed inputs of the layer with a row of ones at
 * the end.
 *
 * @param delta row-major, one row for each sample
 * @param scratch 112 bytes for each sample
 * @returns the sum of the squared weights before the update, without the bias
 */
export function update(
  starts: usize,
  entries: usize,
  rows: i32,
  delta: usize,
  deltaStride: i32,
  samples: i32,
  columns: i32,
  weights: usize,
  means: usize,
  squares: usize,
  numbers: usize,
  scratch: usize,
): f64 {
  const vectors = vectorsOf(columns);
  const count = panelsOf(vectors);
  let sum: f64 = 0;
  for (let number = 0, first = 0; number < count; number++) {
    const width = widthOf(number, vectors, count);
    packPanel(delta + (<usize>first << 4), deltaStride, samples, width, scratch);
    const offset = <usize>(rows * first) << 4;
    const w = weights + offset;
    const m = means + offset;
    const v = squares + offset;
    switch (width) {
      case 7:
        sum += updatePanel<Row7>(starts, entries, rows, scratch, w, m, v, numbers);
        break;
      case 6:
        sum += updatePanel<Row6>(starts, entries, rows, scratch, w, m, v, numbers);
        break;
      case 5:
        sum += updatePanel<Row5>(starts, entries, rows, scratch, w, m, v, numbers);
        break;
      case 4:
        sum += updatePanel<Row4>(starts, entries, rows, scratch, w, m, v, numbers);
        break;
      case 3:
        sum += updatePanel<Row3>(starts, entries, rows, scratch, w, m, v, numbers);
        break;
      case 2:
        sum += updatePanel<Row2>(starts, entries, rows, scratch, w, m, v, numbers);
        break;
      default:
        sum += updatePanel<Row1>(starts, entries, rows, scratch, w, m, v, numbers);
    }
    first += width;
  }
  return sum;
}
