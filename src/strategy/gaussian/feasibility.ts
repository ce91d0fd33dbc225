import { normalCumulative } from "../../acquisition/normal.js";
import type { Matrix } from "../../kernels/matrix.js";
import type { WorkerPool } from "../../kernels/pool.js";
import type { DistanceGroup } from "../../predictor/gaussian/groups.js";
import { poolMeans } from "../../predictor/gaussian/poolMeans.js";
import { createGaussianProcess } from "../../predictor/gaussian/process.js";

/** Chances below this are all the same: none of them is worth a query. */
const SMALLEST = 1e-12;

/** What failures have taught: the chance that the evaluation of an architecture succeeds. */
export interface Feasibility {
  /** The columns that it reads. */
  readonly groups: readonly DistanceGroup[];
  /** Natural logarithm of the chance of each row, of all without `rows`. */
  logChances(features: Matrix, rows?: ArrayLike<number>): Float64Array;
  /** Above zero where success is likelier than failure; for large pools, because no doubt is computed. */
  leanings(features: Matrix, threads?: WorkerPool): Promise<Float64Array>;
}

/**
 * A Gaussian process of its own for outcomes, 1 for a success and -1 for a failure: a failure may come of a limit that nobody
 * has stated, and then lies beside the best. The chance of success is that of a value above zero.
 *
 * @param rows one for each outcome
 * @param succeeded 1 or 0 for each row; both occur
 * @param steps of learning the parameters, at most
 */
export function learnFeasibility(
  groups: readonly DistanceGroup[],
  rows: Matrix,
  succeeded: Uint8Array,
  steps: number,
): Feasibility {
  const centre = succeeded.reduce((sum, success) => sum + (2 * success - 1) / succeeded.length, 0);
  const process = createGaussianProcess({ groups, columns: rows.columns });
  process.add(rows);
  process.fit(
    Float64Array.from(succeeded, (success) => 2 * success - 1 - centre),
    { iterations: steps },
  );
  return {
    groups,
    logChances(features, chosen) {
      const { mean, variance } = process.predict(features, chosen);
      return mean.map((value, row) => {
        const deviation = Math.sqrt(Math.max(0, variance[row]) + process.noise);
        return Math.log(Math.max(SMALLEST, normalCumulative((value + centre) / Math.max(deviation, SMALLEST))));
      });
    },
    leanings: async (features, threads) => (await poolMeans(process, features, threads)).map((value) => value + centre),
  };
}
