/**
 * The positions of the largest value, in rising order; every position tied at it counts, NaN never does.
 *
 * @example
 * const best = optima(benchmark.test); // NAS-Bench-201 on CIFAR-10 has two
 */
export function optima(values: ArrayLike<number>): Int32Array {
  let best = Number.NEGATIVE_INFINITY;
  let found: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (values[i] < best || Number.isNaN(values[i])) continue;
    if (values[i] > best || found.length === 0) {
      best = values[i];
      found = [];
    }
    found.push(i);
  }
  return Int32Array.from(found);
}
