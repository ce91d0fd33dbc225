// Squared distances of one row to others, in 64-bit floats. Nothing is fused: both builds give the same to the last bit.

// @ts-ignore: decorator
@inline
function squared(own: v128, other: usize, sum: v128): v128 {
  const difference = f64x2.sub(own, v128.load(other));
  return f64x2.add(sum, f64x2.mul(difference, difference));
}

// @ts-ignore: decorator
@inline
function put(target: usize, sum: v128, scale: f64): void {
  store<f64>(target, (f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)) * scale);
}

/**
 * By differences.
 *
 * @param bytes of each row: whole vectors, filled up with zeros
 * @param others `count` rows, one after the other
 * @param target one number for each of them
 */
export function distancesDense(own: usize, others: usize, bytes: usize, count: i32, scale: f64, target: usize): void {
  const step: usize = 4 * bytes;
  let i = 0;
  // Four at a time, because each addition waits for the one before.
  for (; i + 4 <= count; i += 4) {
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (let k: usize = 0; k < bytes; k += 16) {
      const value = v128.load(own + k);
      const other = others + k;
      s0 = squared(value, other, s0);
      s1 = squared(value, other + bytes, s1);
      s2 = squared(value, other + 2 * bytes, s2);
      s3 = squared(value, other + 3 * bytes, s3);
    }
    put(target, s0, scale);
    put(target + 8, s1, scale);
    put(target + 16, s2, scale);
    put(target + 24, s3, scale);
    others += step;
    target += 32;
  }
  for (; i < count; i++) {
    let sum = f64x2.splat(0);
    for (let k: usize = 0; k < bytes; k += 16) sum = squared(v128.load(own + k), others + k, sum);
    put(target, sum, scale);
    others += bytes;
    target += 8;
  }
}

/**
 * By |a - b|^2 = |a|^2 + |b|^2 - 2 ab, for rows of which few numbers differ from zero.
 *
 * @param spread the row itself, a number for each column
 * @param square its squared length
 * @param starts count + 1: where the entries of each other row begin
 * @param entries (byte offset in `spread` as u32 in eight bytes, value)
 * @param squares the squared lengths of the other rows
 */
export function distancesSparse(
  spread: usize,
  square: f64,
  starts: usize,
  entries: usize,
  squares: usize,
  count: i32,
  scale: f64,
  target: usize,
): void {
  let entry = entries + (<usize>load<u32>(starts) << 4);
  for (let i = 0; i < count; i++) {
    starts += 4;
    const end = entries + (<usize>load<u32>(starts) << 4);
    let product: f64 = 0;
    for (; entry < end; entry += 16) product += load<f64>(entry, 8) * load<f64>(spread + <usize>load<u32>(entry));
    store<f64>(target, max<f64>(0, square + load<f64>(squares) - 2 * product) * scale);
    squares += 8;
    target += 8;
  }
}
