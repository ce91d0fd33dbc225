import { type ConformanceCase, check } from "../conformance.js";
import { createMatrix, type Matrix, takeRows } from "../kernels/matrix.js";
import type { OptionValues } from "../options.js";
import { createGenerator } from "../random/index.js";
import type { Prediction, Predictor, PredictorDefinition } from "./contract.js";

/** How a predictor is tried. */
export interface PredictorConformanceOptions {
  /** Options of the predictor, such as few rounds to save time. Defaults otherwise. */
  readonly options?: OptionValues;
  /** Names of cases that do not apply, with the reason. */
  readonly skip?: Readonly<Record<string, string>>;
  /**
   * Rows of the encoding that the predictor reads, for a predictor that cannot read any rows of numbers: a matrix with one row for
   * each row of `bits` (12 columns of 0 and 1), in which every column of bits can be read. By default the bits themselves.
   */
  readonly encode?: (bits: Matrix) => Matrix;
  /** Share of the labels' variance that a linear function may leave unexplained on new rows. Default 0.5. */
  readonly unexplained?: number;
}

/**
 * The suite that every predictor passes. It needs no test framework: each case rejects where the predictor is wrong.
 *
 * @example
 * for (const { name, skip, run } of predictorConformance(myDefinition)) if (skip === undefined) it(name, run);
 */
