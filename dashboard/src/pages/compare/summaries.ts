/** Mean queries, runs that never reached the target counted at the budget. */
export function cappedMean(queries: readonly (number | null)[], budget: number): number {
  return queries.reduce((sum: number, each) => sum + (each ?? budget), 0) / Math.max(1, queries.length);
}

/** The middle one, runs that never reached the target after all others; undefined where the middle is such a run. */
export function medianOf(queries: readonly (number | null)[]): number | undefined {
  const sorted = queries.map((each) => each ?? Infinity).sort((a, b) => a - b);
  const half = sorted.length / 2;
  const middle = sorted.length % 2 === 1 ? sorted[Math.floor(half)] : (sorted[half - 1] + sorted[half]) / 2;
  return Number.isFinite(middle) ? middle : undefined;
}
