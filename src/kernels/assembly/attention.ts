import { exponential } from "./exponential";
import { multiplyAdd } from "./multiplyAdd";

/*
 * Attention among the vertices of graphs, whose rows lie one after the other, each of `width` channels, a multiple of 16. The
 * product of a query and a key counts where the row heeds the other: the rows that it is linked to in the given direction
 * (graphConvolution.ts says how). Elsewhere it counts as 0, so that all of these have one share of the attention.
 */

/** So much less than the largest score, that nothing is left of a share. */
const NOTHING: f32 = -1000;

function innerProduct(left: usize, right: usize, bytes: usize): f32 {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (let at: usize = 0; at < bytes; at += 64) {
    a = multiplyAdd(v128.load(left + at), v128.load(right + at), a);
    b = multiplyAdd(v128.load(left + at, 16), v128.load(right + at, 16), b);
    c = multiplyAdd(v128.load(left + at, 32), v128.load(right + at, 32), c);
    d = multiplyAdd(v128.load(left + at, 48), v128.load(right + at, 48), d);
  }
  a = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
  a = f32x4.add(a, v128.shuffle<f32>(a, a, 2, 3, 0, 1));
  a = f32x4.add(a, v128.shuffle<f32>(a, a, 1, 0, 3, 2));
  return f32x4.extract_lane(a, 0);
}

/** target = the sum of `count` rows. */
function addRows(source: usize, count: i32, bytes: usize, target: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    let sum = v128.load(source + at);
    let from = source + at;
    for (let row = 1; row < count; row++) {
      from += bytes;
      sum = f32x4.add(sum, v128.load(from));
    }
    v128.store(target + at, sum);
  }
}

/** target += factor * source. */
function addTimes(factor: f32, source: usize, target: usize, bytes: usize): void {
  const by = f32x4.splat(factor);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(target + at, multiplyAdd(by, v128.load(source + at), v128.load(target + at)));
  }
}

/**
 * target(i) = features(i) + sum over all vertices j of a graph of share(i, j) * values(j), the shares of a row being the softmax of
 * its scores.
 *
 * @param places the row of the features that belongs to each row; 0: the same one
 * @param shares for each entry of the links how much larger its share is than that of what is not heeded
 * @param common for each row the share of each vertex that is not heeded
 * @param scratch room for V + 4 numbers and for a row
 */
export function attend(
  queries: usize,
  keys: usize,
  values: usize,
  features: usize,
  places: usize,
  width: i32,
  graphs: i32,
  vertices: i32,
  starts: usize,
  entries: usize,
  direction: i32,
  target: usize,
  shares: usize,
  common: usize,
  scratch: usize,
): void {
  const row = <usize>width << 2;
  const all = scratch + (<usize>((vertices + 7) >> 2) << 4);
  starts += <usize>direction << 2;
  for (let graph = 0, base = 0; graph < graphs; graph++, base += vertices) {
    addRows(values + <usize>base * row, vertices, row, all);
    for (let i = base; i < base + vertices; i++) {
      const start = load<i32>(starts);
      const count = load<i32>(starts, 4) - start;
      const list = entries + (<usize>start << 2);
      const own = shares + (<usize>start << 2);
      const query = queries + <usize>i * row;
      const others = vertices - count;
      let largest: f32 = others > 0 ? 0 : -f32.MAX_VALUE;
      for (let j = 0; j < count; j++) {
        const key = keys + <usize>load<u32>(list + (<usize>j << 2)) * row;
        const score = innerProduct(query, key, row);
        store<f32>(scratch + (<usize>j << 2), score);
        largest = max<f32>(largest, score);
      }
      // Behind them that of all others, and enough to fill a vector.
      store<f32>(scratch + (<usize>count << 2), others > 0 ? 0 : largest + NOTHING);
      for (let j = count + 1; j & 3; j++) store<f32>(scratch + (<usize>j << 2), largest + NOTHING);
      const bytes = <usize>(count + 1) << 2;
      for (let at: usize = 0; at < bytes; at += 16) {
        v128.store(scratch + at, exponential(f32x4.sub(v128.load(scratch + at), f32x4.splat(largest))));
      }
      const rest = load<f32>(scratch + (<usize>count << 2));
      let sum = <f32>others * rest;
      for (let j = 0; j < count; j++) sum += load<f32>(scratch + (<usize>j << 2));
      const inverse = <f32>1 / sum;
      const share = rest * inverse;
      store<f32>(common, share);
      for (let j = 0; j < count; j++) {
        store<f32>(own + (<usize>j << 2), load<f32>(scratch + (<usize>j << 2)) * inverse - share);
      }
      const by = f32x4.splat(share);
      const feature = features + <usize>(places ? load<i32>(places + (<usize>i << 2)) : i) * row;
      for (let at: usize = 0; at < row; at += 16) {
        v128.store(target + at, multiplyAdd(by, v128.load(all + at), v128.load(feature + at)));
      }
      for (let j = 0; j < count; j++) {
        const value = values + <usize>load<u32>(list + (<usize>j << 2)) * row;
        addTimes(load<f32>(own + (<usize>j << 2)), value, target, row);
      }
      target += row;
      starts += 8;
      common += 4;
    }
  }
}

