import { describe, expect, it } from "vitest";
import { graphEdgeColumn } from "../encoding/graph.js";
import { createMatrix, type Matrix } from "../kernels/matrix.js";
import type { OptionValues } from "../options.js";
import { type PredictorConformanceOptions, predictorConformance } from "./conformance.js";
import type { Predictor, PredictorDefinition } from "./contract.js";
import { predictors } from "./index.js";
import { ridgeDefinition } from "./ridge.js";

/** Graphs of 12 vertices in a row that say 12 bits by their words. */
function graphsOf(bits: Matrix): Matrix {
  const graphs = createMatrix(bits.rows, 1 + 12 + 66);
  for (let row = 0; row < bits.rows; row++) {
    const start = row * graphs.columns;
    graphs.data[start] = 2;
    for (let vertex = 0; vertex < 12; vertex++) {
      graphs.data[start + 1 + vertex] = bits.data[row * 12 + vertex];
      if (vertex > 0) graphs.data[start + graphEdgeColumn(12, vertex - 1, vertex)] = 1;
    }
  }
  return graphs;
}

/** The same with words that also say which vertex they belong to, for networks that do not see far enough to count. */
function placedGraphsOf(bits: Matrix): Matrix {
  const graphs = graphsOf(bits);
  for (let row = 0; row < graphs.rows; row++) {
    const start = row * graphs.columns;
    graphs.data[start] = 24;
    for (let vertex = 0; vertex < 12; vertex++) graphs.data[start + 1 + vertex] += 2 * vertex;
  }
  return graphs;
}

const wide = { "handles wide and large-valued features": "rows of graphs hold words and edges only" };

/** How predictors are tried that read graphs only. */
const graphNetworks: Readonly<Record<string, PredictorConformanceOptions>> = {
  "graph-predictor": { options: { epochs: 30, learningRate: 0.01 }, encode: graphsOf, skip: wide },
  siamese: { options: { epochs: 25, learningRate: 0.01 }, encode: graphsOf, skip: wide, unexplained: 0.6 },
  brp: { options: { width: 16, epochs: 25, passes: 1, learningRate: 0.01 }, encode: placedGraphsOf, skip: wide },
  "neural-predictor": {
    options: { width: 24, hidden: 24, epochs: 20, learningRate: 0.005 },
    encode: placedGraphsOf,
    skip: wide,
  },
};

/** Options that keep the suite short; everything else runs with its defaults. */
const quick: Readonly<Record<string, OptionValues>> = {
  mlp: { layers: 2, width: 100 },
  ensemble: { member: "random-forest(trees=20)", size: 3 },
};

for (const definition of Object.values(predictors)) {
  describe(`conformance of predictor ${definition.name}`, () => {
    const conformance = graphNetworks[definition.name] ?? { options: quick[definition.name] ?? {} };
    for (const { name, skip, run } of predictorConformance(definition, conformance)) {
      if (skip === undefined) it(name, run);
    }
  });
}

describe("the suite itself", () => {
  /** Ridge with one thing broken. */
  function broken(change: (sound: Predictor) => Partial<Predictor>): PredictorDefinition {
    return {
      ...ridgeDefinition,
      create(options, context) {
        const sound = ridgeDefinition.create(options, context);
        const whole: Predictor = {
          fit: (features, labels, generator) => sound.fit(features, labels, generator),
          predict: (features) => sound.predict(features),
          exportModel: () => sound.exportModel(),
          importModel: (model) => sound.importModel(model),
        };
        return { ...whole, ...change(sound) };
      },
    };
  }

  let fits = 0;
  const faults: [string, RegExp, PredictorDefinition][] = [
    [
      "learns a linear function of binary features",
      /unexplained/,
      broken(() => ({ predict: async ({ rows }) => ({ mean: new Float64Array(rows).fill(90) }) })),
    ],
    [
      "says as much as it promises, for each row",
      /no standard deviation/,
      { ...ridgeDefinition, uncertainty: "standard-deviation" },
    ],
    [
      "gives the same with the same generator, and starts afresh with each fit",
      /second fit/,
      broken((sound) => ({
        fit: (features, labels, generator) =>
          sound.fit(
            features,
            labels.map((label) => label + fits++),
            generator,
          ),
      })),
    ],
    [
      "predicts each row for itself, to the last bit",
      /rows 0 to 1/,
      broken((sound) => ({
        predict: async (features) => ({
          mean: (await sound.predict(features)).mean.map((value) => value + 1e-12 * features.rows),
        }),
      })),
    ],
    [
      "handles constant labels",
      /not finite/,
      broken(() => ({ predict: async ({ rows }) => ({ mean: new Float64Array(rows).fill(Number.NaN) }) })),
    ],
    [
      "carries what it learnt to another thread",
      /imported model/,
      broken(() => ({
        importModel: () => {},
        predict: async ({ rows }) => ({ mean: Float64Array.from({ length: rows }, () => fits++) }),
      })),
    ],
    [
      "refuses to predict before it was fitted",
      /without being fitted/,
      broken(() => ({ predict: async ({ rows }) => ({ mean: new Float64Array(rows) }) })),
    ],
    [
      "leaves features and labels as they are, and does not lean on them later",
      /features were changed/,
      broken((sound) => ({
        fit: async (features, labels, generator) => {
          await sound.fit(features, labels, generator);
          features.data[0] = 5;
        },
      })),
    ],
  ];
  for (const [name, message, definition] of faults) {
    it(`notices where a predictor fails: ${name}`, async () => {
      const found = predictorConformance(definition).find((check) => check.name === name);
      await expect(found?.run()).rejects.toThrow(message);
    });
  }

  it("marks cases that do not apply, with the reason", () => {
    const name = "handles constant labels";
    const cases = predictorConformance(ridgeDefinition, { skip: { [name]: "ranks only" } });
    expect(cases.find((check) => check.name === name)?.skip).toBe("ranks only");
    expect(cases.filter((check) => check.skip !== undefined)).toHaveLength(1);
  });
});
