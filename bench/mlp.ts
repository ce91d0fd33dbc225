/**
 * Fitting and ranking with multilayer perceptrons, against scikit-learn's MLPRegressor. Run it in the root of a built
 * clone: node bench/run.mjs mlp [part of a task's name]. `ASSAY_PYTHON` names the Python that has scikit-learn (default: python3).
 *
 * Both sides train for the same number of epochs, without early stopping, on the same rows. scikit-learn is timed with 64-bit
 * floats, as WeakNAS runs it, and with 32-bit floats, each with one and two BLAS threads, of which the better counts. Assay fits
 * a network on one thread, and ranks and fits the members of an ensemble on two.
 */
import { cpus } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { encodeAll } from "../src/encoding/index.js";
import { kernels } from "../src/kernels/kernels.js";
import { type Matrix, takeRows } from "../src/kernels/matrix.js";
import { createWorkerPool } from "../src/kernels/pool.js";
import { createPredictor } from "../src/predictor/index.js";
import { predictorTasks } from "../src/predictor/tasks.js";
import { createGenerator } from "../src/random/index.js";
import { createSpace } from "../src/space/index.js";
import { median } from "../src/stats/index.js";
import { measurePeer } from "./peers/measure.js";

/** One measurement: networks of a shape fitted to the first rows of a space, then asked about the whole space. */
interface Task {
  readonly name: string;
  readonly space: "nasbench201" | "nasbench101";
  readonly layers: number;
  readonly width: number;
  /** How many networks are fitted and asked. */
  readonly members: number;
  readonly samples: number;
  readonly epochs: number;
  /** What is compared, and how many times faster Assay is to be. */
  readonly targets: { readonly fit?: number; readonly rank?: number };
  readonly repeats: number;
}

/** A word on the command line chooses the tasks whose names hold it. */
const chosen = process.argv[2] ?? "";
const tasks: readonly Task[] = [
  task("4x1000, N=100", { samples: 100, epochs: 50, targets: { fit: 1, rank: 1 } }),
  task("4x1000, N=1000", { samples: 1000, epochs: 15, targets: { fit: 1, rank: 1 } }),
  task("4x1000, N=200", { space: "nasbench101", samples: 200, epochs: 30, targets: { rank: 1 }, repeats: 1 }),
  task("5 of 3x64, N=100", {
    layers: 3,
    width: 64,
    members: 5,
    samples: 100,
    targets: { fit: 3, rank: 3 },
    repeats: 5,
  }),
  task("5 of 3x200, N=100", {
    ...{ layers: 3, width: 200, members: 5, samples: 100, targets: { fit: 3, rank: 3 }, repeats: 5 },
  }),
].filter(({ name }) => name.includes(chosen));

function task(name: string, given: Partial<Task>): Task {
  const defaults = { space: "nasbench201", layers: 4, width: 1000, members: 1, samples: 100, epochs: 100 } as const;
  return { ...defaults, name, targets: {}, repeats: 3, ...given };
}

const encodings = { nasbench201: "one-hot", nasbench101: "adjacency" } as const;

/** Median seconds of a task. */
interface Timing {
  readonly name: string;
  readonly fit: number;
  readonly rank: number;
}

/** Median seconds of a task with a number of BLAS threads and a type of floats. */
interface PeerTiming extends Timing {
  readonly threads: number;
  readonly bits: 32 | 64;
}

/** One line of the comparison. */
export interface MlpFigure {
  readonly measurement: string;
  readonly seconds: number;
  /** Best of one and two threads, with 64-bit and with 32-bit floats. */
  readonly peerSeconds: { readonly 64: number | undefined; readonly 32: number | undefined };
  /** How many times faster Assay is to be. */
  readonly target: number;
}

interface Data {
  readonly features: Matrix;
  readonly labels: Float64Array;
}

