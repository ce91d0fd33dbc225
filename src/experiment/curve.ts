/** How good a run was after so many queries, one number for each checkpoint; NaN before anything was measured. */
export interface Curve {
  readonly queries: readonly number[];
  /** The best label so far. */
  readonly bestLabel: readonly number[];
  /** Test value of the architecture with the best label so far (the earliest of several with the same label). */
  readonly testOfBestLabel: readonly number[];
  /** The best test value among all that were queried. */
  readonly bestTest: readonly number[];
}

/**
 * The curve of one run by both rules.
 *
 * @param architectures row numbers in the order of the queries; a run that ended early keeps its last values
 * @param labels what the strategy saw, one for each row of the table; NaN counts as a query and as nothing found
 * @param test honest values, one for each row of the table
 */
export function traceCurve(
  architectures: ArrayLike<number>,
  labels: Float64Array,
  test: Float64Array,
  checkpoints: readonly number[],
): Curve {
  const bestLabel: number[] = [];
  const testOfBestLabel: number[] = [];
  const bestTest: number[] = [];
  let label = Number.NaN;
  let testOfLabel = Number.NaN;
  let highestTest = Number.NaN;
  let next = 0;
  for (const queries of checkpoints) {
    for (; next < Math.min(queries, architectures.length); next++) {
      const row = architectures[next];
      if (labels[row] > label || (Number.isNaN(label) && !Number.isNaN(labels[row]))) {
        label = labels[row];
        testOfLabel = test[row];
      }
      if (test[row] > highestTest || Number.isNaN(highestTest)) highestTest = test[row];
    }
    bestLabel.push(label);
    testOfBestLabel.push(testOfLabel);
    bestTest.push(highestTest);
  }
  return { queries: checkpoints, bestLabel, testOfBestLabel, bestTest };
}
