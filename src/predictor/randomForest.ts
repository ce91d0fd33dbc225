import type { Matrix } from "../kernels/matrix.js";
import { type OptionValues, readOptions } from "../options.js";
import type { Generator } from "../random/index.js";
import type { Prediction, Predictor, PredictorContext, PredictorDefinition, PredictorModel } from "./contract.js";
import {
  type ForestOptions,
  type ForestPart,
  forestOptions,
  type GrowForestInput,
  growForest,
} from "./forestGrowth.js";
import { notFitted } from "./notFitted.js";
import { sumLeaves } from "./tree/sumLeaves.js";
import { joinTrees, sharedCopy, type Trees } from "./tree/trees.js";

/** Rows in all trees of a part below which sending it to another thread costs more than it saves. */
const FEWEST_ROWS = 20_000;

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
  options: forestOptions,
  encodings: ["one-hot", "adjacency", "path-counts", "cost", "summary"],
  uncertainty: "standard-deviation",
  create: (values, context) => new RandomForest(values, context),
};

class RandomForest implements Predictor {
  readonly #options: ForestOptions;
  readonly #context: PredictorContext;
  #model: Model | undefined;

  constructor(values: OptionValues, context: PredictorContext) {
    this.#options = readOptions("predictor random-forest", forestOptions, values);
    this.#context = context;
  }

  async fit(features: Matrix, labels: Float64Array, generator: Generator): Promise<void> {
    const seed = generator.seedOf("trees");
    const parts = await this.#growParts({ features, labels, options: this.#options, seed });
    const { base, unit } = parts[0];
    const count = this.#options.trees;
    const trees = joinTrees(parts.map((part) => part.trees));
    const constants = parts.flatMap((part) => part.constants);
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

  /** Grows all trees, in consecutive parts on several threads where it is worth it. */
  async #growParts(task: Omit<GrowForestInput, "first" | "end">): Promise<ForestPart[]> {
    const { pool } = this.#context;
    const { trees } = this.#options;
    const parts = Math.min(pool?.threads ?? 1, Math.floor((trees * task.labels.length) / FEWEST_ROWS));
    if (pool === undefined || parts < 2) return [growForest({ ...task, first: 0, end: trees })];
    const edges = Array.from({ length: parts + 1 }, (_, i) => Math.floor((i * trees) / parts));
    return Promise.all(
      edges
        .slice(1)
        .map((end, i) => pool.run<GrowForestInput, ForestPart>("grow-forest", { ...task, first: edges[i], end })),
    );
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

/** A power of two so large that sums of squares over all trees, counted in it, stay exact. */
function squareUnitFor(values: Float64Array, constants: readonly number[], count: number): number {
  let largest = 1;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  for (const value of constants) largest = Math.max(largest, Math.abs(value));
  let unit = 1;
  while ((largest / unit) * largest * count > Number.MAX_SAFE_INTEGER / 2) unit *= 2;
  return unit;
}