/** Measures both sides, prints a table and gives its lines. */
export async function measureMlp(root: string = process.cwd()): Promise<MlpFigure[]> {
  const spaces = new Set(tasks.map(({ space }) => space));
  const data = Object.fromEntries([...spaces].map((space) => [space, readData(space, encodings[space])]));
  const own = await measureOwn(data, pathToFileURL(join(root, "dist/worker.js")));
  const peers = measurePeers(data, join(root, "bench/peers/mlp.py"));
  const figures = tasks.flatMap(({ name, space, targets }) =>
    (["fit", "rank"] as const).flatMap((what) => {
      const target = targets[what];
      if (target === undefined) return [];
      const best = (bits: number) => {
        const seconds = peers.results.filter((timing) => timing.name === name && timing.bits === bits);
        return seconds.length === 0 ? undefined : Math.min(...seconds.map((timing) => timing[what]));
      };
      const rows = what === "rank" ? ` ${data[space].features.rows} rows` : "";
      const seconds = own.find((timing) => timing.name === name)![what];
      return [{ measurement: `${name}: ${what}${rows}`, seconds, peerSeconds: { 64: best(64), 32: best(32) }, target }];
    }),
  );
  print(figures, peers.version);
  return figures;
}

/** A space in random order, with standardised labels that depend on single columns, on pairs of them, and on noise. */
function readData(space: string, encoding: string): Data {
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
    return single + paired + 0.3 * generator.normal();
  });
  const mean = labels.reduce((sum, label) => sum + label / rows, 0);
  const variance = labels.reduce((sum, label) => sum + ((label - mean) * (label - mean)) / rows, 0);
  return { features, labels: labels.map((label) => (label - mean) / Math.sqrt(variance)) };
}

async function measureOwn(data: Readonly<Record<string, Data>>, workerUrl: URL): Promise<Timing[]> {
  const pool = createWorkerPool({ threads: 2, tasks: predictorTasks, workerUrl });
  const timings: Timing[] = [];
  for (const { name, space, layers, width, members, samples, epochs, repeats } of tasks) {
    const { features, labels } = data[space];
    const first = Int32Array.from({ length: samples }, (_, row) => row);
    const train = takeRows(features, first);
    const network = `layers=${layers},width=${width},epochs=${epochs},patience=${epochs}`;
    const spec = members === 1 ? `mlp:${network}` : `ensemble:size=${members},member=mlp(${network})`;
    const predictor = createPredictor(spec, { pool });
    const fits: number[] = [];
    const ranks: number[] = [];
    // The first round only warms up: threads start and the kernels are compiled for good.
    for (let repeat = 0; repeat <= repeats; repeat++) {
      const start = performance.now();
      await predictor.fit(train, labels.slice(0, samples), createGenerator(1));
      const fitted = performance.now();
      await predictor.predict(features);
      if (repeat === 0) continue;
      fits.push((fitted - start) / 1000);
      ranks.push((performance.now() - fitted) / 1000);
    }
    timings.push({ name, fit: median(fits), rank: median(ranks) });
    console.error(timings.at(-1));
  }
  await pool.close();
  return timings;
}

function measurePeers(data: Readonly<Record<string, Data>>, script: string) {
  const files: Record<string, Float32Array | Float64Array> = {};
  const spaces = Object.entries(data).map(([name, { features, labels }]) => {
    files[`${name}.features`] = Float32Array.from(features.data);
    files[`${name}.labels`] = labels;
    return { name, columns: features.columns };
  });
  const missing: { version: string; results: PeerTiming[] } = { version: "missing", results: [] };
  return measurePeer({ script, tasks: { spaces, tasks }, files, missing });
}

function print(figures: readonly MlpFigure[], version: string): void {
  const build = kernels().portable ? "portable" : "relaxed";
  const machine = `${cpus()[0]?.model}, ${cpus().length} processors`;
  console.log(`${machine}; Node ${process.versions.node}, ${build} kernels; scikit-learn ${version}`);
  console.log("Median seconds; scikit-learn with the better of 1 and 2 threads.");
  const round = (value: number | undefined, digits: number) => (value === undefined ? "-" : value.toFixed(digits));
  console.table(
    figures.map(({ measurement, seconds, peerSeconds, target }) => ({
      measurement,
      assay: round(seconds, 3),
      "64-bit peer": round(peerSeconds[64], 3),
      "times faster": round(peerSeconds[64] && peerSeconds[64] / seconds, 2),
      "32-bit peer": round(peerSeconds[32], 3),
      "times faster than it": round(peerSeconds[32] && peerSeconds[32] / seconds, 2),
      target: `${target}x`,
    })),
  );
}

await measureMlp();
