import { expect, it } from "vitest";
import { fakeTraining } from "../../../test/fixtures/fakeTrainer.js";
import { createWorkerPool } from "../../kernels/pool.js";
import { createCatalogue } from "../../space/catalogue.js";
import { createChoiceSpace } from "../../space/choice/index.js";
import { createNasBench201 } from "../../space/index.js";
import { type TrainingInput, trainingTask } from "./contract.js";
import { createTrainerEstimation, type TrainerEstimationOptions } from "./trainerEstimation.js";

const space = createNasBench201();
const catalogue = createCatalogue(space);
const idOf = (text: string): number => catalogue.idOf(space.parse(text));
const GOOD = idOf("|nor_conv_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|skip_connect~0|nor_conv_3x3~1|none~2|");
const OTHER = idOf("|nor_conv_1x1~0|+|nor_conv_1x1~0|nor_conv_3x3~1|+|none~0|nor_conv_3x3~1|none~2|");
const DIVERGES = idOf("|skip_connect~0|+|none~0|skip_connect~1|+|none~0|none~1|skip_connect~2|");

function create(changes: Partial<TrainerEstimationOptions> = {}) {
  const inputs: TrainingInput[] = [];
  const train = (input: TrainingInput) => {
    inputs.push(input);
    return fakeTraining(input);
  };
  const estimation = createTrainerEstimation({
    catalogue,
    pool: createWorkerPool({ threads: 1, tasks: { [trainingTask]: train } }),
    dataset: "hard-digits",
    trainingImages: 400,
    settings: { epochs: 20, batch: 32, proxies: "synflow" },
    seed: 1,
    ...changes,
  });
  return { estimation, inputs };
}

it("gives the losses of a short training on some of the images, and what it costs", async () => {
  const { estimation, inputs } = create();
  // 3 epochs of 3 steps (100 images) out of 20 epochs of 12.
  expect(estimation).toMatchObject({ name: "losses", length: 3, cost: 9 / 240 });
  const codes = await estimation.of([GOOD, DIVERGES]);
  expect([codes.rows, codes.columns]).toEqual([2, 3]);
  expect([...codes.data.subarray(0, 3)]).toEqual(fakeTraining(inputs[0]).losses.map(Math.fround));
  expect([...codes.data.subarray(3)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect(inputs[0]).toMatchObject({
    dataset: "hard-digits",
    settings: { epochs: 3, images: 100, batch: 32, proxies: "" },
    curvesOnly: true,
  });
});

it("takes epochs and share, and never less than a batch or more than the training itself", () => {
  const costOf = (code: Record<string, number>, settings: Record<string, number> = {}) =>
    create({ code, settings: { epochs: 20, batch: 32, ...settings } }).estimation.cost;
  expect(costOf({ epochs: 1, share: 0 })).toBe(1 / 240);
  expect(costOf({ epochs: 20, share: 1 })).toBe(1);
  expect(costOf({ epochs: 5, share: 0.5 }, { images: 128 })).toBe(10 / 80);
  expect(() => costOf({ epoch: 1 })).toThrow('losses has no option "epoch"');
});

it("gives an architecture the same code whenever it is asked, and its like too", async () => {
  const cell = catalogue.at(GOOD);
  const like = space.neighbours(cell).find((other) => space.canonical(other).join() === space.canonical(cell).join());
  const rowsOf = async (ids: number[], seed = 1) => {
    const { data } = await create({ seed }).estimation.of(ids);
    return ids.map((_, row) => [...data.subarray(3 * row, 3 * row + 3)]);
  };
  const [good, other, same] = await rowsOf([GOOD, OTHER, catalogue.idOf(like!)]);
  expect(same).toEqual(good);
  expect(await rowsOf([OTHER, GOOD])).toEqual([other, good]);
  expect(await rowsOf([GOOD], 2)).not.toEqual([good]);
});

it("refuses what cannot be trained", () => {
  const own = createCatalogue(createChoiceSpace({ name: "my-space", parameters: { width: [1, 2] } }));
  expect(() => create({ catalogue: own })).toThrow("cannot build networks of the space my-space");
  expect(() => create({ settings: { epoch: 3 } })).toThrow('trainer has no option "epoch"');
});
