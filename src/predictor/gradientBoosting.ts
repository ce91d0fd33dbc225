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
import { TreeBuilder, type Trees } from "./tree/trees.js";
import { toWholeUnits } from "./wholeUnits.js";

/** A split must gain more than this (in squared units of the label); smaller gains are noise. As in xgboost. */
const SMALLEST_GAIN = 1e-6;

const options = defineOptions({
  rounds: z.number().int().min(1).max(100_000).default(1000).describe("Boosting rounds, one tree each"),
  depth: z.number().int().min(1).max(64).default(20).describe("Most tests on the way from root to leaf"),
  learningRate: z.number().positive().max(1).default(0.3).describe("Share of each tree that is added"),
  lambda: z.number().min(0).default(1).describe("L2 penalty of leaf values, in rows"),
  gamma: z.number().min(0).default(0).describe("Gain below which splits are taken back from the leaves up"),
  minimumChildWeight: z.number().min(0).default(1).describe("Rows that each side of a split needs"),
  subsample: z.number().positive().max(1).default(1).describe("Share of the rows drawn for each round"),
  columnSample: z.number().positive().max(1).default(1).describe("Share of the columns drawn for each round"),
  baseScore: z
    .union([z.literal("mean"), z.number()])
    .default("mean")
    .describe("What is predicted before the first round: the mean label, or a number (0.5 in xgboost 1)"),
});

interface Model {
  readonly base: number;
  readonly unit: number;
  /** Sum of the trees that never divided. */
  readonly offset: number;
  readonly trees: Trees;
}

/**
 * Gradient-boosted regression trees for squared error with exact greedy splits: the semantics of xgboost's `exact`
 * method (Chen and Guestrin 2016, https://arxiv.org/abs/1603.02754). Defaults as WeakNAS used them. Each tree is fitted to
 * what is left of the labels; a leaf says `learningRate * sum / (rows + lambda)`; splits that gain no more than 1e-6 are
 * not made (scaled down where the labels' variance is below 1, so that shares work like percents), which is why most of
 * the 1000 rounds add a constant.
 *
 * Options as in xgboost, which names them n_estimators, max_depth, learning_rate, lambda, gamma, min_child_weight,
 * subsample, colsample_bytree and base_score. Base score: xgboost 1 starts from 0.5, xgboost 2 from the mean label, the
 * default here.
 *
 * @example
 * const predictor = createPredictor("gradient-boosting:rounds=200,depth=6");
 */
export const gradientBoostingDefinition: PredictorDefinition = {
  name: "gradient-boosting",
  description: "Gradient-boosted regression trees, exact greedy splits",
  source: "Chen and Guestrin 2016 (xgboost); defaults of WeakNAS",
  options,
  encodings: ["one-hot", "adjacency", "path-counts", "cost", "summary"],
  uncertainty: "none",
  create: (values) => new GradientBoosting(values),
};

class GradientBoosting implements Predictor {
  readonly #options: z.output<typeof options>;
  #model: Model | undefined;

  constructor(values: OptionValues) {
    this.#options = readOptions("predictor gradient-boosting", options, values);
  }

  async fit(features: Matrix, labels: Float64Array, generator: Generator): Promise<void> {
    const { rounds, depth, learningRate, lambda, gamma, minimumChildWeight, subsample, columnSample, baseScore } =
      this.#options;
    const columns = arrangeColumns(features);
    const base = baseScore === "mean" ? mean(labels) : baseScore;
    const { unit, values: targets } = toWholeUnits(
      labels.map((label) => label - base),
      labels.length,
    );
    const builder = new TreeBuilder();
    const grower = new TreeGrower(columns, builder, {
      depth,
      penalty: lambda,
      minimumWeight: Math.max(1, minimumChildWeight),
      minimumGain: (SMALLEST_GAIN * Math.min(1, variance(labels))) / unit / unit,
      pruneGain: gamma / unit / unit,
      rate: learningRate,
      thresholdGoes: "right",
    });
    const everyRow = Int32Array.from(labels, (_, row) => row);
    const weights = new Float64Array(labels.length).fill(1);
    const drawsAnew = subsample < 1 || columnSample < 1;
    let offset = 0;
    for (let round = 0; round < rounds; round++) {
      let rows: Int32Array = everyRow;
      if (drawsAnew) {
        const drawing = generator.split(round);
        rows = drawRows(everyRow, subsample, drawing);
        grower.allowColumns(drawColumns(columns.columns, columnSample, drawing));
      }
      const nodes = builder.nodes;
      const root = grower.grow(rows, { sums: targets, weights });
      if (builder.test[root] < 0) {
        const constant = builder.value[root];
        // Nothing is left that a round could change: all further rounds are the same.
        if (constant === 0 && !drawsAnew) break;
        offset += constant;
        builder.truncate(nodes);
        for (let row = 0; row < targets.length; row++) targets[row] -= constant;
        continue;
      }
      builder.addRoot(root);
      for (let row = 0; row < targets.length; row++) {
        const leaf =
          rows === everyRow ? grower.leafOfRow[row] : builder.leafOf(root, features.data, row * features.columns);
        targets[row] -= builder.value[leaf];
      }
    }
    this.#model = { base, unit, offset, trees: builder.build() };
  }

  async predict(features: Matrix): Promise<Prediction> {
    if (this.#model === undefined) throw notFitted("gradient-boosting");
    const { base, unit, offset, trees } = this.#model;
    const mean = sumLeaves(trees, features).sums;
    for (let row = 0; row < mean.length; row++) mean[row] = base + unit * (offset + mean[row]);
    return { mean };
  }

  exportModel(): PredictorModel | undefined {
    return this.#model && { ...this.#model };
  }

  importModel(model: PredictorModel): void {
    this.#model = model as unknown as Model;
  }
}

/** Each row takes part with the probability `share`; at least one does. */
function drawRows(everyRow: Int32Array, share: number, generator: Generator): Int32Array {
  if (share === 1) return everyRow;
  const drawn = everyRow.filter(() => generator.uniform() < share);
  return drawn.length > 0 ? drawn : Int32Array.of(generator.integer(everyRow.length));
}

/** A share of the columns, at least one where there is one, in rising order. */
function drawColumns(columns: number, share: number, generator: Generator): number[] {
  const count = Math.min(columns, Math.max(1, Math.floor(share * columns)));
  return generator.choose(count, columns).sort((a, b) => a - b);
}

function variance(labels: Float64Array): number {
  const centre = mean(labels);
  return mean(labels.map((label) => (label - centre) * (label - centre)));
}
