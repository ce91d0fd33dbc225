import { describe, expect, it } from "vitest";
import { fakeTraining } from "../../../test/fixtures/fakeTrainer.js";
import { createWorkerPool, type WorkerPool } from "../../kernels/pool.js";
import { createGenerator } from "../../random/index.js";
import { createCatalogue } from "../../space/catalogue.js";
import { createChoiceSpace } from "../../space/choice/index.js";
import { createNasBench201 } from "../../space/index.js";
import { createFeatureSource, createStrategy } from "../../strategy/index.js";
import { search } from "../../study/index.js";
import { evaluatorConformance } from "../conformance.js";
import type { EvaluationRequest } from "../contract.js";
import { type TrainingInput, type TrainingOutcome, trainingTask } from "./contract.js";
import { createTrainerEvaluator } from "./trainerEvaluator.js";

const space = createNasBench201();
const GOOD = "|nor_conv_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|skip_connect~0|nor_conv_3x3~1|none~2|";
const DIVERGES = "|skip_connect~0|+|none~0|skip_connect~1|+|none~0|none~1|skip_connect~2|";

function requestOf(text: string, signal?: AbortSignal): EvaluationRequest {
  const architecture = space.parse(text);
  const id = space.enumeration!.indexOf(architecture);
  return { space, architecture, id, trial: 0, ...(signal === undefined ? {} : { signal }) };
}

/** A pool that trains on this thread and remembers what it was asked for. */
function poolOf(train: (input: TrainingInput) => TrainingOutcome | Promise<TrainingOutcome> = fakeTraining) {
  const inputs: TrainingInput[] = [];
  const tasks = {
    [trainingTask]: (input: TrainingInput) => {
      inputs.push(input);
      return train(input);
    },
  };
  return { inputs, pool: createWorkerPool({ threads: 1, tasks }) };
}

const create = (pool: WorkerPool, seed = 1) =>
  createTrainerEvaluator({ pool, dataset: "hard-digits", settings: { epochs: 4 }, seed });

describe("conformance", () => {
  for (const { name, skip, run } of evaluatorConformance(() => create(poolOf().pool), space)) {
    if (skip === undefined) it(name, run);
  }
});

it("gives the validation accuracy as label, costs of the trained network, and curves", async () => {
  const { pool, inputs } = poolOf();
  const result = await create(pool).evaluate(requestOf(GOOD));
  const outcome = fakeTraining(inputs[0]);
  expect(inputs[0]).toMatchObject({ space: { name: "nasbench201", options: {} }, dataset: "hard-digits" });
  expect(result).toEqual({
    label: outcome.validation,
    metrics: { test: outcome.test, flops: outcome.flops, params: outcome.params, seconds: 0.5 },
    curves: { loss: outcome.losses, trainingAccuracy: outcome.trainingAccuracies },
  });
  expect(result.curves!["loss"]).toHaveLength(4);
});

it("says why a training diverged", async () => {
  const result = await create(poolOf().pool).evaluate(requestOf(DIVERGES));
  expect(result.label).toBeNaN();
  expect(result.failure).toBe("the loss was no longer finite in epoch 2");
  expect(result.curves!["loss"]).toHaveLength(1);
  const silent = poolOf((input) => ({ ...fakeTraining(input), validation: Number.NaN }));
  expect((await create(silent.pool).evaluate(requestOf(GOOD))).failure).toBe("the validation accuracy is NaN");
});

it("trains the canonical form: cells that compute the same function get the same result", async () => {
  const cell = space.parse(GOOD);
  const canonical = space.format(space.canonical(cell));
  const alias = space.neighbours(cell).find((other) => space.format(space.canonical(other)) === canonical);
  expect(alias).toBeDefined();
  const { pool, inputs } = poolOf();
  const evaluator = create(pool);
  const first = await evaluator.evaluate(requestOf(GOOD));
  expect(await evaluator.evaluate(requestOf(space.format(alias!)))).toEqual(first);
  expect(inputs[0]).toEqual(inputs[1]);
});

it("draws the seed of a training from the seed of the search and the architecture", async () => {
  const seedsOf = async (seed: number, texts: readonly string[]) => {
    const { pool, inputs } = poolOf();
    const evaluator = create(pool, seed);
    for (const text of texts) await evaluator.evaluate(requestOf(text));
    return inputs.map((input) => input.seed);
  };
  const [good, other] = await seedsOf(1, [GOOD, DIVERGES]);
  expect(await seedsOf(1, [DIVERGES, GOOD])).toEqual([other, good]);
  expect(new Set([good, other, ...(await seedsOf(2, [GOOD]))]).size).toBe(3);
});

it("nobody waits for a training that was cancelled", async () => {
  const never = poolOf(() => new Promise(() => {}));
  const stop = new AbortController();
  const running = create(never.pool).evaluate(requestOf(GOOD, stop.signal));
  stop.abort();
  expect(await running).toMatchObject({ label: Number.NaN, failure: "cancelled" });
});

it("an error of the trainer is an error, not a diverged training", async () => {
  const broken = poolOf(() => {
    throw new Error("no such data set");
  });
  await expect(create(broken.pool).evaluate(requestOf(GOOD))).rejects.toThrow("no such data set");
});

it("refuses a space whose networks it cannot build", async () => {
  const own = createChoiceSpace({ name: "my-space", parameters: { width: [1, 2] } });
  const architecture = own.sample(createGenerator(1));
  await expect(create(poolOf().pool).evaluate({ space: own, architecture, id: 0, trial: 0 })).rejects.toThrow(
    "The built-in trainer cannot build networks of the space my-space.",
  );
});

it("a search is the same however many trainings run at the same time", async () => {
  const run = async (parallel: number) => {
    let running = 0;
    let most = 0;
    const pool: WorkerPool = {
      threads: parallel,
      async run<Input, Output>(_task: string, input: Input): Promise<Output> {
        most = Math.max(most, ++running);
        const training = input as unknown as TrainingInput;
        // Later ones end first.
        await new Promise((resolve) => setTimeout(resolve, training.architecture[0]));
        running--;
        return fakeTraining(training) as Output;
      },
      close: async () => {},
    };
    const catalogue = createCatalogue(space);
    const context = { catalogue, features: createFeatureSource(catalogue), generator: createGenerator(5) };
    const strategy = createStrategy("regularized-evolution:population=5,tournament=2", context);
    const { trials } = await search({
      ...{ strategy, catalogue, evaluator: create(pool), budget: 20, batch: 4, parallel },
    });
    return { most, trials: trials.map(({ seconds: _, ...trial }) => trial) };
  };
  const [one, two] = [await run(1), await run(2)];
  expect([one.most, two.most]).toEqual([1, 2]);
  expect(two.trials).toEqual(one.trials);
});
