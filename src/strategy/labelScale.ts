import type { Prediction } from "../predictor/contract.js";
import type { LabelStatistics, Observation, PredictedLabel } from "./contract.js";

/** The statistics of the labels known so far: what a search can know without having evaluated the whole space. */
export function statisticsOf(observations: readonly Observation[]): LabelStatistics {
  let mean = 0;
  // A running mean: the sum of large labels could overflow.
  for (const [position, { label }] of observations.entries()) mean += (label - mean) / (position + 1);
  let squares = 0;
  for (const { label } of observations) squares += (label - mean) * (label - mean);
  return { mean, standardDeviation: Math.sqrt(squares / observations.length) };
}

function scaleOf({ standardDeviation }: LabelStatistics): number {
  return standardDeviation > 0 ? standardDeviation : 1;
}

/** Labels with mean 0 and standard deviation 1 under the statistics; equal labels all become 0. */
export function standardise(labels: readonly number[], statistics: LabelStatistics): Float64Array {
  const scale = scaleOf(statistics);
  return Float64Array.from(labels, (label) => (label - statistics.mean) / scale);
}

/** One row of a prediction of standardised labels, in the unit of the labels; undefined where it does not say how sure it is. */
export function predictedLabel(
  { mean, standardDeviation }: Prediction,
  row: number,
  statistics: LabelStatistics,
): PredictedLabel | undefined {
  if (standardDeviation === undefined) return undefined;
  const scale = scaleOf(statistics);
  return { mean: statistics.mean + scale * mean[row], standardDeviation: scale * standardDeviation[row] };
}
