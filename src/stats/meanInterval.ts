import type { Interval } from "./interval.js";
import { mean } from "./mean.js";
import { standardDeviation } from "./standardDeviation.js";
import { studentQuantile } from "./studentQuantile.js";

/**
 * The interval of confidence of a mean by Student's t: mean ± t · s / √n. NaN at both ends for fewer than two values
 * and where one of them is NaN.
 *
 * @param level share of confidence, between 0 and 1
 * @example
 * meanInterval([73.1, 73.4, 73.3]); // { low: 72.89, high: 73.65 }
 */
export function meanInterval(values: ArrayLike<number>, level = 0.95): Interval {
  if (!(level > 0 && level < 1)) throw new RangeError(`level must be between 0 and 1: ${level}`);
  if (values.length < 2) return { low: Number.NaN, high: Number.NaN };
  const centre = mean(values);
  const error = standardDeviation(values) / Math.sqrt(values.length);
  const reach = error === 0 ? 0 : studentQuantile((1 + level) / 2, values.length - 1) * error;
  return { low: centre - reach, high: centre + reach };
}
