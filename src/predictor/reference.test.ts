import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Matrix } from "../kernels/matrix.js";
import type { OptionValues } from "../options.js";
import { createGenerator } from "../random/index.js";
import type { Prediction } from "./contract.js";
import { createPredictor } from "./index.js";

/** What xgboost and scikit-learn say; made by reference/trees.py. */
interface Reference {
  readonly columns: number;
  readonly train: readonly number[];
  readonly labels: readonly number[];
  readonly test: readonly number[];
  readonly boosted: readonly { options: Record<string, number>; predictions: readonly number[] }[];
  readonly trees: readonly { depth: number; predictions: readonly number[] }[];
  readonly forest: { readonly mean: readonly number[]; readonly standardDeviation: readonly number[] };
  readonly ridge: readonly { penalty: number; predictions: readonly number[] }[];
}

const reference: Reference = JSON.parse(readFileSync(new URL("reference/trees.json", import.meta.url), "utf8"));
const train = matrix(reference.train);
const test = matrix(reference.test);
const labels = Float64Array.from(reference.labels);

function matrix(values: readonly number[]): Matrix {
  return { rows: values.length / reference.columns, columns: reference.columns, data: Float32Array.from(values) };
}

async function predict(name: string, options: OptionValues): Promise<Prediction> {
  const predictor = createPredictor({ name, options: options as Record<string, number> });
  await predictor.fit(train, labels, createGenerator(1));
  return predictor.predict(test);
}

function expectClose(given: Float64Array, expected: readonly number[], tolerance: number): void {
  expect(given.length).toBe(expected.length);
  const worst = Math.max(...given.map((value, i) => Math.abs(value - expected[i])));
  expect(worst).toBeLessThan(tolerance);
}

describe("gradient-boosting predicts what xgboost predicts", () => {
  // xgboost computes in 32-bit floats, which hold numbers around 90 to 0.00001. In hundreds of rounds such errors decide
  // between splits that hardly differ.
  for (const { options, predictions } of reference.boosted) {
    it(`with ${JSON.stringify(options)}`, async () => {
      const tolerance = (options["rounds"] ?? 1000) > 50 ? 0.02 : 0.0002;
      expectClose((await predict("gradient-boosting", options)).mean, predictions, tolerance);
    });
  }
});

describe("random-forest", () => {
  for (const { depth, predictions } of reference.trees) {
    it(`of one tree without bootstrap is scikit-learn's regression tree of depth ${depth}`, async () => {
      const { mean } = await predict("random-forest", { trees: 1, bootstrap: false, depth });
      expectClose(mean, predictions, 1e-8);
    });
  }

  it("has the mean and the spread of scikit-learn's forest, up to the luck of 2000 trees", async () => {
    const { mean, standardDeviation } = await predict("random-forest", { trees: 2000 });
    const { forest } = reference;
    expectClose(mean, forest.mean, 0.25);
    const ratios = forest.standardDeviation.map((expected, row) => (standardDeviation?.[row] ?? 0) / expected);
    expect(Math.min(...ratios)).toBeGreaterThan(0.85);
    expect(Math.max(...ratios)).toBeLessThan(1.15);
  });
});

describe("ridge predicts what scikit-learn predicts from standardised columns", () => {
  for (const { penalty, predictions } of reference.ridge) {
    it(`with penalty ${penalty}`, async () => {
      expectClose((await predict("ridge", { penalty })).mean, predictions, 1e-7);
    });
  }
});
