/**
 * The value below which the given share of the values lies, linearly interpolated between order statistics (type 7 of
 * Hyndman and Fan 1996, the default of NumPy and R). NaN where there are no values or where one of them is NaN.
 *
 * @param share from 0 (smallest) to 1 (largest); RangeError outside
 * @example
 * quantile([1, 2, 3, 4], 0.25); // 1.75
 */
export function quantile(values: ArrayLike<number>, share: number): number {
  return quantileOfSorted(Float64Array.from(values).sort(), share);
}

/** `quantile` of values that are in rising order already (NaN last), for many quantiles of one list. */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`share must be between 0 and 1: ${share}`);
  const last = sorted.length - 1;
  if (last < 0 || Number.isNaN(sorted[last])) return Number.NaN;
  const position = share * last;
  const below = Math.floor(position);
  const low = sorted[below];
  const high = sorted[Math.min(below + 1, last)];
  return low === high ? low : low + (position - below) * (high - low);
}
