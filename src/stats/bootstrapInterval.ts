import type { Generator } from "../random/index.js";
import type { Interval } from "./interval.js";
import { mean } from "./mean.js";
import { quantileOfSorted } from "./quantile.js";

/** How to resample. */
export interface BootstrapOptions {
  /** The number the interval is for. Default: the mean. */
  readonly statistic?: (values: Float64Array) => number;
  /** Share of confidence, between 0 and 1. Default 0.95. */
  readonly level?: number;
  /** How many resamples are drawn. Default 2000. */
  readonly resamples?: number;
  /** The only source of randomness: the same generator gives the same interval. */
  readonly generator: Generator;
}

/**
 * The percentile bootstrap interval (Efron 1979): the statistic of many resamples drawn with replacement, cut off at
 * both ends. NaN at both ends where there are no values or where the statistic is NaN on a resample.
 *
 * @example
 * bootstrapInterval(accuracies, { generator: createGenerator(1) }); // { low: 73.2, high: 73.4 }
 */
export function bootstrapInterval(values: ArrayLike<number>, options: BootstrapOptions): Interval {
  const { statistic = mean, level = 0.95, resamples = 2000, generator } = options;
  if (!(level > 0 && level < 1)) throw new RangeError(`level must be between 0 and 1: ${level}`);
  if (!(Number.isInteger(resamples) && resamples > 0)) throw new RangeError(`resamples must be positive: ${resamples}`);
  if (values.length === 0) return { low: Number.NaN, high: Number.NaN };
  const resample = new Float64Array(values.length);
  const statistics = new Float64Array(resamples);
  for (let draw = 0; draw < resamples; draw++) {
    for (let i = 0; i < resample.length; i++) resample[i] = values[generator.integer(values.length)];
    statistics[draw] = statistic(resample);
  }
  statistics.sort();
  return {
    low: quantileOfSorted(statistics, (1 - level) / 2),
    high: quantileOfSorted(statistics, (1 + level) / 2),
  };
}
