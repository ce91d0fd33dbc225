import type { Generator } from "../../random/index.js";
import type { TrainingColumns } from "./columns.js";
import type { GrowthRules, GrowthTargets } from "./growthRules.js";
import { NodeHistograms } from "./histograms.js";
import { nextFloatAbove } from "./nextFloat.js";
import { RowDivision } from "./rowDivision.js";
import { SplitSearch } from "./splitSearch.js";
import type { TreeBuilder } from "./trees.js";

/**
 * Grows trees by exact greedy search: each node takes the split with the largest gain
 * `l²/(wl + penalty) + r²/(wr + penalty) - s²/(w + penalty)`, where s and w are sums of targets and weights. That is
 * second-order boosting for squared error (Chen and Guestrin 2016) and, without penalty, the reduction of variance
 * (Breiman 1984). Among equal gains the first column wins, or one drawn at random where a generator is given; within a
 * column the largest threshold. Thresholds lie half-way between neighbouring values that occur in the node.
 *
 * All sums are sums of whole numbers and stay below 2^53, so they are exact, and equal gains are found to be equal.
 */
export class TreeGrower {
  readonly #columns: TrainingColumns;
  readonly #builder: TreeBuilder;
  readonly #rules: GrowthRules;
  readonly #histograms: NodeHistograms;
  readonly #division: RowDivision;
  readonly #search: SplitSearch;
  #targets: GrowthTargets = { sums: new Float64Array(0), weights: new Float64Array(0) };
  /** The leaf of each row of the last tree. */
  readonly leafOfRow: Int32Array;

  constructor(columns: TrainingColumns, builder: TreeBuilder, rules: GrowthRules) {
    this.#columns = columns;
    this.#builder = builder;
    this.#rules = rules;
    this.#histograms = new NodeHistograms(columns);
    this.#division = new RowDivision(columns);
    this.#search = new SplitSearch(columns, rules, this.#histograms, this.#division);
    this.leafOfRow = new Int32Array(columns.rows);
  }

  /** Lets the next trees use these columns only (numbers of kept columns, rising). */
  allowColumns(columns: ArrayLike<number>): void {
    this.#search.allowColumns(columns);
  }

  /** Grows a tree from these rows, each at most once, and gives its root: a leaf where no split is worth it. */
  grow(rows: Int32Array, targets: GrowthTargets, generator?: Generator): number {
    this.#targets = targets;
    this.#division.start(rows);
    const sum = this.#total(targets.sums, 0, rows.length);
    const weight = this.#total(targets.weights, 0, rows.length);
    this.#search.start(targets, weight, generator);
    const root = this.#builder.add(1);
    if (this.#needsHistogram(rows.length, 0)) this.#histograms.fill(0, rows, 0, rows.length, targets);
    this.#growNode(root, 0, rows.length, 0, 0, sum, weight);
    return root;
  }

  /** Two rows are compared directly, and a node that may not be split needs nothing. */
  #needsHistogram(rows: number, depth: number): boolean {
    return rows > 2 && depth < this.#rules.depth;
  }

  /** Grows a node with the rows from `start` to `end`; says whether it became a leaf. */
  #growNode(
    node: number,
    start: number,
    end: number,
    depth: number,
    place: number,
    sum: number,
    weight: number,
  ): boolean {
    if (!this.#search.find(start, end, depth, place, sum, weight)) {
      this.#makeLeaf(node, start, end, sum, weight);
      return true;
    }
    const builder = this.#builder;
    const { column, leftCode, rightCode } = this.#search;
    const gain = this.#search.gainOver(sum, weight);
    const values = this.#columns.values[column];
    const middleValue = (values[leftCode] + values[rightCode]) / 2;
    const threshold = this.#rules.thresholdGoes === "right" ? middleValue : nextFloatAbove(middleValue);
    const middle = this.#division.divide(start, end, column, leftCode);
    const left = builder.add(2);
    builder.test[node] = builder.testNumber(this.#columns.source[column], threshold);
    builder.child[node] = left;

    const leftSum = this.#total(this.#targets.sums, start, middle);
    const leftWeight = this.#total(this.#targets.weights, start, middle);
    const rightSum = sum - leftSum;
    const rightWeight = weight - leftWeight;
    let leaves: boolean;
    // The small child is counted and grown first; what remains in the parent's place is the large child.
    if (middle - start <= end - middle) {
      this.#divideHistogram(place, start, middle, end - middle, depth + 1);
      leaves = this.#growNode(left, start, middle, depth + 1, place + 1, leftSum, leftWeight);
      leaves = this.#growNode(left + 1, middle, end, depth + 1, place, rightSum, rightWeight) && leaves;
    } else {
      this.#divideHistogram(place, middle, end, middle - start, depth + 1);
      leaves = this.#growNode(left + 1, middle, end, depth + 1, place + 1, rightSum, rightWeight);
      leaves = this.#growNode(left, start, middle, depth + 1, place, leftSum, leftWeight) && leaves;
    }
    if (!leaves || gain >= this.#rules.pruneGain) return false;
    builder.truncate(left);
    builder.test[node] = -1;
    builder.child[node] = 0;
    this.#makeLeaf(node, start, end, sum, weight);
    return true;
  }

  #makeLeaf(node: number, start: number, end: number, sum: number, weight: number): void {
    const { rate, penalty } = this.#rules;
    this.#builder.value[node] = Math.round((rate * sum) / (weight + penalty));
    for (let i = start; i < end; i++) this.leafOfRow[this.#division.rows[i]] = node;
  }

  #divideHistogram(place: number, smallStart: number, smallEnd: number, large: number, depth: number): void {
    if (!this.#needsHistogram(large, depth)) return;
    if (this.#needsHistogram(smallEnd - smallStart, depth)) {
      this.#histograms.fill(place + 1, this.#division.rows, smallStart, smallEnd, this.#targets);
      this.#histograms.subtract(place, place + 1);
    } else {
      this.#histograms.remove(place, this.#division.rows, smallStart, smallEnd, this.#targets);
    }
  }

  #total(values: Float64Array, start: number, end: number): number {
    const rows = this.#division.rows;
    let total = 0;
    for (let i = start; i < end; i++) total += values[rows[i]];
    return total;
  }
}
