/** The least and the largest of the numbers that are there, or undefined. Loops: lists may be too long to spread. */
export function extentOf(
  ...lists: readonly Iterable<number | null | undefined>[]
): readonly [number, number] | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (const list of lists) {
    for (const value of list) {
      if (value === null || value === undefined || !Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low > high ? undefined : [low, high];
}

/** The same with some room at both ends, and never empty. */
export function roomyExtent(extent: readonly [number, number] | undefined, share = 0.06): [number, number] {
  if (extent === undefined) return [0, 1];
  const [low, high] = extent;
  const room = high > low ? (high - low) * share : Math.abs(high) * 0.05 || 1;
  return [low - room, high + room];
}

/** The value below which a share of the numbers lies. */
export function quantileOf(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  return sorted[below] + (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]) * (place - below);
}
