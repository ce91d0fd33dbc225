import { addMish, PER_LN2, storeMish } from "./mish";
import { multiplyAdd } from "./multiplyAdd";

/*
 * Graph convolutions with batch normalisation and mish. Every vertex of every graph is a row of channels. A product with the
 * weights (graphProduct.ts) gives rows of `directions` times `width` channels; each row of the result adds up what it is linked
 * to, in each direction its own half. Then come normalisation and activation, and the mean of the directions.
 *
 * Links of row r in direction d are the numbers of rows from entries[starts[2 r + d]] to entries[starts[2 r + d + 1]]; on the way
 * back those of direction 1 - d. Widths are multiples of 16.
 */

/** Sixteen channels of a row: a cache line. */
const STRIP: usize = 64;

/** target = the sum over the links of a row, for sixteen channels, or added. */
// @ts-ignore: decorator
@inline
function addLinks(source: usize, size: usize, starts: usize, entries: usize, target: usize, accumulate: i32): void {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  if (accumulate) {
    a = v128.load(target);
    b = v128.load(target, 16);
    c = v128.load(target, 32);
    d = v128.load(target, 48);
  }
  const end = entries + (<usize>load<u32>(starts, 4) << 2);
  for (let entry = entries + (<usize>load<u32>(starts) << 2); entry < end; entry += 4) {
    const from = source + <usize>load<u32>(entry) * size;
    a = f32x4.add(a, v128.load(from));
    b = f32x4.add(b, v128.load(from, 16));
    c = f32x4.add(c, v128.load(from, 32));
    d = f32x4.add(d, v128.load(from, 48));
  }
  v128.store(target, a);
  v128.store(target, b, 16);
  v128.store(target, c, 32);
  v128.store(target, d, 48);
}

/** Mean and variance of the sixteen channels of a strip: eight vectors at `target`. */
function measureStrip(strip: usize, rows: i32, target: usize): void {
  const end = strip + <usize>rows * STRIP;
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (let at = strip; at < end; at += STRIP) {
    a = f32x4.add(a, v128.load(at));
    b = f32x4.add(b, v128.load(at, 16));
    c = f32x4.add(c, v128.load(at, 32));
    d = f32x4.add(d, v128.load(at, 48));
  }
  const share = f32x4.splat(<f32>1 / <f32>rows);
  const meanA = f32x4.mul(a, share);
  const meanB = f32x4.mul(b, share);
  const meanC = f32x4.mul(c, share);
  const meanD = f32x4.mul(d, share);
  a = f32x4.splat(0);
  b = a;
  c = a;
  d = a;
  for (let at = strip; at < end; at += STRIP) {
    const fromA = f32x4.sub(v128.load(at), meanA);
    const fromB = f32x4.sub(v128.load(at, 16), meanB);
    const fromC = f32x4.sub(v128.load(at, 32), meanC);
    const fromD = f32x4.sub(v128.load(at, 48), meanD);
    a = multiplyAdd(fromA, fromA, a);
    b = multiplyAdd(fromB, fromB, b);
    c = multiplyAdd(fromC, fromC, c);
    d = multiplyAdd(fromD, fromD, d);
  }
  v128.store(target, meanA);
  v128.store(target, meanB, 16);
  v128.store(target, meanC, 32);
  v128.store(target, meanD, 48);
  v128.store(target, f32x4.mul(a, share), 64);
  v128.store(target, f32x4.mul(b, share), 80);
  v128.store(target, f32x4.mul(c, share), 96);
  v128.store(target, f32x4.mul(d, share), 112);
}

/** An eighth of a kilobyte for what `measureStrip` and `normaliseRowsBackward` find out about a strip. */
const MEASURES = memory.data(128, 16);

/**
 * target(r) = factor * the sum over the directions of mish(normalised(sum over the links of r)), with the statistics of the batch.
 * What the way back needs is kept strip by strip, rows in order: the normalised numbers, and factor times the slope of mish; and
 * 1 / deviation.
 */
