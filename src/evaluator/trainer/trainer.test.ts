import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import type { Dataset } from "../../dataset/contract.js";
import { openDataset } from "../../dataset/index.js";
import { createWorkerPool } from "../../kernels/pool.js";
import { batchNormalisation } from "../../nn/batchNormalisation.js";
import { NetworkBuilder } from "../../nn/builder.js";
import type { OptionValues } from "../../options.js";
import { createGenerator } from "../../random/index.js";
import type { SearchSpace } from "../../space/contract.js";
import { createSpace } from "../../space/index.js";
import { cellNetworkOf } from "./buildable.js";
import type { TrainingInput, TrainingOutcome } from "./contract.js";
import { trainerOptions } from "./options.js";
import { trainerTasks } from "./tasks.js";
import { type TrainArchitectureOptions, trainArchitecture } from "./train.js";

const space = createSpace("nasbench201");
const TINY = { channels: 4, stages: 1, epochs: 3, images: 96, batch: 32 };
const cell = (operation: string): string => {
  const edge = (from: number): string => `${operation}~${from}`;
  return `|${edge(0)}|+|${edge(0)}|${edge(1)}|+|${edge(0)}|${edge(1)}|${edge(2)}|`;
};
const [NONE, SKIP, SMALL, LARGE] = ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3"].map(cell);
const MIXED = "|nor_conv_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|avg_pool_3x3~0|nor_conv_3x3~1|none~2|";
const NANO = ["dwconv3x3~0|output~1", "expand~0|atten~1|conv1x1~2|output~3"];

let dataset: Dataset;
beforeAll(async () => {
  dataset = await openDataset("hard-digits");
});

function train(
  text: string,
  settings: OptionValues = {},
  more: Partial<TrainArchitectureOptions> = {},
): TrainingOutcome {
  const used = more.space ?? space;
  return trainArchitecture({
    space: used,
    architecture: used.parse(text),
    dataset,
    settings: trainerOptions.parse({ ...TINY, ...settings }),
    seed: 1,
    ...more,
  });
}

/** What is the same each time: all but the seconds. */
function lasting({ seconds, ...outcome }: TrainingOutcome): Omit<TrainingOutcome, "seconds"> {
  expect(seconds).toBeGreaterThan(0);
  return outcome;
}

describe("the networks cost what the space says", () => {
  function count(of: SearchSpace, text: string, image: readonly [number, number], shape: readonly number[]): number[] {
    const builder = new NetworkBuilder({ batch: 4 });
    const [channels, cells, stages, classes] = shape;
    cellNetworkOf(of)(
      { builder, normalise: (input) => batchNormalisation(builder, input), afterCell: (output) => output },
      builder.input(image[0], image[1], image[1]),
      of.parse(text),
      { channels, cells, stages, classes },
      of,
    );
    return [builder.multiplyAccumulates, builder.parameterCount];
  }

  function costOf(of: SearchSpace, text: string): number[] {
    const costs = new Float64Array(of.views.cost!.metrics.length);
    of.views.cost!.write(of.parse(text), costs);
    return [...costs];
  }

  test.each([SKIP, SMALL, LARGE, MIXED])("nasbench201 %s", (text) => {
    // What leads nowhere is not built, so the mixture must not have an edge into a node without a way out.
    const alive = text === MIXED ? MIXED.replace("none~2", "skip_connect~2") : text;
    expect(count(space, alive, [3, 32], [16, 5, 3, 10])).toEqual(costOf(space, alive));
  });

  test.each([
    [{}, [3, 32], [128, 3, 3, 10]],
    [{ channels: 8, cellsPerStage: 2, stages: 2, inputSize: 8, inputChannels: 1 }, [1, 8], [8, 2, 2, 10]],
    [{ channels: 5, cellsPerStage: 1, stages: 3, inputSize: 9, inputChannels: 2, classes: 3 }, [2, 9], [5, 1, 3, 3]],
  ] as const)("nanobench %j", (options, image, shape) => {
    const nano = createSpace({ name: "nanobench", options });
    const generator = createGenerator("cells");
    const texts = Array.from({ length: 12 }, () => nano.format(nano.sample(generator)));
    for (const text of [...NANO, ...texts]) expect(count(nano, text, image, shape), text).toEqual(costOf(nano, text));
  });
});

