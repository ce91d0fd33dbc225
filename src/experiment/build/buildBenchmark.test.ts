import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build as bundle } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fakeRecipe, fakeTraining } from "../../../test/fakeTraining.js";
import { openBenchmark } from "../../benchmark/index.js";
import type { TrainingInput } from "../../evaluator/trainer/contract.js";
import { createWorkerPool, type WorkerPool } from "../../kernels/pool.js";
import { createGenerator } from "../../random/index.js";
import { type BuildOptions, type BuildOutcome, buildBenchmark, tryRecipe } from "./buildBenchmark.js";
import { type Train, trainOn } from "./train.js";

let folder: string;
/** A build that was never disturbed, on one thread. */
let whole: BuildOutcome;
const FUNCTIONS = 4930;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "assay-build-"));
  const pool = createWorkerPool({ threads: 1, tasks: { "train-architecture": fakeTraining } });
  whole = await build("whole", { train: trainOn(pool), threads: pool.threads });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (name: string): string => join(folder, `${name}.parquet`);
const partialOf = (name: string): string => `${fileOf(name)}.partial`;

function build(name: string, options: Partial<BuildOptions> = {}): Promise<BuildOutcome> {
  const usual = {
    recipe: fakeRecipe(),
    file: fileOf(name),
    train: async (input: TrainingInput) => fakeTraining(input),
  };
  return buildBenchmark({ ...usual, threads: 1, ...options });
}

