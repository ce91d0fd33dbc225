/*
 * Sums over lists of samples: what graph networks need whose vertices are computed once for all graphs that share them. Samples
 * are the last axis, so that four channels go through a list at a time. Lists hold byte offsets.
 */

/**
 * target(c, s) = bias(c) + sum over the list of s of source(c, entry).
 *
 * @param channels a multiple of four
 * @param starts for each s the place in `entries` where its list starts; one more at the end
 * @param sourceLine, targetLine bytes from channel to channel
 */
export function addLinked(
  source: usize,
  sourceLine: i32,
  target: usize,
  targetLine: i32,
  channels: i32,
  starts: usize,
  entries: usize,
  samples: i32,
  bias: usize,
): void {
  const line = <usize>sourceLine;
  const row = <usize>targetLine;
  for (let channel = 0; channel < channels; channel += 4) {
    let entry = entries;
    let to = target;
    const a0 = load<f32>(bias);
    const b0 = load<f32>(bias, 4);
    const c0 = load<f32>(bias, 8);
    const d0 = load<f32>(bias, 12);
    for (let sample = 0; sample < samples; sample++) {
      const end = entries + (<usize>load<i32>(starts + (<usize>(sample + 1) << 2)) << 2);
      let a = a0;
      let b = b0;
      let c = c0;
      let d = d0;
      for (; entry < end; entry += 4) {
        const from = source + <usize>load<i32>(entry);
        a += load<f32>(from);
        b += load<f32>(from + line);
        c += load<f32>(from + 2 * line);
        d += load<f32>(from + 3 * line);
      }
      store<f32>(to, a);
      store<f32>(to + row, b);
      store<f32>(to + 2 * row, c);
      store<f32>(to + 3 * row, d);
      to += 4;
    }
    source += 4 * line;
    target += 4 * row;
    bias += 16;
  }
}

/** Adds the gradients of `addLinked`: of its source, and of its bias. */
export function addLinkedBackward(
  delta: usize,
  deltaLine: i32,
  target: usize,
  targetLine: i32,
  channels: i32,
  starts: usize,
  entries: usize,
  samples: i32,
  biasGradient: usize,
): void {
  const line = <usize>deltaLine;
  const row = <usize>targetLine;
  for (let channel = 0; channel < channels; channel += 4) {
    let entry = entries;
    let from = delta;
    let sum0: f32 = 0;
    let sum1: f32 = 0;
    let sum2: f32 = 0;
    let sum3: f32 = 0;
    for (let sample = 0; sample < samples; sample++) {
      const end = entries + (<usize>load<i32>(starts + (<usize>(sample + 1) << 2)) << 2);
      const a = load<f32>(from);
      const b = load<f32>(from + line);
      const c = load<f32>(from + 2 * line);
      const d = load<f32>(from + 3 * line);
      sum0 += a;
      sum1 += b;
      sum2 += c;
      sum3 += d;
      for (; entry < end; entry += 4) {
        const to = target + <usize>load<i32>(entry);
        store<f32>(to, load<f32>(to) + a);
        store<f32>(to + row, load<f32>(to + row) + b);
        store<f32>(to + 2 * row, load<f32>(to + 2 * row) + c);
        store<f32>(to + 3 * row, load<f32>(to + 3 * row) + d);
      }
      from += 4;
    }
    store<f32>(biasGradient, load<f32>(biasGradient) + sum0);
    store<f32>(biasGradient, load<f32>(biasGradient, 4) + sum1, 4);
    store<f32>(biasGradient, load<f32>(biasGradient, 8) + sum2, 8);
    store<f32>(biasGradient, load<f32>(biasGradient, 12) + sum3, 12);
    delta += 4 * line;
    target += 4 * row;
    biasGradient += 16;
  }
}
