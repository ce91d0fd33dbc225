/*
 * Average pooling with a window of 3x3, stride 1 and padding 1, where places beyond the edge do not count. The number of places
 * that count is a product of one for the row and one for the column, so that the sum over the window is taken along the
 * rows first, then along the columns: six additions for a place instead of nine, without a loop over the window.
 */

// @ts-ignore: decorator
@inline
function shareOf(place: i32, size: i32): f32 {
  const count = 1 + i32(place > 0) + i32(place < size - 1);
  return <f32>1 / <f32>count;
}

/** sums(i) = values(i - 1) + values(i) + values(i + 1) along the row, each value times its share where `weighted`. */
// @ts-ignore: decorator
@inline
function sumAlongRow(source: usize, sums: usize, width: i32, step: usize, weighted: bool, rowShare: f32): void {
  for (let column = 0; column < width; column++) {
    const here = weighted ? f32x4.splat(rowShare * shareOf(column, width)) : f32x4.splat(1);
    const before = weighted && column > 0 ? f32x4.splat(rowShare * shareOf(column - 1, width)) : f32x4.splat(1);
    const after = weighted && column < width - 1 ? f32x4.splat(rowShare * shareOf(column + 1, width)) : f32x4.splat(1);
    for (let i: usize = 0; i < step; i += 16) {
      let sum = v128.load(source + i);
      if (weighted) sum = f32x4.mul(sum, here);
      if (column > 0) {
        const value = v128.load(source + i - step);
        sum = f32x4.add(sum, weighted ? f32x4.mul(value, before) : value);
      }
      if (column < width - 1) {
        const value = v128.load(source + i + step);
        sum = f32x4.add(sum, weighted ? f32x4.mul(value, after) : value);
      }
      v128.store(sums + i, sum);
    }
    source += step;
    sums += step;
  }
}

/** target = mean over the window. `scratch` holds one channel. */
export function poolAverageSame(
  source: usize,
  target: usize,
  channels: i32,
  height: i32,
  width: i32,
  run: i32,
  scratch: usize,
): void {
  const step = <usize>run << 4;
  const row = <usize>width * step;
  for (let channel = 0; channel < channels; channel++) {
    for (let y = 0; y < height; y++) {
      sumAlongRow(source, scratch + <usize>y * row, width, step, false, 1);
      source += row;
    }
    for (let y = 0; y < height; y++) {
      const line = scratch + <usize>y * row;
      const rowShare = shareOf(y, height);
      for (let x = 0; x < width; x++) {
        const share = f32x4.splat(rowShare * shareOf(x, width));
        const place = line + <usize>x * step;
        for (let i = place, end = place + step; i < end; i += 16) {
          let sum = v128.load(i);
          if (y > 0) sum = f32x4.add(sum, v128.load(i - row));
          if (y < height - 1) sum = f32x4.add(sum, v128.load(i + row));
          v128.store(target, f32x4.mul(sum, share));
          target += 16;
        }
      }
    }
  }
}

/** target = the gradient of the mean, or added: the same sums of the deltas times their shares. */
export function poolAverageSameBackward(
  delta: usize,
  target: usize,
  channels: i32,
  height: i32,
  width: i32,
  run: i32,
  accumulate: i32,
  scratch: usize,
): void {
  const step = <usize>run << 4;
  const row = <usize>width * step;
  for (let channel = 0; channel < channels; channel++) {
    for (let y = 0; y < height; y++) {
      sumAlongRow(delta, scratch + <usize>y * row, width, step, true, shareOf(y, height));
      delta += row;
    }
    for (let y = 0; y < height; y++) {
      const line = scratch + <usize>y * row;
      for (let i = line, end = line + row; i < end; i += 16) {
        let sum = v128.load(i);
        if (y > 0) sum = f32x4.add(sum, v128.load(i - row));
        if (y < height - 1) sum = f32x4.add(sum, v128.load(i + row));
        v128.store(target, accumulate ? f32x4.add(v128.load(target), sum) : sum);
        target += 16;
      }
    }
  }
}