/** Trains until so many trainings were begun, then asks for a stop; a few take longer, so that others overtake them. */
function trainUntil(limit: number): { train: Train; signal: AbortSignal; begun: () => number } {
  const stop = new AbortController();
  let begun = 0;
  return {
    signal: stop.signal,
    begun: () => begun,
    async train(input) {
      if (++begun === limit) stop.abort();
      if (begun % 97 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
      return fakeTraining(input);
    },
  };
}

/** Real threads whose trainings are made up. */
async function openTrainingThreads(threads: number): Promise<WorkerPool> {
  const outfile = join(folder, "worker.mjs");
  const common = { bundle: true, format: "esm", platform: "node", logLevel: "error" } as const;
  await bundle({ ...common, entryPoints: ["test/fixtures/trainingWorker.ts"], outfile });
  return createWorkerPool({ threads, tasks: {}, workerUrl: pathToFileURL(outfile) });
}

describe("a finished build", () => {
  test("trains each function once with each seed and leaves only the pack", () => {
    expect(whole).toMatchObject({ done: 2 * FUNCTIONS, trainings: 2 * FUNCTIONS, resumed: 0 });
    expect(existsSync(partialOf("whole"))).toBe(false);
    expect(whole.finished!.figures).toMatchObject({ architectures: 15_625, functions: FUNCTIONS, failedTrainings: 0 });
    expect(whole.finished!.bytes).toBeLessThan(1_200_000);
  });

  test("is a benchmark whose equal cells have equal numbers", async () => {
    const { space, pack, metadata, test: accuracies, labels } = await openBenchmark(fileOf("whole"), { verify: true });
    const trained = pack.column("trained_index");
    const cell = new Int32Array(space.genes);
    for (let row = 0; row < trained.length; row += 13) {
      space.enumeration!.write(row, cell);
      expect(pack.column("valid_accuracy")[row]).toBe(pack.column("valid_accuracy")[trained[row]]);
      expect(space.enumeration!.indexOf(space.distinct!(cell))).toBe(trained[row]);
    }
    const [mean, first, second] = ["mean", "seed:1", "seed:2"].map((rule) => labels(rule, createGenerator(1)).values);
    expect(mean[5]).toBeCloseTo((first[5] + second[5]) / 2, 4);
    expect(accuracies[5]).toBeCloseTo(
      (pack.column("test_accuracy_seed1")[5] + pack.column("test_accuracy_seed2")[5]) / 2,
      4,
    );
    expect(metadata.metrics.map(({ name }) => name)).toEqual([
      ...["valid_accuracy", "valid_accuracy_seed1", "valid_accuracy_seed2"],
      ...["test_accuracy", "test_accuracy_seed1", "test_accuracy_seed2"],
      ...["flops", "params", "naswot", "synflow"],
      ...[1, 2, 3].flatMap((epoch) => [1, 2].map((seed) => `train_loss_seed${seed}_epoch${epoch}`)),
      "trained_index",
    ]);
    expect(pack.text("architecture")[7]).toBe(space.format(space.parse(pack.text("architecture")[7])));
    expect(metadata.notes.at(-1)).toContain("settings batch=32, epochs=3, seeds 1, 2");
  });
});

describe("a build that was stopped", () => {
  test("goes on where it was and ends with the same bytes, whatever the threads", async () => {
    const first = trainUntil(3000);
    const stopped = await build("twice", { ...first, threads: 2 });
    expect(stopped.finished).toBeUndefined();
    expect(stopped.done).toBeGreaterThanOrEqual(2999);
    // A crash tears the line that was being written.
    appendFileSync(partialOf("twice"), '{"architecture":12,"seed":1,"valida');
    const second = trainUntil(2000);
    const again = await build("twice", { ...second, threads: 3 });
    expect(again.resumed).toBe(stopped.done);
    writeFileSync(partialOf("twice"), readFileSync(partialOf("twice")).subarray(0, -9));
    const pool = await openTrainingThreads(2);
    const trainThere = trainOn(pool);
    let begun = 0;
    const train: Train = (input) => {
      begun++;
      return trainThere(input);
    };
    const finished = await build("twice", { train, threads: pool.threads, keepPartial: true });
    await pool.close();
    expect(finished.resumed).toBe(again.done - 1);
    // One training is repeated, to see that the trainer is the same.
    expect(begun).toBe(2 * FUNCTIONS - finished.resumed + 1);
    expect(readFileSync(fileOf("twice")).equals(readFileSync(fileOf("whole")))).toBe(true);

    // The kept trainings give the same pack again, without training.
    rmSync(fileOf("twice"));
    const idle: Train = () => Promise.reject(new Error("nothing to train"));
    await build("twice", { train: idle });
    expect(readFileSync(fileOf("twice")).equals(readFileSync(fileOf("whole")))).toBe(true);
    expect(existsSync(partialOf("twice"))).toBe(false);
  });

  test("is not mixed with another recipe, and its file stays as it is", async () => {
    await build("mixed", trainUntil(5));
    const before = readFileSync(partialOf("mixed"), "utf8");
    await expect(build("mixed", { recipe: fakeRecipe({ settings: { epochs: 4, batch: 32 } }) })).rejects.toMatchObject({
      code: "other-build",
      message: expect.stringContaining("settings.epochs (3 there, 4 here)"),
      hint: expect.stringContaining("delete the file"),
    });
    await expect(build("mixed", { recipe: fakeRecipe({ seeds: [1, 2, 3] }) })).rejects.toThrow(/seeds \(1,2 there/);
    expect(readFileSync(partialOf("mixed"), "utf8")).toBe(before);
    // The words of a pack may change without training anew.
    const renamed = trainUntil(3);
    expect(
      (await build("mixed", { recipe: fakeRecipe({ title: "Other words" }), ...renamed })).resumed,
    ).toBeGreaterThan(3);
  });

  test("is not mixed with a trainer that gives other results", async () => {
    await build("changed", trainUntil(5));
    const train: Train = async (input) => ({ ...fakeTraining(input), validation: 12.5 });
    await expect(build("changed", { train })).rejects.toThrow(/12\.5 % \(validation\) now: the trainer or the machine/);
  });

  test("refuses a partial file that is damaged in the middle", async () => {
    await build("damaged", trainUntil(5));
    const lines = readFileSync(partialOf("damaged"), "utf8").split("\n");
    lines[2] = "{}";
    writeFileSync(partialOf("damaged"), lines.join("\n"));
    await expect(build("damaged")).rejects.toThrow(/line 3 is not one that a build wrote/);
  });

  test("passes on what the trainer has against the recipe", async () => {
    const train: Train = () => Promise.reject(new Error("no data set"));
    await expect(build("refused", { train, threads: 2 })).rejects.toThrow("no data set");
  });

  test("tells how long it will still take", async () => {
    const shown: (number | undefined)[] = [];
    const controls = trainUntil(40);
    await build("told", { ...controls, onProgress: ({ secondsLeft }) => shown.push(secondsLeft) });
    expect(shown[0]).toBeUndefined();
    expect(shown.at(-1)).toBeGreaterThan(0);
  });
});

describe("a trial", () => {
  const sample = { architectures: 150, threads: 2 };
  const trials: TrainingInput[] = [];
  const train: Train = async (input) => {
    trials.push(input);
    return fakeTraining(input);
  };

  test("trains the same sample for every setting and tells what the benchmark would be like", async () => {
    const first = await tryRecipe({ recipe: fakeRecipe(), train, ...sample });
    const trained = trials.splice(0).map(({ architecture, seed }) => `${architecture} ${seed}`);
    await tryRecipe({ recipe: fakeRecipe({ settings: { epochs: 9 } }), train, ...sample });
    expect(trials.map(({ architecture, seed }) => `${architecture} ${seed}`)).toEqual(trained);
    expect(first).toMatchObject({ trainingsOfWhole: 2 * FUNCTIONS, figures: { architectures: 150 } });
    expect(first.done).toBe(first.trainings);
    const { betweenSeeds } = whole.finished!.figures;
    expect(Math.abs(first.figures.betweenSeeds.all - betweenSeeds.all)).toBeLessThan(0.05);
  });

  test("that is stopped takes its figures over what is complete", async () => {
    const outcome = await tryRecipe({ recipe: fakeRecipe(), ...sample, ...trainUntil(60), threads: 1 });
    expect(outcome.done).toBeLessThan(outcome.trainings);
    expect(outcome.figures.architectures).toBeLessThan(150);
    expect(outcome.figures.architectures).toBeGreaterThan(20);
  });

  test("of more architectures than there are takes all", async () => {
    const stop = trainUntil(1);
    const { trainings } = await tryRecipe({ recipe: fakeRecipe(), threads: 1, architectures: 1e6, ...stop });
    expect(trainings).toBe(2 * FUNCTIONS);
  });
});