export function normaliseRows(
  source: usize,
  starts: usize,
  entries: usize,
  rows: i32,
  width: i32,
  directions: i32,
  target: usize,
  factor: f32,
  scales: usize,
  shifts: usize,
  runningMeans: usize,
  runningVariances: usize,
  kept: f32,
  epsilon: f32,
  normals: usize,
  slopes: usize,
  inverses: usize,
): void {
  const row = <usize>width << 2;
  const size = row * <usize>directions;
  const stays = f32x4.splat(kept);
  const taken = f32x4.splat(<f32>1 - kept);
  for (let direction = 0; direction < directions; direction++) {
    for (let strip: usize = 0; strip < row; strip += STRIP) {
      const end = normals + <usize>rows * STRIP;
      let start = starts + (<usize>direction << 2);
      for (let at = normals; at < end; at += STRIP) {
        addLinks(source, size, start, entries, at, 0);
        start += 8;
      }
      measureStrip(normals, rows, MEASURES);
      for (let j: usize = 0; j < STRIP; j += 16) {
        const mean = v128.load(MEASURES + j);
        const variance = v128.load(MEASURES + j, 64);
        v128.store(
          runningMeans,
          f32x4.add(f32x4.mul(stays, v128.load(runningMeans)), f32x4.mul(taken, mean)),
        );
        v128.store(
          runningVariances,
          f32x4.add(f32x4.mul(stays, v128.load(runningVariances)), f32x4.mul(taken, variance)),
        );
        const inverse = f32x4.div(f32x4.splat(1), f32x4.sqrt(f32x4.add(variance, f32x4.splat(epsilon))));
        v128.store(inverses, inverse);
        storeMish(
          normals + j,
          end,
          inverse,
          f32x4.neg(f32x4.mul(mean, inverse)),
          f32x4.mul(v128.load(scales), f32x4.splat(PER_LN2)),
          f32x4.mul(v128.load(shifts), f32x4.splat(PER_LN2)),
          factor,
          target + strip + j,
          row,
          direction,
          slopes + j,
        );
        scales += 16;
        shifts += 16;
        runningMeans += 16;
        runningVariances += 16;
        inverses += 16;
      }
      normals = end;
      slopes += <usize>rows * STRIP;
      source += STRIP;
    }
  }
}

/**
 * The way back of `normaliseRows`: the gradient of its source, whose rows are `sourceRows`, and those of scales and shifts (added).
 *
 * @param starts, entries the links turned round: which rows take something from a row of the source
 * @param scratch room for a strip
 */
export function normaliseRowsBackward(
  delta: usize,
  starts: usize,
  entries: usize,
  rows: i32,
  width: i32,
  directions: i32,
  target: usize,
  sourceRows: i32,
  accumulate: i32,
  scales: usize,
  scaleGradients: usize,
  shiftGradients: usize,
  normals: usize,
  slopes: usize,
  inverses: usize,
  scratch: usize,
): void {
  const row = <usize>width << 2;
  const size = row * <usize>directions;
  const share = f32x4.splat(<f32>-1 / <f32>rows);
  const stripBytes = <usize>rows * STRIP;
  for (let direction = 0; direction < directions; direction++) {
    const back = starts + (<usize>(directions - 1 - direction) << 2);
    for (let strip: usize = 0; strip < row; strip += STRIP) {
      let from = delta + strip;
      let a = f32x4.splat(0);
      let b = a;
      let c = a;
      let d = a;
      let productA = a;
      let productB = a;
      let productC = a;
      let productD = a;
      for (let at: usize = 0; at < stripBytes; at += STRIP) {
        let x = f32x4.mul(v128.load(from), v128.load(slopes + at));
        v128.store(scratch + at, x);
        a = f32x4.add(a, x);
        productA = multiplyAdd(x, v128.load(normals + at), productA);
        x = f32x4.mul(v128.load(from, 16), v128.load(slopes + at, 16));
        v128.store(scratch + at, x, 16);
        b = f32x4.add(b, x);
        productB = multiplyAdd(x, v128.load(normals + at, 16), productB);
        x = f32x4.mul(v128.load(from, 32), v128.load(slopes + at, 32));
        v128.store(scratch + at, x, 32);
        c = f32x4.add(c, x);
        productC = multiplyAdd(x, v128.load(normals + at, 32), productC);
        x = f32x4.mul(v128.load(from, 48), v128.load(slopes + at, 48));
        v128.store(scratch + at, x, 48);
        d = f32x4.add(d, x);
        productD = multiplyAdd(x, v128.load(normals + at, 48), productD);
        from += row;
      }
      v128.store(MEASURES, a);
      v128.store(MEASURES, b, 16);
      v128.store(MEASURES, c, 32);
      v128.store(MEASURES, d, 48);
      v128.store(MEASURES, productA, 64);
      v128.store(MEASURES, productB, 80);
      v128.store(MEASURES, productC, 96);
      v128.store(MEASURES, productD, 112);
      for (let j: usize = 0; j < STRIP; j += 16) {
        const sum = v128.load(MEASURES + j);
        const product = v128.load(MEASURES + j, 64);
        v128.store(shiftGradients, f32x4.add(v128.load(shiftGradients), sum));
        v128.store(scaleGradients, f32x4.add(v128.load(scaleGradients), product));
        const by = f32x4.mul(v128.load(scales), v128.load(inverses));
        const along = f32x4.mul(f32x4.mul(by, product), share);
        const plus = f32x4.mul(f32x4.mul(by, sum), share);
        for (let at: usize = j; at < stripBytes; at += STRIP) {
          const flat = multiplyAdd(v128.load(normals + at), along, plus);
          v128.store(scratch + at, multiplyAdd(v128.load(scratch + at), by, flat));
        }
        scales += 16;
        inverses += 16;
        scaleGradients += 16;
        shiftGradients += 16;
      }
      let to = target;
      let start = back;
      for (let r = 0; r < sourceRows; r++) {
        addLinks(scratch, STRIP, start, entries, to, accumulate);
        start += 8;
        to += size;
      }
      target += STRIP;
      normals += stripBytes;
      slopes += stripBytes;
    }
  }
}

