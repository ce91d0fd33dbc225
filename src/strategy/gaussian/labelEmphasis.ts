import { quantile } from "../../stats/index.js";
import type { PredictedLabel } from "../contract.js";

/** The spread of the labels is at least this share of their range: half of them may be equal. */
const SMALLEST_SPREAD = 0.02;

/**
 * Labels on a scale on which differences near the best count most: z = -log(best + s/2 - label), standardised, where s is the
 * distance from the median to the 90th percentile. What is far below the best may be far below by any amount.
 */
export interface LabelEmphasis {
  /** One standardised value for each label. */
  readonly values: Float64Array;
  /** What a normal distribution on this scale says of the label, by its 16th, 50th and 84th percentile. */
  labelOf(mean: number, standardDeviation: number): PredictedLabel;
}

/**
 * @param labels at least one finite number
 * @param emphasise false: labels are standardised only
 * @example
 * const { values, labelOf } = emphasiseBest([71.2, 73.4, 64.0]);
 * labelOf(values[1], 0).mean; // 73.4
 */
export function emphasiseBest(labels: ArrayLike<number>, emphasise = true): LabelEmphasis {
  const given = Float64Array.from(labels);
  const best = given.reduce((most, label) => Math.max(most, label), Number.NEGATIVE_INFINITY);
  const worst = given.reduce((least, label) => Math.min(least, label), Number.POSITIVE_INFINITY);
  const range = best - worst;
  if (!(range > 0)) {
    return { values: new Float64Array(given.length), labelOf: () => ({ mean: best, standardDeviation: 0 }) };
  }
  const spread = Math.max(quantile(given, 0.9) - quantile(given, 0.5), SMALLEST_SPREAD * range);
  const top = best + spread / 2;
  const raised = emphasise ? given.map((label) => -Math.log((top - label) / range)) : given;
  const centre = raised.reduce((sum, value) => sum + value / raised.length, 0);
  const squares = raised.reduce((sum, value) => sum + (value - centre) * (value - centre), 0);
  const scale = Math.sqrt(squares / raised.length);
  const back = (z: number): number => {
    const value = z * scale + centre;
    return emphasise ? top - range * Math.exp(-value) : value;
  };
  return {
    values: raised.map((value) => (value - centre) / scale),
    labelOf: (mean, standardDeviation) => ({
      mean: back(mean),
      standardDeviation: (back(mean + standardDeviation) - back(mean - standardDeviation)) / 2,
    }),
  };
}
