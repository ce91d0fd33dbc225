import { z } from "zod";
import type { Matrix } from "../kernels/matrix.js";
import { defineOptions } from "../options.js";
import { createGenerator, type Generator } from "../random/index.js";
import { mean } from "../stats/mean.js";
import { arrangeColumns } from "./tree/columns.js";
import { TreeGrower } from "./tree/growth.js";
import { TreeBuilder, type Trees } from "./tree/trees.js";
import { toWholeUnits } from "./wholeUnits.js";

/** The options of a random forest. */
export const forestOptions = defineOptions({
  trees: z.number().int().min(1).max(100_000).default(1000).describe("How many trees"),
  depth: z.number().int().min(1).max(64).default(10).describe("Most tests on the way from root to leaf"),
  columnSample: z.number().positive().max(1).default(1).describe("Share of the columns that each split looks at"),
  bootstrap: z.boolean().default(true).describe("Whether each tree sees as many rows drawn with replacement"),
});

export type ForestOptions = z.output<typeof forestOptions>;

/** Which trees to grow: those from number `first` up to `end`. Tree i depends on the seed and on i only. */
export interface GrowForestInput {
  readonly features: Matrix;
  readonly labels: Float64Array;
  readonly options: ForestOptions;
  readonly seed: string;
  readonly first: number;
  readonly end: number;
}

/** Some trees of a forest. A leaf of value v says `base + unit * v`. */
export interface ForestPart {
  readonly base: number;
  readonly unit: number;
  readonly trees: Trees;
  /** The values of the trees that never divided. */
  readonly constants: readonly number[];
}

/** Grows consecutive trees of a forest. */
export function growForest({ features, labels, options, seed, first, end }: GrowForestInput): ForestPart {
  const { trees: count, depth, columnSample, bootstrap } = options;
  const rows = labels.length;
  const base = mean(labels);
  const { unit, values: targets } = toWholeUnits(
    labels.map((label) => label - base),
    Math.max(rows, count),
  );
  const builder = new TreeBuilder();
  const grower = new TreeGrower(arrangeColumns(features), builder, {
    depth,
    penalty: 0,
    minimumWeight: 1,
    minimumGain: Number.NEGATIVE_INFINITY,
    pruneGain: Number.NEGATIVE_INFINITY,
    rate: 1,
    thresholdGoes: "left",
    ...(columnSample < 1 && { columnsPerSplit: Math.max(1, Math.floor(columnSample * features.columns)) }),
  });
  const generator = createGenerator(seed);
  const constants: number[] = [];
  const weights = new Float64Array(rows).fill(1);
  const sums = targets.slice();
  let drawn: Int32Array = Int32Array.from(labels, (_, row) => row);
  for (let tree = first; tree < end; tree++) {
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
  return { base, unit, trees: builder.build(), constants };
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
