/**
 * Training tiny networks of NAS-Bench-201, against the same networks in PyTorch. Run it in the root of a built clone:
 * node bench/run.mjs trainer. `ASSAY_PYTHON` names the Python that has torch (default: python3).
 *
 * Both sides take the same number of steps of stochastic gradient descent with Nesterov momentum on random images that lie
 * ready, without augmentation. PyTorch is timed with one and two threads, of which the better counts; Assay works on one thread,
 * and trains two candidates on two.
 */
import { cpus } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Dataset, ImageSet } from "../src/dataset/contract.js";
import { encode } from "../src/encoding/index.js";
import { buildCandidate } from "../src/evaluator/trainer/candidate.js";
import type { TrainingInput, TrainingOutcome } from "../src/evaluator/trainer/contract.js";
import { trainerOptions } from "../src/evaluator/trainer/options.js";
import { trainerTasks } from "../src/evaluator/trainer/tasks.js";
import { kernels } from "../src/kernels/kernels.js";
import { createWorkerPool } from "../src/kernels/pool.js";
import { gradientDescent } from "../src/nn/optimiser.js";
import { createGenerator } from "../src/random/index.js";
import { createSpace } from "../src/space/index.js";
import { median } from "../src/stats/index.js";
import { measurePeer } from "./peers/measure.js";

/** The most and the least costly kinds of cell, and one in between. */
const extremes = [
  ["all 3x3", "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|"],
  ["mixture", "|nor_conv_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|avg_pool_3x3~0|nor_conv_3x3~1|none~2|"],
  [
    "1x1 and pooling",
    "|nor_conv_1x1~0|+|avg_pool_3x3~0|nor_conv_1x1~1|+|skip_connect~0|avg_pool_3x3~1|nor_conv_1x1~2|",
  ],
] as const;
/** So many cells drawn at random say what a candidate of a search takes on average. */
const DRAWN = 12;

const STEPS = 20;
const REPEATS = 7;
/** After so many seconds a peer makes no further repeats. */
const SECONDS_LIMIT = 8;
/** How many times faster than PyTorch the issue asks for. */
const TARGET = 4;
const RATE = 0.01;
const settings = trainerOptions.parse({ channels: 8, cells: 1, stages: 2, batch: 32 });
const space = createSpace("nasbench201");
const drawn = drawCells();
const cells = [...extremes, ...drawn.map((text) => [text, text] as const)];

/** Milliseconds of a step, and what was trained. */
interface Timing {
  readonly cell: string;
  readonly milliseconds: number;
  readonly params: number;
}

interface PeerTiming extends Timing {
  readonly threads: number;
}

/** Cells in which something leads from the input to the output. */
function drawCells(): readonly string[] {
  const generator = createGenerator("candidates");
  const texts: string[] = [];
  while (texts.length < DRAWN) {
    const architecture = space.sample(generator);
    const paths = encode(space, "path-counts", [architecture]).data.reduce((sum, count) => sum + count, 0);
    if (paths > 0) texts.push(space.format(architecture));
  }
  return texts;
}

/** One batch of random images, which every step sees. */
function randomDataset(count: number): Dataset {
  const generator = createGenerator("images");
  const images: ImageSet = {
    count,
    pixels: Float32Array.from({ length: count * 64 }, () => generator.normal()),
    labels: Int32Array.from({ length: count }, () => generator.integer(10)),
  };
  const classes = Array.from({ length: 10 }, (_, label) => String(label));
  return {
    name: "random",
    channels: 1,
    height: 8,
    width: 8,
    classes,
    training: images,
    validation: images,
    test: images,
  };
}

function measureOwn(): Timing[] {
  const dataset = randomDataset(settings.batch);
  return cells.map(([cell, text]) => {
    const generator = createGenerator(1);
    const candidate = buildCandidate(space, space.parse(text), dataset, settings, generator);
    const { network, image, targets, params } = candidate;
    network.values(image).forEach((_, i, values) => {
      values[i] = generator.normal();
    });
    for (let i = 0; i < settings.batch; i++) network.values(targets)[generator.integer(10) * settings.batch + i] = 1;
    const optimiser = gradientDescent(network, { momentum: 0.9, l2: 5e-4 });
    const times: number[] = [];
    // The first round only warms up: the kernels are compiled for good.
    for (let repeat = 0; repeat <= REPEATS; repeat++) {
      const start = performance.now();
      for (let step = 0; step < STEPS; step++) {
        network.forward(true);
        network.clearGradients();
        network.backward();
        optimiser.step(RATE, 1 / settings.batch);
      }
      if (repeat > 0) times.push((performance.now() - start) / STEPS);
    }
    network.close();
    return { cell, milliseconds: median(times), params };
  });
}

