import { mean } from "./mean.js";

/**
 * The sample standard deviation (divisor n - 1), in the unit of the values. NaN for fewer than two values and where one
 * of them is NaN; exactly 0 where all are equal.
 *
 * @example
 * standardDeviation([2, 4, 4, 4, 5, 5, 7, 9]); // 2.138…
 */
export function standardDeviation(values: ArrayLike<number>): number {
  if (values.length < 2) return Number.NaN;
  // Equal values can have a rounded mean that differs from them; measured from one of them they deviate by nothing.
  const origin = values[0];
  const shifted = Float64Array.from({ length: values.length }, (_, i) => values[i] - origin);
  const centre = mean(shifted);
  let squares = 0;
  for (let i = 0; i < shifted.length; i++) squares += (shifted[i] - centre) * (shifted[i] - centre);
  return Math.sqrt(squares / (shifted.length - 1));
}
