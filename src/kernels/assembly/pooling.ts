/*
 * Poolings of tensors channel by channel, row by row, place by place, with `run` vectors to a place. Windows that reach
 * beyond the edge count the places inside only.
 */

// @ts-ignore: decorator
@inline
function firstOf(place: i32, stride: i32, padding: i32): i32 {
  return max(0, place * stride - padding);
}

// @ts-ignore: decorator
@inline
function endOf(place: i32, stride: i32, padding: i32, window: i32, size: i32): i32 {
  return min(size, place * stride - padding + window);
}

/** target = mean over the window. */
export function poolAverage(
  source: usize,
  target: usize,
  channels: i32,
  height: i32,
  width: i32,
  run: i32,
  window: i32,
  stride: i32,
  padding: i32,
  outHeight: i32,
  outWidth: i32,
): void {
  const step = <usize>run << 4;
  const plane = <usize>(height * width) * step;
  for (let channel = 0; channel < channels; channel++) {
    for (let row = 0; row < outHeight; row++) {
      const top = firstOf(row, stride, padding);
      const bottom = endOf(row, stride, padding, window, height);
      for (let column = 0; column < outWidth; column++) {
        const left = firstOf(column, stride, padding);
        const right = endOf(column, stride, padding, window, width);
        const share = f32x4.splat(<f32>1 / <f32>((bottom - top) * (right - left)));
        for (let i: usize = 0; i < step; i += 16) {
          let sum = f32x4.splat(0);
          for (let y = top; y < bottom; y++) {
            let from = source + <usize>(y * width + left) * step + i;
            for (let x = left; x < right; x++) {
              sum = f32x4.add(sum, v128.load(from));
              from += step;
            }
          }
          v128.store(target + i, f32x4.mul(sum, share));
        }
        target += step;
      }
    }
    source += plane;
  }
}

/** target += the gradient of the mean; the caller clears it first where it does not add. */
export function poolAverageBackward(
  delta: usize,
  target: usize,
  channels: i32,
  height: i32,
  width: i32,
  run: i32,
  window: i32,
  stride: i32,
  padding: i32,
  outHeight: i32,
  outWidth: i32,
): void {
  const step = <usize>run << 4;
  const plane = <usize>(height * width) * step;
  for (let channel = 0; channel < channels; channel++) {
    for (let row = 0; row < outHeight; row++) {
      const top = firstOf(row, stride, padding);
      const bottom = endOf(row, stride, padding, window, height);
      for (let column = 0; column < outWidth; column++) {
        const left = firstOf(column, stride, padding);
        const right = endOf(column, stride, padding, window, width);
        const share = f32x4.splat(<f32>1 / <f32>((bottom - top) * (right - left)));
        for (let i: usize = 0; i < step; i += 16) {
          const part = f32x4.mul(v128.load(delta + i), share);
          for (let y = top; y < bottom; y++) {
            let to = target + <usize>(y * width + left) * step + i;
            for (let x = left; x < right; x++) {
              v128.store(to, f32x4.add(v128.load(to), part));
              to += step;
            }
          }
        }
        delta += step;
      }
    }
    target += plane;
  }
}

/** target = largest of the window. */
export function poolMaximum(
  source: usize,
  target: usize,
  channels: i32,
  height: i32,
  width: i32,
  run: i32,
  window: i32,
  stride: i32,
  padding: i32,
  outHeight: i32,
  outWidth: i32,
): void {
  const step = <usize>run << 4;
  const plane = <usize>(height * width) * step;
  for (let channel = 0; channel < channels; channel++) {
    for (let row = 0; row < outHeight; row++) {
      const top = firstOf(row, stride, padding);
      const bottom = endOf(row, stride, padding, window, height);
      for (let column = 0; column < outWidth; column++) {
        const left = firstOf(column, stride, padding);
        const right = endOf(column, stride, padding, window, width);
        for (let i: usize = 0; i < step; i += 16) {
          let best = v128.load(source + <usize>(top * width + left) * step + i);
          for (let y = top; y < bottom; y++) {
            let from = source + <usize>(y * width + left) * step + i;
            for (let x = left; x < right; x++) {
              best = f32x4.max(best, v128.load(from));
              from += step;
            }
          }
          v128.store(target + i, best);
        }
        target += step;
      }
    }
    source += plane;
  }
}