function measurePeers(script: string): { version: string; results: PeerTiming[] } {
  const { channels, stages, batch } = settings;
  const tasks = {
    cells,
    steps: STEPS,
    repeats: REPEATS,
    secondsLimit: SECONDS_LIMIT,
    rate: RATE,
    channels,
    cellsPerStage: settings.cells,
    stages,
    batch,
  };
  return measurePeer({ script, tasks, missing: { version: "missing", results: [] } });
}

/** Seconds of two whole trainings, one after the other and at once on two threads. */
async function measurePairs(workerUrl: URL): Promise<{ readonly one: number; readonly two: number }> {
  const pool = createWorkerPool({ threads: 2, tasks: trainerTasks, workerUrl });
  const train = (seed: number): Promise<TrainingOutcome> =>
    pool.run<TrainingInput, TrainingOutcome>("train-architecture", {
      space: { name: "nasbench201", options: {} },
      architecture: space.parse(cells[0][1]),
      dataset: "hard-digits",
      settings: { epochs: 2 },
      seed,
    });
  // Both threads load the images and compile the kernels first.
  await Promise.all([train(1), train(2)]);
  const one: number[] = [];
  const two: number[] = [];
  for (let repeat = 0; repeat < 3; repeat++) {
    const start = performance.now();
    await train(1);
    await train(2);
    const between = performance.now();
    await Promise.all([train(1), train(2)]);
    one.push((between - start) / 1000);
    two.push((performance.now() - between) / 1000);
  }
  await pool.close();
  return { one: median(one), two: median(two) };
}

/** Milliseconds of a step; `best` of PyTorch with one and two threads. */
interface Row {
  readonly cell: string;
  readonly own: number;
  readonly one: number;
  readonly two: number;
  readonly best: number;
}

function print(own: readonly Timing[], peers: ReturnType<typeof measurePeers>): void {
  const build = kernels().portable ? "portable" : "relaxed";
  const machine = `${cpus()[0]?.model}, ${cpus().length} processors`;
  console.log(`${machine}; Node ${process.versions.node}, ${build} kernels; PyTorch ${peers.version}`);
  console.log(`Median milliseconds of a training step on a batch of ${settings.batch} images of 1x8x8.`);
  const rows = own.map(({ cell, milliseconds, params }): Row => {
    const same = peers.results.filter((timing) => timing.cell === cell);
    for (const peer of same) {
      if (peer.params !== params) throw new Error(`${cell}: ${params} parameters, but ${peer.params} in PyTorch`);
    }
    const of = (threads: number) => same.find((timing) => timing.threads === threads)?.milliseconds ?? Number.NaN;
    return { cell, own: milliseconds, one: of(1), two: of(2), best: Math.min(of(1), of(2)) };
  });
  const meanOf = (property: "own" | "one" | "two" | "best"): number =>
    rows.slice(extremes.length).reduce((sum, row) => sum + row[property], 0) / DRAWN;
  const mean: Row = {
    cell: `mean of ${DRAWN} random cells`,
    own: meanOf("own"),
    one: meanOf("one"),
    two: meanOf("two"),
    best: meanOf("best"),
  };
  const write = (value: number): string => (Number.isNaN(value) ? "-" : value.toFixed(3));
  console.table(
    [...rows.slice(0, extremes.length), mean].map(({ cell, own, one, two, best }) => ({
      cell,
      assay: write(own),
      "1 thread": write(one),
      "2 threads": write(two),
      "times faster": Number.isNaN(best) ? "-" : (best / own).toFixed(2),
      target: `${TARGET}x`,
    })),
  );
}

const root = process.cwd();
const own = measureOwn();
const peers = measurePeers(join(root, "bench/peers/trainer.py"));
print(own, peers);
if (!process.argv.includes("steps")) {
  const { one, two } = await measurePairs(pathToFileURL(join(root, "dist/worker.js")));
  console.log(
    `Two candidates: ${one.toFixed(2)} s one after the other, ${two.toFixed(2)} s at once on two threads: ${(one / two).toFixed(2)} times faster.`,
  );
}
