import { describe, expect, it } from "vitest";
import { registerStandIn, standInDefinition } from "../../test/standInPredictor.js";
import { createMatrix, type Matrix } from "../kernels/matrix.js";
import type { WorkerPool } from "../kernels/pool.js";
import { createGenerator } from "../random/index.js";
import { checkInputs, checkSession } from "./checked.js";
import { estimationCodeConformance, trainingConformance } from "./conformanceCodes.js";
import type { PredictorDefinition, PredictorModel } from "./contract.js";
import { createEnsembleDefinition } from "./ensemble.js";
import { readsCodes, startTraining } from "./index.js";
import { splitRowsOverThreads } from "./parallel.js";
import type { FitPredictorInput, PredictRowsInput } from "./taskInputs.js";

registerStandIn();

const create = () => standInDefinition.create({}, {});
const ensembleDefinition = createEnsembleDefinition(create, () => true);

function bits(rows: number, seed: string): Matrix {
  const generator = createGenerator(seed);
  const features = createMatrix(rows, 6);
  for (let i = 0; i < features.data.length; i++) features.data[i] = generator.integer(2);
  return features;
}

const features = bits(40, "features");
const labels = Float64Array.from({ length: 40 }, (_, row) => 3 * features.data[6 * row] - features.data[6 * row + 1]);
const task = { features, labels };

const suites: [string, PredictorDefinition][] = [
  ["the stand-in", standInDefinition],
  ["an ensemble", ensembleDefinition],
];
for (const [name, definition] of suites) {
  describe(`codes of ${name}`, () => {
    for (const { name: property, run } of estimationCodeConformance(definition, { task })) it(property, run);
  });
}

describe("training of the stand-in", () => {
  for (const { name, run } of trainingConformance(standInDefinition, { task })) it(name, run);
});

describe("the suites themselves", () => {
  it("notice a predictor that takes NaN for a number", async () => {
    const broken: PredictorDefinition = {
      ...standInDefinition,
      create(options, context) {
        const sound = standInDefinition.create(options, context);
        return {
          fit: (...given) => sound.fit(...given),
          exportModel: () => sound.exportModel(),
          importModel: (model) => sound.importModel(model),
          predict(rows, extras) {
            const codes = extras?.codes;
            const zeros = codes && { ...codes, data: codes.data.map((value) => (Number.isNaN(value) ? 0 : value)) };
            return sound.predict(rows, { codes: zeros });
          },
        };
      },
    };
    const cases = estimationCodeConformance(broken, { task });
    await expect(cases[0].run()).rejects.toThrow(/NaN codes: row 0/);
    await expect(cases[1].run()).rejects.toThrow(/row 0 is/);
  });

  it("notice a training that forgets its weights", async () => {
    const broken: PredictorDefinition = {
      ...standInDefinition,
      startTraining(options, context) {
        let session = standInDefinition.startTraining!(options, context);
        return {
          add: (...given) => session.add(...given),
          async train(stage, generator) {
            session = standInDefinition.startTraining!(options, context);
            session.add(features, labels);
            await session.train(stage, generator);
          },
          predict: (...given) => session.predict(...given),
        };
      },
    };
    const cases = trainingConformance(broken, { task });
    await expect(cases[1].run()).rejects.toThrow(/first stage left nothing behind/);
    await expect(cases[2].run()).rejects.toThrow(/trained without rows/);
  });
});

it("codes reach other threads with the rows that they belong to", async () => {
  const pool: WorkerPool = {
    threads: 3,
    async run<Input, Output>(name: string, input: Input): Promise<Output> {
      const worker = create();
      if (name === "fit-predictor") {
        const { features, labels, codes, seed } = structuredClone(input) as unknown as FitPredictorInput;
        await worker.fit(features, labels, createGenerator(seed), { codes });
        return structuredClone(worker.exportModel()) as Output;
      }
      const { model, features, codes } = structuredClone(input) as unknown as PredictRowsInput;
      worker.importModel(model as PredictorModel);
      return structuredClone(await worker.predict(features, { codes })) as Output;
    },
    close: async () => {},
  };
  const rows = bits(13_000, "rows");
  const codes = createMatrix(rows.rows, 2);
  for (let row = 0; row < rows.rows; row++) codes.data[2 * row] = row % 3 === 0 ? Number.NaN : row;
  const alone = ensembleDefinition.create({ size: 2 }, {});
  const threaded = splitRowsOverThreads(
    checkInputs("ensemble", ensembleDefinition.create({ size: 2 }, { pool })),
    { name: "ensemble", options: {} },
    // Only the rows of the ensemble as a whole are split here, and the workers hold single stand-ins.
    { ...pool, threads: 1 },
  );
  for (const predictor of [alone, threaded]) await predictor.fit(features, labels, createGenerator(1));
  expect(await threaded.predict(rows, { codes })).toEqual(await alone.predict(rows, { codes }));

  const single = create();
  await single.fit(features, labels, createGenerator(1));
  const split = splitRowsOverThreads(single, { name: "stand-in", options: {} }, pool);
  expect(await split.predict(rows, { codes })).toEqual(await single.predict(rows, { codes }));
});

it("an ensemble reads codes where its members do", () => {
  expect(readsCodes("stand-in")).toBe(true);
  expect(readsCodes("ensemble:member=stand-in")).toBe(true);
  expect(readsCodes("ensemble:member=ensemble(member=ridge)")).toBe(false);
});

describe("checked", () => {
  const codes = createMatrix(40, 3);

  it("refuses codes that are not one row for each row", async () => {
    const predictor = checkInputs("stand-in", create());
    const learn = (given: Matrix) => predictor.fit(features, labels, createGenerator(1), { codes: given });
    await expect(learn(createMatrix(39, 3))).rejects.toThrow(/got 39 estimation codes \(117 numbers\) for 40 rows/);
    await learn(codes);
    await expect(predictor.predict(features, { codes: createMatrix(40, 2) })).rejects.toThrow(
      /fitted to estimation codes of 3 numbers and is given 2/,
    );
    const twin = checkInputs("stand-in", create());
    twin.importModel(predictor.exportModel()!);
    await expect(twin.predict(features, { codes: createMatrix(40, 2) })).rejects.toThrow(/codes of 3 numbers/);
  });

  it("refuses rows of another width during a training in stages", () => {
    const session = checkSession("stand-in", standInDefinition.startTraining!({}, {}));
    session.add(features, labels);
    session.add(features, labels, { codes });
    expect(() => session.add(createMatrix(2, 5), Float64Array.of(1, 2))).toThrow(/fitted to 6 columns/);
    expect(() => session.add(features, labels, { codes: createMatrix(40, 1) })).toThrow(/codes of 3 numbers/);
    expect(() => session.add(features, labels.with(3, Number.NaN))).toThrow(/label NaN in row 3/);
  });

  it("names the predictors that can be trained in stages where another is asked to", () => {
    expect(() => startTraining("ridge")).toThrow(/ridge cannot be trained in stages/);
  });
});
