import { quantile } from "./quantile.js";

/**
 * The middle value, the mean of the two middle ones for an even number; NaN where there are none or where one is NaN.
 *
 * @example
 * median([3, 1, 2, 10]); // 2.5
 */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}
