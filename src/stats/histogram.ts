/** How many values fall into each of several intervals of equal width. */
export interface Histogram {
  /** Where the first interval begins, a multiple of `width`. */
  readonly from: number;
  readonly width: number;
  /** The interval with number i holds the values from `from + i * width` up to, not including, the next. */
  readonly counts: readonly number[];
}

const STEPS = [1, 2, 5];

/**
 * Counts values in intervals whose width is 1, 2 or 5 times a power of ten, the narrowest that needs at most
 * `maximumBins` of them. Values that are not finite are left out.
 *
 * @example
 * histogram([40, 41.5, 43], 4); // { from: 40, width: 1, counts: [1, 1, 0, 1] }
 */
export function histogram(values: ArrayLike<number>, maximumBins: number): Histogram {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  if (!(low <= high)) return { from: 0, width: 1, counts: [] };
  const width = widthFor(low, high, maximumBins);
  const first = Math.floor(low / width);
  const counts = new Array<number>(Math.floor(high / width) - first + 1).fill(0);
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) counts[Math.floor(values[i] / width) - first]++;
  }
  return { from: first * width, width, counts };
}

function widthFor(low: number, high: number, maximumBins: number): number {
  if (low === high) return 1;
  for (let scale = 1e-9; ; scale *= 10) {
    for (const step of STEPS) {
      // Rounded, so that a width is 0.2 and not 0.2000…1.
      const width = Number((step * scale).toPrecision(3));
      if (Math.floor(high / width) - Math.floor(low / width) + 1 <= maximumBins) return width;
    }
  }
}
