/** The largest finite value of a column; NaN where there is none. */
export function largestValue(values: Float64Array): number {
  let largest = Number.NaN;
  for (let i = 0; i < values.length; i++) if (values[i] > largest || Number.isNaN(largest)) largest = values[i];
  return largest;
}

/**
 * Queries until an architecture with the best value of the column was evaluated; undefined where none was. Every
 * architecture that is tied at the best value counts: values equal up to rounding (1e-9 of the value).
 *
 * @param architectures row numbers in the order of the queries
 */
export function queriesToOptimum(architectures: ArrayLike<number>, values: Float64Array): number | undefined {
  const best = largestValue(values);
  const threshold = best - 1e-9 * Math.max(1, Math.abs(best));
  for (let i = 0; i < architectures.length; i++) if (values[architectures[i]] >= threshold) return i + 1;
  return undefined;
}

/** How soon the optimum was found over several runs. */
export interface OptimumSummary {
  /** Mean over all runs; a run that did not find it counts with the budget. */
  readonly cappedMean: number;
  /** Median over all runs; a run that did not find it counts with the budget. */
  readonly median: number;
  /** Share of the runs that found it within the budget, 0 to 1. */
  readonly foundShare: number;
}

/** Summarises the queries to the optimum of several runs; never a mean over the successful ones only. */
export function summariseOptimum(queries: readonly (number | undefined)[], budget: number): OptimumSummary {
  const capped = queries.map((found) => found ?? budget).sort((a, b) => a - b);
  const middle = capped.length >> 1;
  return {
    cappedMean: capped.reduce((sum, value) => sum + value, 0) / capped.length,
    median: capped.length % 2 === 1 ? capped[middle] : (capped[middle - 1] + capped[middle]) / 2,
    foundShare: queries.filter((found) => found !== undefined).length / queries.length,
  };
}
