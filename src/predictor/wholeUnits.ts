/**
 * Numbers as whole multiples of a small unit. Sums of whole numbers below 2^53 are exact in 64-bit floats, so they do
 * not depend on the order of adding: the same result for any split over threads, and equal values are seen to be equal.
 */
export interface WholeUnits {
  /** The unit, a power of two. */
  readonly unit: number;
  readonly values: Float64Array;
}

/**
 * Rounds values to a unit so small that the largest has about 40 bits, or as many as leave room for exact sums of
 * `terms` values.
 */
export function toWholeUnits(values: Float64Array, terms: number): WholeUnits {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  let bits = 51;
  for (let sum = 1; sum < terms; sum *= 2) bits--;
  const unit = largest === 0 ? 1 : powerOfTwoAbove(largest) / powerOfTwo(Math.min(40, bits));
  return { unit, values: values.map((value) => Math.round(value / unit)) };
}

function powerOfTwo(exponent: number): number {
  let power = 1;
  for (let i = 0; i < exponent; i++) power *= 2;
  return power;
}

/** The smallest power of two that is larger, within the range of normal numbers that leaves room for division. */
function powerOfTwoAbove(value: number): number {
  let power = 1;
  while (power <= value) power *= 2;
  while (power / 2 > value && power > 1e-250) power /= 2;
  return power;
}
