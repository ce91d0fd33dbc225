import { multiplyAdd64 } from "./multiplyAdd64";

// Cholesky's factorisation A = L L', M = the transposed inverse of L, and A^-1 = M M'. All are sums of products along two
// contiguous rows, so a tile of 4 x 2 such sums does the work. What an element adds, and in which order, depends on its
// place only: rows may be computed together or appended one by one, with the same result to the last bit.

/** Rows that are computed together, so that what they are multiplied with is read from memory once for all of them. */
const BLOCK: i32 = 32;

// @ts-ignore: decorator
@inline
function both(sum: v128): f64 {
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** The products of rows a, a + stride, … (4) with rows b, b + stride, summed over `bytes` (whole vectors), to `out`: 4 x 2. */
function tile(a: usize, b: usize, stride: usize, bytes: usize, out: usize): void {
  const a1 = a + stride;
  const a2 = a1 + stride;
  const a3 = a2 + stride;
  const b1 = b + stride;
  let s00 = f64x2.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  for (let k: usize = 0; k < bytes; k += 16) {
    const y0 = v128.load(b + k);
    const y1 = v128.load(b1 + k);
    const x0 = v128.load(a + k);
    s00 = multiplyAdd64(x0, y0, s00);
    s01 = multiplyAdd64(x0, y1, s01);
    const x1 = v128.load(a1 + k);
    s10 = multiplyAdd64(x1, y0, s10);
    s11 = multiplyAdd64(x1, y1, s11);
    const x2 = v128.load(a2 + k);
    s20 = multiplyAdd64(x2, y0, s20);
    s21 = multiplyAdd64(x2, y1, s21);
    const x3 = v128.load(a3 + k);
    s30 = multiplyAdd64(x3, y0, s30);
    s31 = multiplyAdd64(x3, y1, s31);
  }
  store<f64>(out, both(s00), 0);
  store<f64>(out, both(s01), 8);
  store<f64>(out, both(s10), 16);
  store<f64>(out, both(s11), 24);
  store<f64>(out, both(s20), 32);
  store<f64>(out, both(s21), 40);
  store<f64>(out, both(s30), 48);
  store<f64>(out, both(s31), 56);
}

/** The same for one row a. */
function pair(a: usize, b: usize, stride: usize, bytes: usize, out: usize): void {
  const b1 = b + stride;
  let s0 = f64x2.splat(0);
  let s1 = s0;
  for (let k: usize = 0; k < bytes; k += 16) {
    const x = v128.load(a + k);
    s0 = multiplyAdd64(x, v128.load(b + k), s0);
    s1 = multiplyAdd64(x, v128.load(b1 + k), s1);
  }
  store<f64>(out, both(s0), 0);
  store<f64>(out, both(s1), 8);
}

/** Columns j and j + 1 of row i of the factor, from the sums at `sums`. False where the matrix is not positive definite. */
function finish(matrix: usize, stride: usize, i: i32, j: i32, columns: i32, sums: usize): bool {
  const row = matrix + <usize>i * stride + (<usize>j << 3);
  const first = matrix + <usize>j * stride + (<usize>j << 3);
  const value = load<f64>(row) - load<f64>(sums);
  if (i === j) {
    if (!(value > 0)) return false;
    store<f64>(row, Math.sqrt(value));
    return true;
  }
  const left = value / load<f64>(first);
  store<f64>(row, left);
  if (j + 1 >= columns) return true;
  const second = first + stride;
  const rest = load<f64>(row, 8) - load<f64>(sums, 8) - left * load<f64>(second);
  if (i === j + 1) {
    if (!(rest > 0)) return false;
    store<f64>(row, Math.sqrt(rest), 8);
  } else {
    store<f64>(row, rest / load<f64>(second, 8), 8);
  }
  return true;
}

/**
 * Rows `first` to `last` (exclusive) of the factor of a symmetric positive definite matrix, in place; the rows before are
 * factorised already. Only columns below `columns` and not above the diagonal are read and written.
 *
 * @param stride bytes from row to row, a multiple of 16; the columns hold one number more than there are where that is odd
 * @param scratch 64 bytes
 * @returns 0 where the matrix is not positive definite within rounding, else 1
 */
export function factorise(matrix: usize, stride: usize, first: i32, last: i32, columns: i32, scratch: usize): i32 {
  for (let top = first; top < last; top += BLOCK) {
    const bottom = min(top + BLOCK, last);
    const end = min(bottom, columns);
    for (let j = 0; j < end; j += 2) {
      const bytes = <usize>j << 3;
      const b = matrix + <usize>j * stride;
      let i = max(j, top);
      // The rows of the tile itself first: the others are divided by their diagonal.
      while (i < min(j + 2, bottom)) {
        pair(matrix + <usize>i * stride, b, stride, bytes, scratch);
        if (!finish(matrix, stride, i, j, columns, scratch)) return 0;
        i++;
      }
      for (; i + 4 <= bottom; i += 4) {
        tile(matrix + <usize>i * stride, b, stride, bytes, scratch);
        for (let part = 0; part < 4; part++) {
          finish(matrix, stride, i + part, j, columns, scratch + (<usize>part << 4));
        }
      }
      for (; i < bottom; i++) {
        pair(matrix + <usize>i * stride, b, stride, bytes, scratch);
        finish(matrix, stride, i, j, columns, scratch);
      }
    }
  }
  return 1;
}

/** Column i of rows j and j + 1 of the transposed inverse, i above j, from the sums of all products before column i & ~3. */
function finishInverse(factor: usize, inverse: usize, stride: usize, i: i32, j: i32, sums: usize): void {
  const row = factor + <usize>i * stride;
  const scale = -1.0 / load<f64>(row + (<usize>i << 3));
  for (let part = 0; part < 2; part++) {
    const target = inverse + <usize>(j + part) * stride;
    let sum = load<f64>(sums + (<usize>part << 3));
    for (let k = i & ~3; k < i; k++) {
      const place = <usize>k << 3;
      sum += load<f64>(row + place) * load<f64>(target + place);
    }
    if (j + part < i) store<f64>(target + (<usize>i << 3), sum * scale);
    else if (j + part === i) store<f64>(target + (<usize>i << 3), -scale);
  }
}

/**
 * Columns `first` to `last` (exclusive) of M, the transposed inverse of a factor: M[j][i] = (L^-1)[i][j]. The columns before are
 * there already, and all others hold zeros, also one row and column more where `last` is odd.
 *
 * @param scratch 64 bytes
 */
export function invertFactor(factor: usize, inverse: usize, stride: usize, first: i32, last: i32, scratch: usize): void {
  for (let top = first; top < last; ) {
    const bottom = min((top & ~(BLOCK - 1)) + BLOCK, last);
    for (let j = 0; j < bottom; j += 2) {
      const start = <usize>j << 3;
      const b = inverse + <usize>j * stride + start;
      let i = max(top, j);
      while (i < bottom) {
        const base = i & ~3;
        const bytes = base > j ? <usize>(base - j) << 3 : 0;
        const a = factor + <usize>i * stride + start;
        if (base === i && i + 4 <= bottom) {
          tile(a, b, stride, bytes, scratch);
          for (let part = 0; part < 4; part++) {
            finishInverse(factor, inverse, stride, i + part, j, scratch + (<usize>part << 4));
          }
          i += 4;
        } else {
          pair(a, b, stride, bytes, scratch);
          finishInverse(factor, inverse, stride, i, j, scratch);
          i++;
        }
      }
    }
    top = bottom;
  }
}

/**
 * The lower triangle of A^-1 = M M' (elements a little above the diagonal are written too).
 *
 * @param size a multiple of four: rows and columns beyond those of A hold zeros
 * @param scratch 64 bytes
 */
export function invertFromFactor(inverse: usize, target: usize, stride: usize, size: i32, scratch: usize): void {
  for (let top = 0; top < size; top += BLOCK) {
    const bottom = min(top + BLOCK, size);
    for (let j = 0; j < bottom; j += 2) {
      for (let i = max(top, j & ~3); i < bottom; i += 4) {
        const start = <usize>i << 3;
        const bytes = <usize>(size - i) << 3;
        tile(inverse + <usize>i * stride + start, inverse + <usize>j * stride + start, stride, bytes, scratch);
        const place = target + <usize>i * stride + (<usize>j << 3);
        for (let part: usize = 0; part < 4; part++) v128.store(place + part * stride, v128.load(scratch + (part << 4)));
      }
    }
  }
}