/** The way back of `attend`: adds the gradients of queries, keys and values. */
export function attendBackward(
  delta: usize,
  queries: usize,
  keys: usize,
  values: usize,
  width: i32,
  graphs: i32,
  vertices: i32,
  starts: usize,
  entries: usize,
  direction: i32,
  shares: usize,
  common: usize,
  queryGradient: usize,
  keyGradient: usize,
  valueGradient: usize,
  scratch: usize,
): void {
  const row = <usize>width << 2;
  const all = scratch + (<usize>((vertices + 7) >> 2) << 4);
  const toAll = all + row;
  starts += <usize>direction << 2;
  for (let graph = 0, base = 0; graph < graphs; graph++, base += vertices) {
    addRows(values + <usize>base * row, vertices, row, all);
    memory.fill(toAll, 0, row);
    for (let i = base; i < base + vertices; i++) {
      const start = load<i32>(starts);
      const count = load<i32>(starts, 4) - start;
      const list = entries + (<usize>start << 2);
      const own = shares + (<usize>start << 2);
      const at = <usize>i * row;
      const out = delta + at;
      const share = load<f32>(common);
      // The sum over all vertices of share * gradient of the share.
      let mean = share * innerProduct(out, all, row);
      for (let j = 0; j < count; j++) {
        const value = values + <usize>load<u32>(list + (<usize>j << 2)) * row;
        const gradient = innerProduct(out, value, row);
        store<f32>(scratch + (<usize>j << 2), gradient);
        mean += load<f32>(own + (<usize>j << 2)) * gradient;
      }
      for (let j = 0; j < count; j++) {
        const place = <usize>load<u32>(list + (<usize>j << 2)) * row;
        const extra = load<f32>(own + (<usize>j << 2));
        const score = (extra + share) * (load<f32>(scratch + (<usize>j << 2)) - mean);
        addTimes(score, keys + place, queryGradient + at, row);
        addTimes(score, queries + at, keyGradient + place, row);
        addTimes(extra, out, valueGradient + place, row);
      }
      addTimes(share, out, toAll, row);
      starts += 8;
      common += 4;
    }
    const base0 = <usize>base * row;
    for (let j = 0; j < vertices; j++) addTimes(1, toAll, valueGradient + base0 + <usize>j * row, row);
  }
}

/** target(v, s) = the mean over the channels of row (s, v): rows of a graph stand together, vertices of a target do. */
export function averageRows(source: usize, graphs: i32, vertices: i32, width: i32, target: usize): void {
  const share = <f32>1 / <f32>width;
  const row = <usize>width << 2;
  for (let graph = 0; graph < graphs; graph++) {
    for (let vertex = 0; vertex < vertices; vertex++) {
      let a = f32x4.splat(0);
      for (let at: usize = 0; at < row; at += 16) a = f32x4.add(a, v128.load(source + at));
      a = f32x4.add(a, v128.shuffle<f32>(a, a, 2, 3, 0, 1));
      a = f32x4.add(a, v128.shuffle<f32>(a, a, 1, 0, 3, 2));
      store<f32>(target + (<usize>(vertex * graphs + graph) << 2), f32x4.extract_lane(a, 0) * share);
      source += row;
    }
  }
}

/** The way back of `averageRows`: written, or added. */
export function spreadRows(
  delta: usize,
  graphs: i32,
  vertices: i32,
  width: i32,
  target: usize,
  accumulate: i32,
): void {
  const share = <f32>1 / <f32>width;
  const row = <usize>width << 2;
  for (let graph = 0; graph < graphs; graph++) {
    for (let vertex = 0; vertex < vertices; vertex++) {
      const change = f32x4.splat(load<f32>(delta + (<usize>(vertex * graphs + graph) << 2)) * share);
      for (let at: usize = 0; at < row; at += 16) {
        v128.store(target + at, accumulate ? f32x4.add(v128.load(target + at), change) : change);
      }
      target += row;
    }
  }
}
