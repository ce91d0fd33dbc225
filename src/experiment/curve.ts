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

/** Where a curve changes: each value holds from its query on, until the next. */
export interface Steps {
  readonly queries: readonly number[];
  readonly values: readonly number[];
}

/** The curve of one run by every rule, query by query. It begins where there is a value. */
export type RunSteps = Readonly<Record<"bestLabel" | "testOfBestLabel" | "bestTest", Steps>>;

/** The same as `traceCurve` in little room, but that a value which is missing later on leaves the one before. */
export function traceSteps(architectures: ArrayLike<number>, labels: Float64Array, test: Float64Array): RunSteps {
  const everyQuery = Array.from({ length: architectures.length }, (_, query) => query + 1);
  const { bestLabel, testOfBestLabel, bestTest } = traceCurve(architectures, labels, test, everyQuery);
  return {
    bestLabel: stepsOf(bestLabel),
    testOfBestLabel: stepsOf(testOfBestLabel),
    bestTest: stepsOf(bestTest),
  };
}

/** The value after so many queries; NaN before the first. */
export function valueAt({ queries, values }: Steps, count: number): number {
  let value = Number.NaN;
  for (let i = 0; i < queries.length && queries[i] <= count; i++) value = values[i];
  return value;
}

/** What is not known after a query (the best label may have no test value) leaves what was. */
function stepsOf(curve: readonly number[]): Steps {
  const queries: number[] = [];
  const values: number[] = [];
  for (const [place, value] of curve.entries()) {
    if (Number.isNaN(value) || value === values.at(-1)) continue;
    queries.push(place + 1);
    values.push(value);
  }
  return { queries, values };
}
