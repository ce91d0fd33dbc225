import type { Matrix } from "../kernels/matrix.js";
import type { WorkerPool } from "../kernels/pool.js";
import type { Spec } from "../spec.js";
import type { Prediction, Predictor } from "./contract.js";
import type { PredictRowsInput } from "./taskInputs.js";

/** Rows for each thread below which sending them costs more than it saves. */
const FEWEST_ROWS = 4096;

/**
 * A predictor that splits the rows to predict over the threads of a pool. What is said of a row depends on that row
 * only, so the result is the same to the last bit for any number of threads.
 *
 * @param spec what other threads make the same predictor from
 */
export function splitRowsOverThreads(predictor: Predictor, spec: Spec, pool: WorkerPool): Predictor {
  return {
    fit: (features, labels, generator, extras) => predictor.fit(features, labels, generator, extras),
    exportModel: () => predictor.exportModel(),
    importModel: (model) => predictor.importModel(model),
    async predict(features, extras) {
      const edges = piecesOfRows(features.rows, pool.threads);
      const model = predictor.exportModel();
      if (edges.length < 3 || model === undefined) return predictor.predict(features, extras);
      const predictions = await Promise.all(
        edges.slice(1).map((end, i) =>
          pool.run<PredictRowsInput, Prediction>("predict-rows", {
            spec,
            model,
            features: rowsBetween(features, edges[i], end),
            codes: extras?.codes && rowsBetween(extras.codes, edges[i], end),
          }),
        ),
      );
      return join(predictions);
    },
  };
}

/** Where rows are divided for so many threads, 0 and the end included: [0, rows] where it is not worth it. */
export function piecesOfRows(rows: number, threads: number): number[] {
  const pieces = Math.max(1, Math.min(threads, Math.floor(rows / FEWEST_ROWS)));
  return Array.from({ length: pieces + 1 }, (_, i) => Math.floor((i * rows) / pieces));
}

/** Some rows of a matrix: a view where memory is shared, else a copy, because all memory under a view would be sent. */
export function rowsBetween({ columns, data }: Matrix, start: number, end: number): Matrix {
  const shared = typeof SharedArrayBuffer === "function" && data.buffer instanceof SharedArrayBuffer;
  const [first, last] = [start * columns, end * columns];
  return { rows: end - start, columns, data: shared ? data.subarray(first, last) : data.slice(first, last) };
}

function join(predictions: readonly Prediction[]): Prediction {
  const [{ standardDeviation, members }] = predictions;
  return {
    mean: concatenate(predictions.map((prediction) => prediction.mean)),
    ...(standardDeviation && {
      standardDeviation: concatenate(predictions.map((prediction) => prediction.standardDeviation!)),
    }),
    ...(members && {
      members: members.map((_, i) => concatenate(predictions.map((prediction) => prediction.members![i]))),
    }),
  };
}

/** One array after the other. */
export function concatenate(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let filled = 0;
  for (const part of parts) {
    whole.set(part, filled);
    filled += part.length;
  }
  return whole;
}