/** target += delta at the first place of the window that holds the largest number. */
export function poolMaximumBackward(
  source: usize,
  output: usize,
  delta: usize,
  target: usize,
  channels: i32,
  height: i32,
  width: i32,
  run: i32,
  window: i32,
  stride: i32,
  padding: i32,
  outHeight: i32,
  outWidth: i32,
): void {
  const step = <usize>run << 4;
  const plane = <usize>(height * width) * step;
  for (let channel = 0; channel < channels; channel++) {
    for (let row = 0; row < outHeight; row++) {
      const top = firstOf(row, stride, padding);
      const bottom = endOf(row, stride, padding, window, height);
      for (let column = 0; column < outWidth; column++) {
        const left = firstOf(column, stride, padding);
        const right = endOf(column, stride, padding, window, width);
        for (let i: usize = 0; i < step; i += 16) {
          const best = v128.load(output + i);
          const part = v128.load(delta + i);
          let open = i32x4.splat(-1);
          for (let y = top; y < bottom; y++) {
            let offset = <usize>(y * width + left) * step + i;
            for (let x = left; x < right; x++) {
              const hit = v128.and(f32x4.eq(v128.load(source + offset), best), open);
              open = v128.andnot(open, hit);
              v128.store(target + offset, f32x4.add(v128.load(target + offset), v128.and(part, hit)));
              offset += step;
            }
          }
        }
        output += step;
        delta += step;
      }
    }
    source += plane;
    target += plane;
  }
}

/** target(o, i) = factor * sum over the middle axis of source(o, m, i), `inner` vectors long; or added. */
export function sumMiddle(
  source: usize,
  target: usize,
  outer: i32,
  middle: i32,
  inner: i32,
  factor: f32,
  accumulate: i32,
): void {
  const step = <usize>inner << 4;
  const by = f32x4.splat(factor);
  for (let o = 0; o < outer; o++) {
    for (let i: usize = 0; i < step; i += 16) {
      let sum = f32x4.splat(0);
      let from = source + i;
      for (let m = 0; m < middle; m++) {
        sum = f32x4.add(sum, v128.load(from));
        from += step;
      }
      sum = f32x4.mul(sum, by);
      v128.store(target + i, accumulate ? f32x4.add(v128.load(target + i), sum) : sum);
    }
    source += <usize>middle * step;
    target += step;
  }
}

/** target(o, m, i) = factor * source(o, i) for each m of the middle axis; or added. The way back of `sumMiddle`. */
export function spreadMiddle(
  source: usize,
  target: usize,
  outer: i32,
  middle: i32,
  inner: i32,
  factor: f32,
  accumulate: i32,
): void {
  const step = <usize>inner << 4;
  const by = f32x4.splat(factor);
  for (let o = 0; o < outer; o++) {
    for (let m = 0; m < middle; m++) {
      for (let i: usize = 0; i < step; i += 16) {
        const part = f32x4.mul(v128.load(source + i), by);
        v128.store(target + i, accumulate ? f32x4.add(v128.load(target + i), part) : part);
      }
      target += step;
    }
    source += step;
  }
}

/** target(o, m, i) = source(o, m, i) * factor(o, i) for each m of the middle axis; or added. */
export function multiplySpread(
  source: usize,
  factors: usize,
  target: usize,
  outer: i32,
  middle: i32,
  inner: i32,
  accumulate: i32,
): void {
  const step = <usize>inner << 4;
  for (let o = 0; o < outer; o++) {
    for (let m = 0; m < middle; m++) {
      for (let i: usize = 0; i < step; i += 16) {
        const product = f32x4.mul(v128.load(source + i), v128.load(factors + i));
        v128.store(target + i, accumulate ? f32x4.add(v128.load(target + i), product) : product);
      }
      source += step;
      target += step;
    }
    factors += step;
  }
}

/** target(o, i) = sum over the middle axis of first(o, m, i) * second(o, m, i); or added. */
export function sumProducts(
  first: usize,
  second: usize,
  target: usize,
  outer: i32,
  middle: i32,
  inner: i32,
  accumulate: i32,
): void {
  const step = <usize>inner << 4;
  const size = <usize>middle * step;
  for (let o = 0; o < outer; o++) {
    for (let i: usize = 0; i < step; i += 16) {
      let sum = accumulate ? v128.load(target + i) : f32x4.splat(0);
      for (let m: usize = i; m < size; m += step) {
        sum = f32x4.add(sum, f32x4.mul(v128.load(first + m), v128.load(second + m)));
      }
      v128.store(target + i, sum);
    }
    first += size;
    second += size;
    target += step;
  }
}
