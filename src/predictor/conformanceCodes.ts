import { type ConformanceCase, check } from "../conformance.js";
import { createMatrix, type Matrix, takeRows } from "../kernels/matrix.js";
import type { OptionValues } from "../options.js";
import { createGenerator } from "../random/index.js";
import type { Prediction, Predictor, PredictorDefinition } from "./contract.js";
import type { TrainingSession } from "./trainingSession.js";

/** Rows that a predictor can read, at least 20, with their labels. */
export interface ConformanceTask {
  readonly features: Matrix;
  readonly labels: Float64Array;
}

/** How a predictor is tried that reads estimation codes or can be trained in stages. */
export interface CodeConformanceOptions {
  readonly task: ConformanceTask;
  /** Options of the predictor, such as few epochs to save time. */
  readonly options?: OptionValues;
}

/**
 * The suite of predictors with `estimationCode`, besides `predictorConformance`.
 *
 * @example
 * for (const { name, run } of estimationCodeConformance(myDefinition, { task })) it(name, run);
 */
export function estimationCodeConformance(
  definition: PredictorDefinition,
  { task, options = {} }: CodeConformanceOptions,
): ConformanceCase[] {
  const { features, labels } = task;
  const codes = codesOf(labels);
  const fitted = async (given: Matrix): Promise<Predictor> => {
    const predictor = definition.create(definition.options.parse(options), {});
    await predictor.fit(features, labels, createGenerator(1), { codes: given });
    return predictor;
  };
  const cases: Record<string, () => Promise<void>> = {
    async "takes a row of NaN for no code"() {
      const predictor = await fitted(codes);
      const nothing = createMatrix(codes.rows, codes.columns);
      nothing.data.fill(Number.NaN);
      checkSame(await predictor.predict(features, { codes: nothing }), await predictor.predict(features), "NaN codes");
      const partly = await (await fitted(nothing)).predict(features, { codes });
      check(partly.mean.every(Number.isFinite), "codes that it had not learnt from gave a value that is not finite");
    },

    async "reads the code of each row for this row only, to the last bit"() {
      const predictor = await fitted(codes);
      const fine = await predictor.predict(features, { codes });
      const coarse = await predictor.predict(features);
      const mixed = createMatrix(codes.rows, codes.columns);
      mixed.data.set(codes.data);
      for (let row = 0; row < codes.rows; row += 2) mixed.data[row * codes.columns] = Number.NaN;
      const { mean } = await predictor.predict(features, { codes: mixed });
      for (let row = 0; row < codes.rows; row++) {
        const expected = (row % 2 === 0 ? coarse : fine).mean[row];
        check(Object.is(mean[row], expected), `row ${row} is ${mean[row]} instead of ${expected}`);
      }
      const some = [11, 3, 7];
      const part = await predictor.predict(takeRows(features, some), { codes: takeRows(codes, some) });
      check(
        some.every((row, place) => Object.is(part.mean[place], fine.mean[row])),
        "fewer rows differ",
      );
    },

    async "carries what it learnt of codes to another thread"() {
      const predictor = await fitted(codes);
      const twin = definition.create(definition.options.parse(options), {});
      twin.importModel(structuredClone(predictor.exportModel()!));
      checkSame(await twin.predict(features, { codes }), await predictor.predict(features, { codes }), "a twin");
    },

    async "leaves codes as they are, and does not lean on them later"() {
      const own = takeRows(codes, [...labels.keys()]);
      const predictor = await fitted(own);
      const before = await predictor.predict(features, { codes });
      check(
        own.data.every((value, i) => Object.is(value, codes.data[i])),
        "codes were changed",
      );
      own.data.fill(7);
      checkSame(await predictor.predict(features, { codes }), before, "a prediction after codes were overwritten");
    },
  };
  return Object.entries(cases).map(([name, run]) => ({ name, run }));
}

/**
 * The suite of predictors that can be trained in stages.
 *
 * @example
 * for (const { name, run } of trainingConformance(myDefinition, { task })) it(name, run);
 */
export function trainingConformance(
  definition: PredictorDefinition,
  { task, options = {} }: CodeConformanceOptions,
): ConformanceCase[] {
  const rows = [...task.labels.keys()];
  const half = rows.slice(0, rows.length >> 1);
  const start = (): TrainingSession => {
    if (definition.startTraining === undefined) throw new Error(`${definition.name} cannot be trained in stages`);
    return definition.startTraining(definition.options.parse(options), {});
  };
  const add = (session: TrainingSession, some: readonly number[]): void => {
    const labels = Float64Array.from(some, (row) => task.labels[row]);
    const features = takeRows(task.features, some);
    session.add(features, labels);
    features.data.fill(7);
    labels.fill(7);
  };
  const train = (session: TrainingSession, stage: number, continued = false): Promise<void> =>
    session.train({ epochs: 2, stepsPerEpoch: 3, continued }, createGenerator("training").split(stage));
  const cases: Record<string, () => Promise<void>> = {
    async "gives the same for the same calls, whatever happens to the rows afterwards"() {
      const run = async (): Promise<Prediction> => {
        const session = start();
        add(session, half);
        await train(session, 0);
        await session.predict(task.features);
        add(session, rows.slice(half.length));
        await train(session, 1, true);
        return session.predict(task.features);
      };
      checkSame(await run(), await run(), "a second session");
    },

    async "goes on from the weights that it had"() {
      const session = start();
      add(session, rows);
      await train(session, 0);
      const once = await session.predict(task.features);
      await train(session, 1);
      const twice = await session.predict(task.features);
      check(
        once.mean.some((value, row) => value !== twice.mean[row]),
        "a second stage changed nothing",
      );
      const other = start();
      add(other, rows);
      await train(other, 1);
      const alone = await other.predict(task.features);
      check(
        alone.mean.some((value, row) => value !== twice.mean[row]),
        "the first stage left nothing behind",
      );
    },

    async "refuses to train without rows and to predict before it was trained"() {
      const refuses = async (work: () => Promise<unknown>): Promise<boolean> => {
        try {
          await work();
          return false;
        } catch (error) {
          return error instanceof Error;
        }
      };
      check(await refuses(() => train(start(), 0)), "trained without rows, or threw something that is no Error");
      const session = start();
      add(session, half);
      check(await refuses(() => session.predict(task.features)), "predicted without being trained");
    },
  };
  return Object.entries(cases).map(([name, run]) => ({ name, run }));
}

/** Three numbers for each label that fall as it rises, like losses; one row has none. */
function codesOf(labels: Float64Array): Matrix {
  const codes = createMatrix(labels.length, 3);
  const best = labels.reduce((first, second) => Math.max(first, second));
  for (let row = 0; row < labels.length; row++) {
    for (let i = 0; i < 3; i++) codes.data[3 * row + i] = row === 5 ? Number.NaN : (best - labels[row] + 1) / (i + 1);
  }
  return codes;
}

function checkSame(given: Prediction, expected: Prediction, what: string): void {
  given.mean.forEach((value, row) => {
    const other = expected.mean[row];
    check(Object.is(value, other), `${what}: row ${row} is ${value} instead of ${other}`);
  });
}