describe("a training", () => {
  test("lowers the loss and beats chance clearly", () => {
    const outcome = train(LARGE, { channels: 8, epochs: 4, images: 0 });
    expect(outcome.losses).toHaveLength(4);
    expect(outcome.losses[3]).toBeLessThan(0.75 * outcome.losses[0]);
    expect(outcome.validation).toBeGreaterThan(40);
    expect(outcome.test).toBeGreaterThan(40);
    expect(outcome.failure).toBeUndefined();
  });

  test("of each space runs with every kind of augmentation and optimiser", () => {
    const nano = createSpace("nanobench");
    const all = { shift: 1, flip: true, noise: 0.1, mixup: 0.2, smoothing: 0.1, epochs: 1, warmup: 0.5 };
    for (const optimiser of ["sgd", "adam", "adamw"]) {
      const settings = { ...all, optimiser, rate: 0.01, schedule: "constant" };
      for (const outcome of [train(MIXED, settings), train(NANO[1], { ...settings, stages: 2 }, { space: nano })]) {
        expect(outcome.losses[0]).toBeGreaterThan(0.5);
        expect(outcome.losses[0]).toBeLessThan(6);
        expect(outcome.validation).toBeGreaterThanOrEqual(0);
      }
    }
  });

  test("follows its seed", () => {
    const first = train(MIXED, { noise: 0.1 });
    expect(lasting(train(MIXED, { noise: 0.1 }))).toEqual(lasting(first));
    expect(train(MIXED, { noise: 0.1 }, { seed: 2 }).losses).not.toEqual(first.losses);
  });

  test("is the same on a thread", async () => {
    // Inside the package, where the digits and the packages are found.
    const folder = mkdtempSync(join(process.cwd(), "node_modules", ".assay-trainer-"));
    await build({
      stdin: {
        contents:
          'import { serveTasks } from "./src/kernels/workerTasks.js"; import { trainerTasks } from "./src/evaluator/trainer/tasks.js"; serveTasks(trainerTasks);',
        resolveDir: process.cwd(),
      },
      ...{
        bundle: true,
        format: "esm",
        platform: "node",
        packages: "external",
        outfile: join(folder, "worker.mjs"),
        logLevel: "error",
      },
    });
    const input: TrainingInput = {
      space: { name: "nasbench201", options: {} },
      architecture: space.parse(MIXED),
      dataset: "hard-digits",
      settings: { ...TINY, proxies: "synflow+naswot" },
      seed: 1,
    };
    const outcomes = await Promise.all(
      [1, 2].map(async (threads) => {
        const pool = createWorkerPool({
          threads,
          tasks: trainerTasks,
          workerUrl: pathToFileURL(join(folder, "worker.mjs")),
        });
        try {
          return await Promise.all(
            [1, 2].map(() => pool.run<TrainingInput, TrainingOutcome>("train-architecture", input)),
          );
        } finally {
          await pool.close();
        }
      }),
    );
    rmSync(folder, { recursive: true });
    const expected = lasting(train(MIXED, { proxies: "synflow+naswot" }));
    for (const outcome of outcomes.flat()) expect(lasting(outcome)).toEqual(expected);
  });

  test("that diverges fails with a sentence", () => {
    const { failure, validation, test: tested, losses } = train(LARGE, { rate: 100, decay: 10, epochs: 30 });
    expect(failure).toMatch(/^the training diverged: .* epoch/);
    expect([validation, tested]).toEqual([Number.NaN, Number.NaN]);
    expect(losses.every(Number.isFinite)).toBe(true);
  });

  test("stops after an epoch where it is told to", () => {
    const seen: number[] = [];
    const onEpoch = (epoch: number, loss: number): boolean => {
      seen.push(loss);
      return epoch < 2;
    };
    expect(train(SMALL, {}, { onEpoch }).losses).toEqual(seen);
    expect(seen).toHaveLength(2);
  });

  test("sees as many images for each epoch as asked for", () => {
    // With one batch for an epoch, the accuracy is a multiple of 1 / 32.
    const { trainingAccuracies } = train(SMALL, { images: 63 });
    for (const accuracy of trainingAccuracies) expect((accuracy * 32) / 100).toBe(Math.round((accuracy * 32) / 100));
  });
});

describe("mistakes", () => {
  test.each([
    [{ images: 16 }, "The trainer cannot fill a batch of 32 from 16 training images."],
    [{ batch: 4096, images: 0, proxies: "naswot" }, "The trainer cannot fill a batch of 4096 from"],
    [{ proxies: "synflow+karma" }, "expected some of synflow, snip, grad-norm, naswot"],
    [{ stages: 5 }, "Images of 8 x 8 cannot be halved 4 times"],
  ])("%j", (settings, sentence) => {
    expect(() => train(SMALL, settings)).toThrow(sentence);
  });

  test("a space that nobody can build", () => {
    const nasbench101 = createSpace("nasbench101");
    const text = nasbench101.format(nasbench101.sample(createGenerator(1)));
    expect(() => train(text, {}, { space: nasbench101 })).toThrow("cannot build networks of the space nasbench101");
  });
});

describe("zero-cost proxies", () => {
  const proxiesOf = (text: string) => train(text, { proxies: "synflow+snip+grad-norm+naswot", epochs: 1 }).proxies;

  test("are finite; more convolutions have more synaptic flow", () => {
    const [skip, small, large, mixed] = [SKIP, SMALL, LARGE, MIXED].map(proxiesOf);
    for (const proxies of [skip, small, large, mixed]) {
      expect(Object.keys(proxies)).toEqual(["synflow", "snip", "grad-norm", "naswot"]);
      expect(Object.values(proxies).every((value) => Number.isFinite(value) && value > 0)).toBe(true);
    }
    expect(large.synflow).toBeGreaterThan(small.synflow);
    expect(small.synflow).toBeGreaterThan(skip.synflow);
    expect(large.naswot).toBeGreaterThan(skip.naswot);
  });

  test("of a network without a path are finite: no synaptic flow at all", () => {
    const proxies = proxiesOf(NONE);
    expect(proxies["synflow"]).toBe(0);
    expect(Object.values(proxies).every(Number.isFinite)).toBe(true);
  });
});
