/**
 * How many of the true best are found among the predicted best, as a count that may be fractional: where equal values
 * straddle the edge of a list of the best, they share the remaining places equally. This is the expectation over random
 * orders of ties, so neither the order of the rows nor a constant prediction is rewarded. NaN counts as worst.
 */
export function commonToBest(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  trueCount: number,
  predictedCount: number,
): number {
  if (truth.length !== predicted.length) {
    throw new RangeError(`lists of different lengths: ${truth.length} and ${predicted.length}`);
  }
  const inTruth = membership(truth, trueCount);
  const inPrediction = membership(predicted, predictedCount);
  let common = 0;
  for (let i = 0; i < inTruth.length; i++) common += inTruth[i] * inPrediction[i];
  return common;
}

/** For each value, the probability of being among the `count` largest when ties are broken at random. */
function membership(values: ArrayLike<number>, count: number): Float64Array {
  if (!(Number.isInteger(count) && count >= 1 && count <= values.length)) {
    throw new RangeError(`k must be a whole number from 1 to ${values.length}: ${count}`);
  }
  const comparable = Float64Array.from({ length: values.length }, (_, i) =>
    Number.isNaN(values[i]) ? Number.NEGATIVE_INFINITY : values[i],
  );
  const edge = comparable.slice().sort()[values.length - count];
  let above = 0;
  let level = 0;
  for (const value of comparable) {
    if (value > edge) above++;
    else if (value === edge) level++;
  }
  const share = (count - above) / level;
  return comparable.map((value) => (value > edge ? 1 : value === edge ? share : 0));
}