export function predictorConformance(
  definition: PredictorDefinition,
  conformance: PredictorConformanceOptions = {},
): ConformanceCase[] {
  const { options = {}, skip = {}, unexplained = 0.5, encode = (bits: Matrix) => bits } = conformance;
  const linearTask = (rows: number, name: string) => {
    const { bits, labels } = linearBits(rows, name);
    return { features: encode(bits), labels };
  };
  const create = (): Predictor => definition.create(definition.options.parse(options), {});
  const fitted = async (features: Matrix, labels: Float64Array, seed = 1): Promise<Predictor> => {
    const predictor = create();
    await predictor.fit(features, labels, createGenerator(seed));
    return predictor;
  };

  const cases: Record<string, () => Promise<void>> = {
    async "has a name, a description, a source and encodings"() {
      for (const field of ["name", "description", "source"] as const)
        check(definition[field] !== "", `${field} is empty`);
      check(definition.encodings.length > 0, "reads no encoding");
    },

    async "has options with defaults"() {
      const result = definition.options.safeParse({});
      check(result.success, `the options have no defaults: ${result.error?.message}`);
    },

    async "learns a linear function of binary features"() {
      const { features, labels } = linearTask(120, "train");
      const fresh = linearTask(200, "test");
      const { mean } = await (await fitted(features, labels)).predict(fresh.features);
      const left = squaredError(mean, fresh.labels) / squaredError(constantLike(labels, 200), fresh.labels);
      check(left < unexplained, `leaves ${left.toFixed(3)} of the variance unexplained, more than ${unexplained}`);
    },

    async "says as much as it promises, for each row"() {
      const { features, labels } = linearTask(40, "train");
      const prediction = await (await fitted(features, labels)).predict(features);
      checkPrediction(definition, prediction, 40);
    },

    async "predicts in the unit of the labels"() {
      const { features, labels } = linearTask(80, "train");
      const lifted = labels.map((label) => 1000 + 10 * label);
      const { mean } = await (await fitted(features, lifted)).predict(features);
      const left = squaredError(mean, lifted) / squaredError(constantLike(lifted, 80), lifted);
      check(left < unexplained, `labels around 1000 leave ${left.toFixed(3)} of the variance unexplained`);
    },

    async "gives the same with the same generator, and starts afresh with each fit"() {
      const { features, labels } = linearTask(40, "train");
      const other = linearTask(25, "other");
      const expected = await (await fitted(features, labels)).predict(other.features);
      const reused = await fitted(other.features, other.labels, 2);
      for (const predictor of [await fitted(features, labels), reused]) {
        await predictor.fit(features, labels, createGenerator(1));
        checkSame(await predictor.predict(other.features), expected, "a second fit");
      }
    },

    async "learns something with other seeds too"() {
      const { features, labels } = linearTask(120, "train");
      for (const seed of [2, 3]) {
        const { mean } = await (await fitted(features, labels, seed)).predict(features);
        check(
          squaredError(mean, labels) < squaredError(constantLike(labels, 120), labels),
          `seed ${seed} learnt nothing`,
        );
      }
    },

    async "predicts each row for itself, to the last bit"() {
      const { features, labels } = linearTask(60, "train");
      const predictor = await fitted(features, labels);
      const rows = linearTask(97, "rows").features;
      const whole = await predictor.predict(rows);
      for (const [start, end] of [
        [0, 1],
        [0, 64],
        [31, 97],
        [50, 53],
      ]) {
        const part = await predictor.predict(takeRows(rows, range(start, end)));
        checkSame(part, slice(whole, start, end), `rows ${start} to ${end}`);
      }
      const backwards = range(0, 97).reverse();
      const { mean } = await predictor.predict(takeRows(rows, backwards));
      check(
        backwards.every((row, place) => mean[place] === whole.mean[row]),
        "rows in another order differ",
      );
      checkSame(await predictor.predict(rows), whole, "a second prediction");
    },

    async "handles constant labels"() {
      const { features } = linearTask(30, "train");
      for (const value of [0, 93.7, -5]) {
        const prediction = await (await fitted(features, new Float64Array(30).fill(value))).predict(features);
        checkPrediction(definition, prediction, 30);
        const worst = Math.max(...prediction.mean.map((mean) => Math.abs(mean - value)));
        check(worst <= 0.1 * Math.abs(value) + 0.1, `predicts ${value} wrong by ${worst}`);
      }
    },

    async "handles one row, duplicate rows and columns without information"() {
      const { features, labels } = linearTask(30, "train");
      const single = await fitted(takeRows(features, [0]), labels.slice(0, 1));
      checkPrediction(definition, await single.predict(features), 30);
      const twice = range(0, 60).map((row) => row % 30);
      const contradicting = Float64Array.from(twice, (row, place) => labels[row] + (place < 30 ? 1 : -1));
      const duplicated = await fitted(takeRows(features, twice), contradicting);
      checkPrediction(definition, await duplicated.predict(features), 30);
      const empty = conformance.encode === undefined ? createMatrix(30, 4) : encode(createMatrix(30, 12));
      if (conformance.encode === undefined) empty.data.fill(3);
      checkPrediction(definition, await (await fitted(empty, labels)).predict(empty), 30);
    },

    async "handles no rows to predict"() {
      const { features, labels } = linearTask(20, "train");
      checkPrediction(definition, await (await fitted(features, labels)).predict(takeRows(features, [])), 0);
    },

    async "handles wide and large-valued features"() {
      const generator = createGenerator("wide");
      const wide = createMatrix(20, 150);
      for (let i = 0; i < wide.data.length; i++) wide.data[i] = 5e7 * generator.uniform() - 1e7;
      const labels = Float64Array.from({ length: 20 }, () => generator.normal());
      checkPrediction(definition, await (await fitted(wide, labels)).predict(wide), 20);
    },

    async "carries what it learnt to another thread"() {
      const { features, labels } = linearTask(50, "train");
      const predictor = create();
      check(predictor.exportModel() === undefined, "exports a model before the first fit");
      await predictor.fit(features, labels, createGenerator(1));
      const model = structuredClone(predictor.exportModel());
      if (model === undefined) throw new Error("exports no model after a fit");
      const twin = create();
      twin.importModel(model);
      const rows = linearTask(40, "rows").features;
      const expected = await predictor.predict(rows);
      checkSame(await twin.predict(rows), expected, "an imported model");
      await predictor.fit(rows, new Float64Array(40).fill(1), createGenerator(1));
      checkSame(await twin.predict(rows), expected, "a model whose origin was fitted again");
    },

    async "refuses to predict before it was fitted"() {
      let refused = false;
      try {
        await create().predict(linearTask(3, "rows").features);
      } catch (error) {
        refused = error instanceof Error;
      }
      check(refused, "predicted without being fitted, or threw something that is no Error");
    },

    async "leaves features and labels as they are, and does not lean on them later"() {
      const { features, labels } = linearTask(40, "train");
      const [data, given] = [features.data.slice(), labels.slice()];
      const predictor = await fitted(features, labels);
      const rows = linearTask(20, "rows").features;
      const before = await predictor.predict(rows);
      check(
        data.every((value, i) => value === features.data[i]),
        "features were changed",
      );
      check(
        given.every((value, i) => value === labels[i]),
        "labels were changed",
      );
      features.data.fill(7);
      labels.fill(7);
      checkSame(await predictor.predict(rows), before, "a prediction after the training rows were overwritten");
    },
  };
  return Object.entries(cases).map(([name, run]) => ({ name, run, ...(name in skip && { skip: skip[name] }) }));
}

