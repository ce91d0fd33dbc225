import { z } from "zod";
import type { Matrix } from "../kernels/matrix.js";
import { defineOptions, type OptionValues, readOptions } from "../options.js";
import type { Generator } from "../random/index.js";
import { mean } from "../stats/mean.js";
import type { Prediction, Predictor, PredictorDefinition, PredictorModel } from "./contract.js";
import { notFitted } from "./notFitted.js";
import { arrangeColumns } from "./tree/columns.js";
import { TreeGrower } from "./tree/growth.js";
import { sumLeaves } from "./tree/sumLeaves.js";
import { sharedCopy, TreeBuilder, type Trees } from "./tree/trees.js";
import { toWholeUnits } from "./wholeUnits.js";

const options = defineOptions({
  trees: z.number().int().min(1).max(100_000).default(1000).describe("How many trees"),
  depth: z.number().int().min(1).max(64).default(10).describe("Most tests on the way from root to leaf"),
  columnSample: z.number().positive().max(1).default(1).describe("Share of the columns that each split looks at"),
  bootstrap: z.boolean().default(true).describe("Whether each tree sees as many rows drawn with replacement"),
});

interface Model {
  readonly count: number;
  readonly base: number;
  readonly unit: number;
  /** Sum of the trees that never divided. */
  readonly offset: number;
  readonly trees: Trees;
  /** Squares of leaf values, in whole multiples of `squareUnit` squared units. */
  readonly squares: Float64Array;
  readonly squareUnit: number;
  readonly squareOffset: number;
}

/**
 * Random forest of regression trees (Breiman 2001) with the semantics of scikit-learn's RandomForestRegressor: bootstrap
 * samples, reduction of variance, every split looks at all columns by default, ties broken at random, leaves say
 * the mean of their rows. The mean over the trees is the prediction; the standard deviation over the trees says how
 * sure it is. 1000 trees of depth 10 as in WeakNAS.
 *
 * @example
 * const predictor = createPredictor("random-forest:trees=200,depth=12");
 */
export const randomForestDefinition: PredictorDefinition = {
  name: "random-forest",
  description: "Random forest of regression trees with the spread of its trees",
  source: "Breiman 2001; defaults of WeakNAS",
  options,
  encodings: ["one-hot", "adjacency", "path-counts", "cost"],
  uncertainty: "standard-deviation",
  create: (values) => new RandomForest(values),
};

class RandomForest implements Predictor {
  readonly #options: z.output<typeof options>;
  #model: Model | undefined;

  constructor(values: OptionValues) {
    this.#options = readOptions("predictor random-forest", options, values);
  }

  async fit(features: Matrix, labels: Float64Array, generator: Generator): Promise<void> {
    const { trees: count, depth, columnSample, bootstrap } = this.#options;
    const rows = labels.length;
    const columns = arrangeColumns(features);
    const base = mean(labels);
    const { unit, values: targets } = toWholeUnits(
      labels.map((label) => label - base),
      Math.max(rows, count),
    );
    const builder = new TreeBuilder();
    const grower = new TreeGrower(columns, builder, {
      depth,
      penalty: 0,
      minimumWeight: 1,
      minimumGain: Number.NEGATIVE_INFINITY,
      pruneGain: Number.NEGATIVE_INFINITY,
      rate: 1,
      thresholdGoes: "left",
      ...(columnSample < 1 && { columnsPerSplit: Math.max(1, Math.floor(columnSample * features.columns)) }),
    });
    const constants: number[] = [];
    const weights = new Float64Array(rows).fill(1);
    const sums = targets.slice();
    let drawn: Int32Array = Int32Array.from(labels, (_, row) => row);
    for (let tree = 0; tree < count; tree++) {
      const drawing = generator.split(tree);
      if (bootstrap) {
        drawn = drawWithReplacement(weights, drawing);
        for (let i = 0; i < drawn.length; i++) sums[drawn[i]] = weights[drawn[i]] * targets[drawn[i]];
      }
      const nodes = builder.nodes;
      const root = grower.grow(drawn, { sums, weights }, drawing);
      if (builder.test[root] >= 0) builder.addRoot(root);
      else {
        constants.push(builder.value[root]);
        builder.truncate(nodes);
      }
    }
    const trees = builder.build();
    const squareUnit = squareUnitFor(trees.value, constants, count);
    const square = (value: number) => Math.round((value / squareUnit) * value);
    this.#model = {
      count,
      base,
      unit,
      offset: constants.reduce((sum, value) => sum + value, 0),
      trees,
      squares: sharedCopy(trees.value.map(square)),
      squareUnit,
      squareOffset: constants.reduce((sum, value) => sum + square(value), 0),
    };
  }

  async predict(features: Matrix): Promise<Prediction> {
    if (this.#model === undefined) throw notFitted("random-forest");
    const { count, base, unit, offset, trees, squares, squareUnit, squareOffset } = this.#model;
    const { sums, secondSums = sums } = sumLeaves(trees, features, squares);
    const standardDeviation = new Float64Array(features.rows);
    for (let row = 0; row < features.rows; row++) {
      const centre = (offset + sums[row]) / count;
      const square = ((squareOffset + secondSums[row]) / count) * squareUnit;
      sums[row] = base + unit * centre;
      standardDeviation[row] = unit * Math.sqrt(Math.max(0, square - centre * centre));
    }
    return { mean: sums, standardDeviation };
  }

  exportModel(): PredictorModel | undefined {
    return this.#model && { ...this.#model };
  }

  importModel(model: PredictorModel): void {
    this.#model = model as unknown as Model;
  }
}

/** Draws as many rows as there are; writes how often each was drawn and gives those that were. */
function drawWithReplacement(weights: Float64Array, generator: Generator): Int32Array {
  const rows = weights.length;
  weights.fill(0);
  for (let i = 0; i < rows; i++) weights[generator.integer(rows)]++;
  const drawn = new Int32Array(rows);
  let filled = 0;
  for (let row = 0; row < rows; row++) if (weights[row] > 0) drawn[filled++] = row;
  return drawn.subarray(0, filled);
}

/** A power of two so large that sums of squares over all trees, counted in it, stay exact. */
function squareUnitFor(values: Float64Array, constants: readonly number[], count: number): number {
  let largest = 1;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  for (const value of constants) largest = Math.max(largest, Math.abs(value));
  let unit = 1;
  while ((largest / unit) * largest * count > Number.MAX_SAFE_INTEGER / 2) unit *= 2;
  return unit;
}
