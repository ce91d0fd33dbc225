/**
 * Fitting and ranking with boosted trees and forests, against xgboost (scikit-learn where there is none) and scikit-learn.
 * Run it in the root of a built clone; `ASSAY_PYTHON` names the Python that has the peers (default: python3).
 */
import { cpus } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { encodeAll } from "../src/encoding/index.js";
import { type Matrix, takeRows } from "../src/kernels/matrix.js";
import { createWorkerPool, type WorkerPool } from "../src/kernels/pool.js";
import { createPredictor } from "../src/predictor/index.js";
import { predictorTasks } from "../src/predictor/tasks.js";
import { createGenerator } from "../src/random/index.js";
import { createSpace } from "../src/space/index.js";
import { median } from "../src/stats/index.js";
import { measurePeer } from "./peers/measure.js";

const trainSizes = [100, 1000];
const predictorNames = ["gradient-boosting", "random-forest"] as const;

/** Seconds by number of threads, or undefined where a peer is missing. */
interface Timing {
  readonly space: string;
  readonly predictor: string;
  readonly rows: number;
  readonly threads: number;
  readonly fit: number;
  readonly rank: number;
}

/** One line of the comparison: best of one and two threads on either side. */
export interface TreeFigure {
  readonly measurement: string;
  readonly seconds: number;
  readonly peer: string;
  readonly peerSeconds: number | undefined;
  /** How many times faster than the peer. */
  readonly ratio: number | undefined;
}

interface Task {
  readonly space: string;
  readonly features: Matrix;
  readonly labels: Float64Array;
}

/** Measures both sides, prints a table and gives its lines. Takes some minutes, most of them for the peers. */
export async function measureTrees(root: string = process.cwd()): Promise<TreeFigure[]> {
  const tasks = [readTask("nasbench201", "one-hot"), readTask("nasbench101", "adjacency")];
  const own = await measureOwn(tasks, pathToFileURL(join(root, "dist/worker.js")));
  const peers = measurePeers(tasks, join(root, "bench/peers/trees.py"));
  const figures = compare(own, peers.results, peers.versions);
  print(figures, peers.versions);
  return figures;
}

/** A space in random order with labels that depend on single columns and on pairs of them, plus noise. */
function readTask(space: string, encoding: string): Task {
  const generator = createGenerator(space);
  const inOrder = encodeAll(createSpace({ name: space, options: {} }), encoding);
  const features = takeRows(inOrder, generator.shuffle(Int32Array.from({ length: inOrder.rows }, (_, row) => row)));
  const { rows, columns, data } = features;
  const weights = Array.from({ length: columns }, () => generator.normal());
  const pairs = Array.from({ length: columns }, (_, i) => [i, generator.integer(columns), generator.normal()]);
  const labels = Float64Array.from({ length: rows }, (_, row) => {
    const at = (column: number) => data[row * columns + column];
    const single = weights.reduce((sum, weight, column) => sum + weight * at(column), 0);
    const paired = pairs.reduce((sum, [one, other, weight]) => sum + weight * at(one) * at(other), 0);
    return 90 + single + paired + 0.3 * generator.normal();
  });
  return { space, features, labels };
}

async function measureOwn(tasks: readonly Task[], workerUrl: URL): Promise<Timing[]> {
  const timings: Timing[] = [];
  for (const threads of [1, 2]) {
    const pool = createWorkerPool({ threads, tasks: predictorTasks, workerUrl });
    for (const { space, features, labels } of tasks) {
      for (const rows of trainSizes) {
        for (const predictor of predictorNames) {
          timings.push({ space, predictor, rows, threads, ...(await time(predictor, pool, features, labels, rows)) });
        }
      }
    }
    await pool.close();
  }
  return timings;
}

async function time(name: string, pool: WorkerPool, features: Matrix, labels: Float64Array, rows: number) {
  const predictor = createPredictor(name, { pool });
  const train = takeRows(
    features,
    Int32Array.from({ length: rows }, (_, row) => row),
  );
  const fits: number[] = [];
  const ranks: number[] = [];
  for (let repeat = 0; repeat < 5; repeat++) {
    const start = performance.now();
    await predictor.fit(train, labels.slice(0, rows), createGenerator(1));
    const fitted = performance.now();
    await predictor.predict(features);
    fits.push((fitted - start) / 1000);
    ranks.push((performance.now() - fitted) / 1000);
  }
  return { fit: median(fits), rank: median(ranks) };
}

function measurePeers(tasks: readonly Task[], script: string) {
  const files: Record<string, Uint8Array> = {};
  const list = tasks.map(({ space, features, labels }) => {
    files[`${space}.features`] = new Uint8Array(features.data.buffer);
    files[`${space}.labels`] = new Uint8Array(labels.buffer);
    return { space, columns: features.columns, trainSizes, features: `${space}.features`, labels: `${space}.labels` };
  });
  const missing: { versions: Record<string, string | null>; results: Timing[] } = { versions: {}, results: [] };
  return measurePeer({ script, tasks: list, files, missing });
}

function compare(
  own: readonly Timing[],
  peers: readonly Timing[],
  versions: Record<string, string | null>,
): TreeFigure[] {
  return own
    .filter((timing) => timing.threads === 1)
    .flatMap(({ space, predictor, rows }) =>
      (["fit", "rank"] as const).map((what) => {
        const best = (list: readonly Timing[]) =>
          Math.min(
            ...list
              .filter((timing) => timing.space === space && timing.predictor === predictor && timing.rows === rows)
              .map((timing) => timing[what]),
          );
        const seconds = best(own);
        const theirs = best(peers);
        const found = Number.isFinite(theirs);
        return {
          measurement: `${predictor}, ${what}, ${space}, ${rows} rows`,
          seconds,
          peer: predictor === "gradient-boosting" && versions["xgboost"] ? "xgboost" : "scikit-learn",
          peerSeconds: found ? theirs : undefined,
          ratio: found ? theirs / seconds : undefined,
        };
      }),
    );
}

function print(figures: readonly TreeFigure[], versions: Record<string, string | null>): void {
  const named = Object.entries(versions).map(([name, version]) => `${name} ${version ?? "missing"}`);
  console.log(`${cpus()[0]?.model}, ${cpus().length} processors; Node ${process.versions.node}; ${named.join(", ")}`);
  console.log("Median seconds, best of 1 and 2 threads on either side.");
  console.table(
    figures.map(({ measurement, seconds, peer, peerSeconds, ratio }) => ({
      measurement,
      assay: Number(seconds.toFixed(4)),
      peer,
      "peer seconds": peerSeconds === undefined ? "-" : Number(peerSeconds.toFixed(4)),
      "times faster": ratio === undefined ? "-" : Number(ratio.toFixed(1)),
    })),
  );
}

await measureTrees();
