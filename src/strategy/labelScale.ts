import type { LabelStatistics, Observation } from "./contract.js";

/** The statistics of the labels known so far: what a search can know without having evaluated the whole space. */
export function statisticsOf(observations: readonly Observation[]): LabelStatistics {
  let mean = 0;
  // A running mean: the sum of large labels could overflow.
  for (const [position, { label }] of observations.entries()) mean += (label - mean) / (position + 1);
  let squares = 0;
  for (const { label } of observations) squares += (label - mean) * (label - mean);
  return { mean, standardDeviation: Math.sqrt(squares / observations.length) };
}

/** Labels with mean 0 and standard deviation 1 under the statistics; equal labels all become 0. */
export function standardise(labels: readonly number[], statistics: LabelStatistics): Float64Array {
  const scale = statistics.standardDeviation > 0 ? statistics.standardDeviation : 1;
  return Float64Array.from(labels, (label) => (label - statistics.mean) / scale);
}