/**
 * Normalisation by running statistics as one product and one sum, for `activateRows`: of numbers it makes normalised ones / ln 2.
 *
 * @param width channels of each direction
 */
export function foldNormalisation(
  width: i32,
  directions: i32,
  scales: usize,
  shifts: usize,
  means: usize,
  variances: usize,
  epsilon: f32,
  target: usize,
): void {
  const bytes = <usize>(width * directions) << 2;
  const row = <usize>width << 2;
  const perLn2 = f32x4.splat(PER_LN2);
  for (let at: usize = 0; at < row; at += 16) {
    for (let from = at; from < bytes; from += row) {
      const deviation = f32x4.sqrt(f32x4.add(v128.load(variances + from), f32x4.splat(epsilon)));
      const scale = f32x4.div(v128.load(scales + from), deviation);
      const shift = f32x4.sub(v128.load(shifts + from), f32x4.mul(v128.load(means + from), scale));
      v128.store(target, f32x4.mul(scale, perLn2));
      v128.store(target, f32x4.mul(shift, perLn2), 16);
      target += 32;
    }
  }
}

/**
 * `normaliseRows` with running statistics, as `foldNormalisation` has put them. A row depends on nothing but its links.
 *
 * @param size bytes from row to row of the source
 * @param scratch room for `directions` rows of the target
 */
export function activateRows(
  source: usize,
  size: i32,
  starts: usize,
  entries: usize,
  rows: i32,
  width: i32,
  directions: i32,
  folded: usize,
  factor: f32,
  target: usize,
  scratch: usize,
): void {
  const row = <usize>width << 2;
  for (let r = 0; r < rows; r++) {
    let from = source;
    let to = scratch;
    for (let direction: usize = 0; direction < <usize>directions; direction++) {
      for (const end = to + row; to < end; to += STRIP) {
        addLinks(from, <usize>size, starts + (direction << 2), entries, to, 0);
        from += STRIP;
      }
    }
    addMish(scratch, row, directions, folded, factor, target);
    starts += 8;
    target += row;
  }
}

/** target(r) = the sum of two rows, one of each table, whose numbers lie one after the other at `places`. */
export function joinSides(along: usize, against: usize, places: usize, rows: i32, width: i32, target: usize): void {
  const row = <usize>width << 2;
  for (let r = 0; r < rows; r++) {
    let left = along + <usize>load<u32>(places) * row;
    let right = against + <usize>load<u32>(places, 4) * row;
    for (const end = target + row; target < end; target += STRIP) {
      v128.store(target, f32x4.add(v128.load(left), v128.load(right)));
      v128.store(target, f32x4.add(v128.load(left, 16), v128.load(right, 16)), 16);
      v128.store(target, f32x4.add(v128.load(left, 32), v128.load(right, 32)), 32);
      v128.store(target, f32x4.add(v128.load(left, 48), v128.load(right, 48)), 48);
      left += STRIP;
      right += STRIP;
    }
    places += 8;
  }
}
