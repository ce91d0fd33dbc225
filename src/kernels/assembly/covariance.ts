import { exponential64 } from "./exponential64";
import { multiplyAdd64 } from "./multiplyAdd64";

// The covariance of observations, in 64-bit floats: the sum over groups of amplitude * exp(-distance / length). The squared distances
// of a group are the strict lower triangle, row after row, with one number of any kind more at the end.

// @ts-ignore: decorator
@inline
function rowOf(distances: usize, i: i32): usize {
  return distances + (<usize>((i * (i - 1)) >> 1) << 3);
}

/**
 * Rows `first` to `last` (exclusive) of the lower triangle of the covariance.
 *
 * @param groupBytes from the distances of one group to those of the next
 * @param parameters for each group its amplitude and 1 / length
 * @param diagonal the sum of the amplitudes and the noise
 * @param stride bytes from row to row of the target
 * @param correlations where the exponentials of the rows are kept, laid out as the distances; 0: nowhere
 */
export function covariances(
  distances: usize,
  groups: i32,
  groupBytes: usize,
  parameters: usize,
  diagonal: f64,
  first: i32,
  last: i32,
  target: usize,
  stride: usize,
  correlations: usize,
): void {
  for (let i = first; i < last; i++) {
    const place = target + <usize>i * stride;
    let source = rowOf(distances, i);
    let kept = rowOf(correlations, i);
    for (let group = 0; group < groups; group++) {
      const amplitude = v128.load64_splat(parameters + (<usize>group << 4));
      const rate = f64x2.neg(v128.load64_splat(parameters + (<usize>group << 4), 8));
      for (let j = 0; j < i; j += 2) {
        const offset = <usize>j << 3;
        const correlation = exponential64(f64x2.mul(v128.load(source + offset), rate));
        if (correlations !== 0) v128.store(kept + offset, correlation);
        const value = f64x2.mul(amplitude, correlation);
        v128.store(place + offset, group === 0 ? value : f64x2.add(value, v128.load(place + offset)));
      }
      source += groupBytes;
      kept += groupBytes;
    }
    store<f64>(place + (<usize>i << 3), diagonal);
  }
}

/**
 * For each group two sums over the pairs j < i < rows, with w = inverse[i][j] - weights[i] * weights[j] and k the part of the
 * group in their covariance: of w * k, and of w * k * distance / length.
 *
 * @param correlations as `covariances` has kept them
 * @param weights one number for each row, and one more of any kind
 * @param sums two numbers for each group
 */
export function gradientSums(
  distances: usize,
  groups: i32,
  groupBytes: usize,
  parameters: usize,
  correlations: usize,
  rows: i32,
  inverse: usize,
  stride: usize,
  weights: usize,
  sums: usize,
): void {
  for (let group = 0; group < groups; group++) {
    const rate = v128.load64_splat(parameters + (<usize>group << 4), 8);
    let whole = f64x2.splat(0);
    let scaled = f64x2.splat(0);
    for (let i = 1; i < rows; i++) {
      const source = rowOf(distances, i) + <usize>group * groupBytes;
      const kept = rowOf(correlations, i) + <usize>group * groupBytes;
      const row = inverse + <usize>i * stride;
      const weight = v128.load64_splat(weights + (<usize>i << 3));
      for (let j = 0; j < i; j += 2) {
        const offset = <usize>j << 3;
        const distance = f64x2.mul(v128.load(source + offset), rate);
        const difference = f64x2.sub(v128.load(row + offset), f64x2.mul(weight, v128.load(weights + offset)));
        let product = f64x2.mul(difference, v128.load(kept + offset));
        if (j + 1 === i) product = f64x2.replace_lane(product, 1, 0);
        whole = f64x2.add(whole, product);
        scaled = multiplyAdd64(product, j + 1 === i ? f64x2.replace_lane(distance, 1, 0) : distance, scaled);
      }
    }
    const amplitude = load<f64>(parameters + (<usize>group << 4));
    const place = sums + (<usize>group << 4);
    store<f64>(place, amplitude * (f64x2.extract_lane(whole, 0) + f64x2.extract_lane(whole, 1)));
    store<f64>(place, amplitude * (f64x2.extract_lane(scaled, 0) + f64x2.extract_lane(scaled, 1)), 8);
  }
}
