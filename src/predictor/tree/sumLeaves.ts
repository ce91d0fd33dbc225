import type { Matrix } from "../../kernels/matrix.js";
import { BlockWalk, MOST_NODES, MOST_TESTS } from "./blockWalk.js";
import type { Trees } from "./trees.js";

/** Sums over all trees, for each row. */
export interface LeafSums {
  readonly sums: Float64Array;
  /** The sums of `secondValue`, where that is given. */
  readonly secondSums?: Float64Array;
}

/**
 * For each row the sum of the values of the leaves that it reaches, over all trees. `secondValue` is a further whole
 * number for each node, for sums of squares.
 */
export function sumLeaves(trees: Trees, features: Matrix, secondValue?: Float64Array): LeafSums {
  const sums = new Float64Array(features.rows);
  const result = secondValue === undefined ? { sums } : { sums, secondSums: new Float64Array(features.rows) };
  if (trees.roots.length === 0) return result;
  if (trees.testColumn.length <= MOST_TESTS && trees.test.length < MOST_NODES) {
    new BlockWalk(trees, features, result, secondValue).run();
  } else {
    sumRowByRow(trees, features, result, secondValue);
  }
  return result;
}

function sumRowByRow(trees: Trees, features: Matrix, result: LeafSums, secondValue?: Float64Array): void {
  const { roots, test, child, value, testColumn, testThreshold } = trees;
  const { rows, columns, data } = features;
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let sum = 0;
    let second = 0;
    for (let tree = 0; tree < roots.length; tree++) {
      let node = roots[tree];
      for (let asked = test[node]; asked >= 0; asked = test[node]) {
        node = child[node] + (data[start + testColumn[asked]] >= testThreshold[asked] ? 1 : 0);
      }
      sum += value[node];
      if (secondValue !== undefined) second += secondValue[node];
    }
    result.sums[row] = sum;
    if (result.secondSums !== undefined) result.secondSums[row] = second;
  }
}
