import type { LabelStatistics } from "../strategy/contract.js";

/** Mean and population standard deviation of all labels of a table; only strategies with `released` quirks read them. */
export function statisticsOf(labels: Float64Array): LabelStatistics {
  let count = 0;
  let sum = 0;
  for (const label of labels) {
    if (Number.isNaN(label)) continue;
    count++;
    sum += label;
  }
  const mean = sum / count;
  let squares = 0;
  for (const label of labels) if (!Number.isNaN(label)) squares += (label - mean) * (label - mean);
  return { mean, standardDeviation: Math.sqrt(squares / count) };
}