/** Rows of 12 random bits; the label is a weighted sum of 6 of them, around 90 with a deviation of about 2. */
function linearBits(rows: number, name: string): { bits: Matrix; labels: Float64Array } {
  const generator = createGenerator("linear task").split(name);
  const weights = [2, -1.5, 1, 2.5, -2, 1.5];
  const bits = createMatrix(rows, 12);
  const labels = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    labels[row] = 90;
    for (let column = 0; column < 12; column++) {
      const bit = generator.integer(2);
      bits.data[row * 12 + column] = bit;
      labels[row] += bit * (weights[column] ?? 0);
    }
  }
  return { bits, labels };
}

function checkPrediction(definition: PredictorDefinition, prediction: Prediction, rows: number): void {
  const { mean, standardDeviation, members } = prediction;
  checkColumn("mean", mean, rows);
  if (definition.uncertainty !== "none") check(standardDeviation !== undefined, "gives no standard deviation");
  if (definition.uncertainty === "members") check(members !== undefined && members.length > 0, "gives no members");
  if (standardDeviation !== undefined) {
    checkColumn("standard deviation", standardDeviation, rows);
    check(
      standardDeviation.every((value) => value >= 0),
      "gives a negative standard deviation",
    );
  }
  for (const member of members ?? []) checkColumn("member", member, rows);
}

function checkColumn(what: string, values: Float64Array, rows: number): void {
  check(values instanceof Float64Array, `${what} is no Float64Array`);
  check(values.length === rows, `${what} has ${values.length} values for ${rows} rows`);
  check(values.every(Number.isFinite), `${what} holds a value that is not finite`);
}

function checkSame(given: Prediction, expected: Prediction, what: string): void {
  const columns = ({ mean, standardDeviation, members = [] }: Prediction) => [mean, standardDeviation, ...members];
  const expectedColumns = columns(expected);
  check(columns(given).length === expectedColumns.length, `${what}: other members`);
  columns(given).forEach((column, i) => {
    const other = expectedColumns[i];
    check(column?.length === other?.length, `${what}: other lengths`);
    column?.forEach((value, row) => {
      check(Object.is(value, other?.[row]), `${what}: row ${row} is ${value} instead of ${other?.[row]}`);
    });
  });
}

function slice({ mean, standardDeviation, members }: Prediction, start: number, end: number): Prediction {
  return {
    mean: mean.slice(start, end),
    ...(standardDeviation && { standardDeviation: standardDeviation.slice(start, end) }),
    ...(members && { members: members.map((member) => member.slice(start, end)) }),
  };
}

function squaredError(given: Float64Array, expected: Float64Array): number {
  return given.reduce((sum, value, i) => sum + (value - expected[i]) * (value - expected[i]), 0);
}

function constantLike(labels: Float64Array, rows: number): Float64Array {
  return new Float64Array(rows).fill(labels.reduce((sum, label) => sum + label, 0) / labels.length);
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, i) => start + i);
}
