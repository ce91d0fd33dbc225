import type { Matrix } from "../../kernels/matrix.js";
import type { WorkerPool } from "../../kernels/pool.js";
import { concatenate, piecesOfRows, rowsBetween } from "../parallel.js";
import type { GaussianMeansInput } from "../taskInputs.js";
import { distinctPart } from "./distinctRows.js";
import { type Posterior, posteriorMean } from "./posterior.js";
import type { GaussianProcess } from "./process.js";

/**
 * Means of all rows of a large pool that is asked about again and again. A mean is a sum over the groups of the covariance, and most rows
 * share what a group sees of them with others: each group is asked about what differs in its columns only. The work is split over
 * threads where there are any, and gives the same to the last bit without.
 */
export async function poolMeans(
  process: GaussianProcess,
  features: Matrix,
  threads?: WorkerPool | undefined,
): Promise<Float64Array> {
  const posterior = process.posterior({ variances: false });
  const parts = posterior.groups.map((group) => distinctPart(features, group));
  const found = await Promise.all(
    parts.map(({ rows }, group) => meansOf(groupPosterior(posterior, group), rows, threads)),
  );
  const means = new Float64Array(features.rows);
  parts.forEach(({ kindOf }, group) => {
    const own = found[group];
    for (let row = 0; row < means.length; row++) means[row] += own[kindOf[row]];
  });
  return means;
}

async function meansOf(posterior: Posterior, rows: Matrix, threads: WorkerPool | undefined): Promise<Float64Array> {
  const edges = threads === undefined ? [] : piecesOfRows(rows.rows, threads.threads);
  if (threads === undefined || edges.length < 3) return posteriorMean(posterior, rows);
  const pieces = edges.slice(1).map((end, i) =>
    threads.run<GaussianMeansInput, Float64Array>("gaussian-means", {
      posterior,
      features: rowsBetween(rows, edges[i], end),
    }),
  );
  return concatenate(await Promise.all(pieces));
}

/** What one group adds to the means, for rows that hold its columns only. */
function groupPosterior({ groups, columns, rows, parameters, ...shared }: Posterior, number: number): Posterior {
  if (parameters.interaction !== undefined)
    throw new Error("What groups say together is not the sum of what each says.");
  const group = groups[number];
  const count = shared.weights.length;
  const own = new Float32Array(count * group.width);
  for (let row = 0; row < count; row++) {
    const from = row * columns + group.start;
    own.set(rows.subarray(from, from + group.width), row * group.width);
  }
  return {
    ...shared,
    groups: [{ ...group, start: 0 }],
    columns: group.width,
    rows: own,
    parameters: {
      ...parameters,
      amplitudes: parameters.amplitudes.slice(number, number + 1),
      rates: parameters.rates.slice(number, number + 1),
    },
  };
}
