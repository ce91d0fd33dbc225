import type { Matrix } from "../../kernels/matrix.js";
import type { WorkerPool } from "../../kernels/pool.js";
import { concatenate, piecesOfRows, rowsBetween } from "../parallel.js";
import type { GaussianMeansInput } from "../taskInputs.js";
import type { GaussianProcess } from "./process.js";

/** Means of all rows of a large pool, split over threads where there are any; the same to the last bit without. */
export async function parallelMeans(
  process: GaussianProcess,
  features: Matrix,
  pool: WorkerPool | undefined,
): Promise<Float64Array> {
  const edges = pool === undefined ? [] : piecesOfRows(features.rows, pool.threads);
  if (pool === undefined || edges.length < 3) return process.mean(features);
  const posterior = process.posterior({ variances: false });
  const parts = edges.slice(1).map((end, i) =>
    pool.run<GaussianMeansInput, Float64Array>("gaussian-means", {
      posterior,
      features: rowsBetween(features, edges[i], end),
    }),
  );
  return concatenate(await Promise.all(parts));
}
