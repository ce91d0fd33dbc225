import { describe, expect, test } from "vitest";
import { createMatrix, type Matrix } from "../../kernels/matrix.js";
import { createGenerator } from "../../random/index.js";
import { createCatalogue } from "../../space/catalogue.js";
import { createCodeBook } from "../codeBook.js";
import { createGridSpace } from "../conformanceSpace.js";
import type { EstimationSource } from "../contract.js";
import { createFeatureSource } from "../features.js";
import { createHistory } from "../history.js";
import { type Belief, believeWithCodes, standardise } from "./fineModel.js";
import { ENCODING, type FittedModel, HistoryModel } from "./model.js";

const catalogue = createCatalogue(createGridSpace(5, 4, true));
const features = createFeatureSource(catalogue);
const ids = Array.from(createGenerator(1).choose(80, catalogue.size));
const [evaluated, others] = [ids.slice(0, 40), ids.slice(40)];
/** Nothing in the views tells these labels. */
const label = (id: number): number => createGenerator("label").split(id).normal();

function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  const matrix = createMatrix(rows.length, rows[0].length);
  matrix.data.set(rows.flat());
  return matrix;
}

function coarse(): FittedModel {
  const history = createHistory(catalogue);
  history.observe(evaluated.map((architecture) => ({ architecture, label: label(architecture) })));
  return new HistoryModel(history, features, { emphasis: true, experience: true, without: [] }).fit()!;
}

function believed(codeOf: (id: number) => readonly number[]): Promise<Belief> {
  const source: EstimationSource = {
    ...{ name: "made up", length: codeOf(0).length, cost: 0.01 },
    of: async (architectures) => matrixOf(Array.from(architectures, codeOf)),
  };
  return believeWithCodes(coarse(), features, createCodeBook(catalogue, source), others, features.of(ENCODING, others));
}

/** How often the order of two means is that of their labels, between 0 and 1. */
function agreement({ among: { mean } }: Belief): number {
  let [right, pairs] = [0, 0];
  for (let i = 0; i < others.length; i++) {
    for (let j = 0; j < i; j++) {
      pairs++;
      if (mean[i] > mean[j] === label(others[i]) > label(others[j])) right++;
    }
  }
  return right / pairs;
}

describe("believeWithCodes", () => {
  test("knows from a code what the views cannot tell, whatever its unit", async () => {
    const informed = await believed((id) => [5 + 1e-3 * label(id), 1e6 * label(id)]);
    expect(informed.among.size).toBe(others.length);
    expect(agreement(informed)).toBeGreaterThan(0.9);
    expect(agreement(await believed((id) => [id, 1]))).toBeLessThan(0.7);
  });

  test("is the coarse model where codes tell nothing apart, or where there are none", async () => {
    const { process, means } = coarse();
    const { mean, variance } = process.among(features.of(ENCODING, others), [...others.keys()]);
    for (const value of [7, Number.NaN]) {
      const { among, best, noise } = await believed(() => [value, Number.NaN]);
      expect(among.mean).toEqual(mean);
      expect(among.variance).toEqual(variance);
      expect([best, noise]).toEqual([Math.max(...means), process.noise]);
    }
  });

  test("makes do with codes of which some are missing", async () => {
    const partial = await believed((id) => (id % 3 === 0 ? [Number.NaN, Number.NaN] : [label(id), Number.NaN]));
    expect(partial.among.mean.every(Number.isFinite)).toBe(true);
    expect(partial.among.variance.every((value) => value >= 0)).toBe(true);
    expect(agreement(partial)).toBeGreaterThan(0.6);
  });
});

describe("standardise", () => {
  test("gives mean 0 and variance 1, and 0 where a number is missing or all are equal", () => {
    const none = Number.NaN;
    const { rows, spread } = standardise(
      matrixOf([
        [1, 0.1, none, none],
        [3, 0.1, 1e30, none],
        [none, 0.1, 3e30, none],
        [Number.POSITIVE_INFINITY, none, 2e30, none],
      ]),
    );
    expect(spread).toBe(4);
    expect(Array.from({ length: 4 }, (_, row) => [...rows.data.subarray(4 * row, 4 * row + 2)])).toEqual([
      ...[
        [-1, 0],
        [1, 0],
        [0, 0],
        [0, 0],
      ],
    ]);
    const third = [0, 1, 2, 3].map((row) => rows.data[4 * row + 2]);
    expect(third[0]).toBe(0);
    expect(third[2]).toBeCloseTo(Math.sqrt(1.5), 6);
    expect([0, 1, 2, 3].map((row) => rows.data[4 * row + 3])).toEqual([0, 0, 0, 0]);
  });
});
