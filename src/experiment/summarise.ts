import { createGenerator } from "../random/index.js";
import { bootstrapInterval, mean, standardDeviation } from "../stats/index.js";
import type { Summary } from "./report.js";

/** Mean and sample standard deviation of one number over the runs; 0 for the deviation of a single run. */
export function meanAndDeviation(values: readonly number[]): { mean: number | null; std: number | null } {
  return { mean: finite(mean(values)), std: values.length === 1 ? 0 : finite(standardDeviation(values)) };
}

/** The same with the 95 % bootstrap interval of the mean. The resamples are fixed: equal values, equal interval. */
export function summarise(values: readonly number[]): Summary {
  const { low, high } = bootstrapInterval(values, { generator: createGenerator("ci95") });
  return { ...meanAndDeviation(values), ci95: [finite(low), finite(high)] };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
