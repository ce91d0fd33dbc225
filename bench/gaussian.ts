/**
 * Fitting and asking Gaussian processes, against scikit-learn's GaussianProcessRegressor with a kernel of the same form. Run it in the
 * root of a built clone: node bench/run.mjs gaussian [observations …]. `ASSAY_PYTHON` names the Python that has scikit-learn
 * (default: python3).
 *
 * Everything runs on one thread. Fits start at the prior and take 12 evaluations on both sides; scikit-learn cannot have several groups
 * of columns in a kernel, so it gets one kernel on all of them. It computes every row; ours computes those that are equal once.
 */
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { encodeAll } from "../src/encoding/index.js";
import { kernels } from "../src/kernels/kernels.js";
import { type Matrix, takeRows } from "../src/kernels/matrix.js";
import { groupsOf } from "../src/predictor/gaussian/groups.js";
import { poolMeans } from "../src/predictor/gaussian/poolMeans.js";
import { createGaussianProcess } from "../src/predictor/gaussian/process.js";
import { createGenerator } from "../src/random/index.js";
import { createSpace } from "../src/space/index.js";
import { median } from "../src/stats/index.js";
import { measurePeer } from "./peers/measure.js";

const EVALUATIONS = 12;
/** Observations that arrive at once in a search. */
const BATCH = 10;

const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [100, 200, 1000, 2000];

/** Median milliseconds with a number of observations. */
interface Timing {
  readonly observations: number;
  readonly fit: number;
  readonly mean: number;
  readonly predict: number;
}

/** A space as rows of views in random order, with standardised labels: a smooth function of the summary, and noise. */
function readData(name: string): { rows: Matrix; labels: Float64Array } {
  const generator = createGenerator(name);
  const rows = encodeAll(createSpace({ name, options: {} }), "views");
  const [, { start, width }] = groupsOf(rows);
  const weights = Array.from({ length: width }, () => generator.normal());
  const values = Float64Array.from({ length: rows.rows }, (_, row) => {
    const at = row * rows.columns + start;
    const sum = weights.reduce((total, weight, column) => total + weight * rows.data[at + column], 0);
    return sum - 0.5 * sum * sum + 0.2 * generator.normal();
  });
  const mean = values.reduce((sum, value) => sum + value / rows.rows, 0);
  const variance = values.reduce((sum, value) => sum + ((value - mean) * (value - mean)) / rows.rows, 0);
  return { rows, labels: values.map((value) => (value - mean) / Math.sqrt(variance)) };
}

async function timed(repeats: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  // The first round only warms up.
  for (let repeat = 0; repeat <= repeats; repeat++) {
    const start = performance.now();
    await work();
    if (repeat > 0) times.push(performance.now() - start);
  }
  return median(times);
}

function observe(rows: Matrix, chosen: Int32Array) {
  const process = createGaussianProcess({ groups: groupsOf(rows), columns: rows.columns });
  process.add(takeRows(rows, chosen));
  return process;
}

const small = readData("nasbench201");
const order = createGenerator("order").shuffle(Int32Array.from({ length: small.rows.rows }, (_, row) => row));
const own: Timing[] = [];
const updates: Record<string, string>[] = [];
for (const observations of sizes) {
  const repeats = observations > 500 ? 2 : 9;
  const known = order.slice(0, observations);
  const labels = Float64Array.from(known, (row) => small.labels[row]);
  const process = observe(small.rows, known);
  const { theta } = process;
  const fit = await timed(repeats, () => {
    process.theta = theta;
    process.truncate(0);
    process.add(takeRows(small.rows, known));
    process.fit(labels, { iterations: EVALUATIONS - 2 });
  });
  const mean = await timed(repeats, () => poolMeans(process, small.rows));
  const predict = await timed(repeats, () => process.predict(small.rows));
  own.push({ observations, fit, mean, predict });
  const best = order.slice(0, 2000);
  const update = await timed(repeats, () => {
    process.truncate(observations - BATCH);
    process.add(takeRows(small.rows, known.slice(observations - BATCH)));
    process.fit(labels);
  });
  updates.push({
    observations: String(observations),
    "add 10 and fit": update.toFixed(1),
    "mean of all": mean.toFixed(1),
    "mean and variance of 2,000": (await timed(repeats, () => process.predict(small.rows, best))).toFixed(1),
    "10 covariances among 300": (
      await timed(repeats, () => {
        const among = process.among(small.rows, best.slice(0, 300));
        for (let row = 0; row < BATCH; row++) among.covarianceWith(row);
      })
    ).toFixed(1),
  });
}

const missing: { version: string; results: Timing[] } = { version: "missing", results: [] };
const peer = measurePeer({
  script: join(process.cwd(), "bench/peers/gaussian.py"),
  tasks: { sizes, columns: small.rows.columns, evaluations: EVALUATIONS },
  files: {
    rows: Float64Array.from(takeRows(small.rows, order).data),
    labels: small.labels.map((_, i) => small.labels[order[i]]),
  },
  missing,
});

const build = kernels().portable ? "portable" : "relaxed";
console.log(
  `${cpus()[0]?.model}, ${cpus().length} processors, load ${loadavg()[0]?.toFixed(1)}; Node ${process.versions.node}, ${build} kernels; scikit-learn ${peer.version}`,
);
console.log(
  `Median milliseconds on one thread; NAS-Bench-201, ${small.rows.rows} rows of ${small.rows.columns} columns.`,
);
console.table(
  own.flatMap((timing) =>
    (["fit", "predict"] as const).map((what) => {
      const other = peer.results.find(({ observations }) => observations === timing.observations)?.[what];
      return {
        observations: timing.observations,
        what: what === "fit" ? "add all and fit" : "mean and variance of all rows",
        assay: timing[what].toFixed(1),
        "scikit-learn": other?.toFixed(1) ?? "-",
        "times faster": other === undefined ? "-" : (other / timing[what]).toFixed(1),
      };
    }),
  ),
);
console.table(updates);

if (given.length === 0) {
  const large = readData("nasbench101");
  const known = createGenerator("order")
    .shuffle(Int32Array.from({ length: large.rows.rows }, (_, row) => row))
    .slice(0, 200);
  const process = observe(large.rows, known);
  process.fit(Float64Array.from(known, (row) => large.labels[row]));
  const seconds = (await timed(3, () => poolMeans(process, large.rows))) / 1000;
  console.log(`NAS-Bench-101, ${large.rows.rows} rows, 200 observations: means in ${seconds.toFixed(2)} s.`);
}
