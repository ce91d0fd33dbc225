import type { Generator } from "../../random/index.js";
import type { TrainingColumns } from "./columns.js";
import { NodeHistograms } from "./histograms.js";
import { nextFloatAbove } from "./nextFloat.js";
import type { TreeBuilder } from "./trees.js";

/** How trees are grown. */
export interface GrowthRules {
  /** Most tests on the way from root to leaf. */
  readonly depth: number;
  /** Added to the weight of a node: shrinks leaf values and gains (L2 penalty). */
  readonly penalty: number;
  /** Weight that each child needs. */
  readonly minimumWeight: number;
  /** A split must gain more than this; -Infinity splits whatever is not pure. */
  readonly minimumGain: number;
  /** Splits that gained less than this are taken back from the leaves up. */
  readonly pruneGain: number;
  /** Leaf value = rate · sum / (weight + penalty), rounded to a whole number. */
  readonly rate: number;
  /** Where a row goes whose value is the threshold itself. */
  readonly thresholdGoes: "left" | "right";
  /** How many columns that are not constant in a node its split looks at, drawn at random; all of them by default. */
  readonly columnsPerSplit?: number;
}

/** What a tree is grown to: weighted target and weight of each training row. Whole numbers. */
export interface GrowthTargets {
  readonly sums: Float64Array;
  readonly weights: Float64Array;
}

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
  /** The rows of the tree; a node owns a stretch of it. */
  readonly #rows: Int32Array;
  /** The rows by rising value, for each column that is scanned in sorted order; a node owns the same stretch. */
  readonly #orders: readonly (Int32Array | undefined)[];
  readonly #kept: Int32Array;
  readonly #goesRight: Uint8Array;
  /** The columns that splits look at, in this order. */
  #candidates: Int32Array;
  /** 1 / (w + penalty) for whole weights w. */
  #inverse = new Float64Array(0);
  #targets: GrowthTargets = { sums: this.#inverse, weights: this.#inverse };
  #generator: Generator | undefined;
  /** The leaf of each row of the last tree. */
  readonly leafOfRow: Int32Array;

  // The best split of the node at hand: largest code on the left and smallest code on the right.
  #bestGain = 0;
  #bestColumn = -1;
  #bestLeftCode = 0;
  #bestRightCode = 0;
  #ties = 0;

  constructor(columns: TrainingColumns, builder: TreeBuilder, rules: GrowthRules) {
    this.#columns = columns;
    this.#builder = builder;
    this.#rules = rules;
    this.#histograms = new NodeHistograms(columns);
    this.#rows = new Int32Array(columns.rows);
    this.#orders = columns.sorted.map((order) => order && new Int32Array(columns.rows));
    this.#kept = new Int32Array(columns.rows);
    this.#goesRight = new Uint8Array(columns.rows);
    this.#candidates = Int32Array.from({ length: columns.columns }, (_, i) => i);
    this.leafOfRow = new Int32Array(columns.rows);
  }

  /** Lets the next trees use these columns only (numbers of kept columns, rising). */
  allowColumns(columns: ArrayLike<number>): void {
    this.#candidates = Int32Array.from(columns);
  }

  /** Grows a tree from these rows, each at most once, and gives its root: a leaf where no split is worth it. */
  grow(rows: Int32Array, targets: GrowthTargets, generator?: Generator): number {
    this.#targets = targets;
    this.#generator = generator;
    this.#rows.set(rows);
    let sum = 0;
    let weight = 0;
    for (let i = 0; i < rows.length; i++) {
      sum += targets.sums[rows[i]];
      weight += targets.weights[rows[i]];
    }
    if (this.#inverse.length <= weight) {
      const { penalty } = this.#rules;
      this.#inverse = Float64Array.from({ length: weight + 1 }, (_, w) => 1 / (w + penalty));
    }
    this.#startOrders(rows);
    const root = this.#builder.add(1);
    if (this.#needsHistogram(rows.length, 0)) this.#histograms.fill(0, rows, 0, rows.length, targets);
    this.#growNode(root, 0, rows.length, 0, 0, sum, weight);
    return root;
  }

  #startOrders(rows: Int32Array): void {
    if (this.#orders.every((order) => order === undefined)) return;
    const chosen = this.#goesRight.fill(0);
    for (const row of rows) chosen[row] = 1;
    for (let column = 0; column < this.#orders.length; column++) {
      const order = this.#orders[column];
      if (order === undefined) continue;
      let filled = 0;
      for (const row of this.#columns.sorted[column]!) if (chosen[row] === 1) order[filled++] = row;
    }
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
    if (!this.#findSplit(start, end, depth, place, sum, weight)) {
      this.#makeLeaf(node, start, end, sum, weight);
      return true;
    }
    const builder = this.#builder;
    const column = this.#bestColumn;
    const gain = this.#bestGain - sum * sum * this.#inverse[weight];
    const values = this.#columns.values[column];
    const middleValue = (values[this.#bestLeftCode] + values[this.#bestRightCode]) / 2;
    const threshold = this.#rules.thresholdGoes === "right" ? middleValue : nextFloatAbove(middleValue);
    const middle = this.#partition(start, end, column, this.#bestLeftCode);
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
    this.#makeLeaf(node, start, end, sum, weight);
    return true;
  }

  #makeLeaf(node: number, start: number, end: number, sum: number, weight: number): void {
    const { rate, penalty } = this.#rules;
    this.#builder.value[node] = Math.round((rate * sum) / (weight + penalty));
    for (let i = start; i < end; i++) this.leafOfRow[this.#rows[i]] = node;
  }

  #divideHistogram(place: number, smallStart: number, smallEnd: number, large: number, depth: number): void {
    if (!this.#needsHistogram(large, depth)) return;
    if (this.#needsHistogram(smallEnd - smallStart, depth)) {
      this.#histograms.fill(place + 1, this.#rows, smallStart, smallEnd, this.#targets);
      this.#histograms.subtract(place, place + 1);
    } else {
      this.#histograms.remove(place, this.#rows, smallStart, smallEnd, this.#targets);
    }
  }

  #total(values: Float64Array, start: number, end: number): number {
    const rows = this.#rows;
    let total = 0;
    for (let i = start; i < end; i++) total += values[rows[i]];
    return total;
  }

  /** Sets the best split, or says that there is none. */
  #findSplit(start: number, end: number, depth: number, place: number, sum: number, weight: number): boolean {
    if (end - start < 2 || depth >= this.#rules.depth) return false;
    const { minimumGain, columnsPerSplit } = this.#rules;
    if (minimumGain === Number.NEGATIVE_INFINITY && this.#isPure(start, end)) return false;
    this.#bestGain = minimumGain + sum * sum * this.#inverse[weight];
    this.#bestColumn = -1;
    if (columnsPerSplit !== undefined) this.#generator?.shuffle(this.#candidates);
    if (end - start === 2) this.#comparePair(this.#rows[start], this.#rows[start + 1]);
    else this.#scanColumns(start, end, place, sum, weight);
    return this.#bestColumn >= 0;
  }

  /** Whether all rows have the same target. */
  #isPure(start: number, end: number): boolean {
    const rows = this.#rows;
    const { sums, weights } = this.#targets;
    const target = sums[rows[start]] / weights[rows[start]];
    for (let i = start + 1; i < end; i++) if (sums[rows[i]] / weights[rows[i]] !== target) return false;
    return true;
  }

  /** Takes a split that is better than the best so far, or as good and drawn by lot. */
  #consider(gain: number, column: number, leftCode: number, rightCode: number): void {
    if (gain === this.#bestGain && this.#bestColumn >= 0) {
      if (this.#generator === undefined || column === this.#bestColumn) return;
      this.#ties++;
      if (this.#generator.integer(this.#ties) > 0) return;
    } else if (gain > this.#bestGain) {
      this.#ties = 1;
    } else {
      return;
    }
    this.#bestGain = gain;
    this.#bestColumn = column;
    this.#bestLeftCode = leftCode;
    this.#bestRightCode = rightCode;
  }

  /** Between two rows every column that tells them apart gains the same. */
  #comparePair(one: number, other: number): void {
    const { codes, columns } = this.#columns;
    const { sums, weights } = this.#targets;
    if (weights[one] < this.#rules.minimumWeight || weights[other] < this.#rules.minimumWeight) return;
    const first = sums[one] * sums[one] * this.#inverse[weights[one]];
    const gain = first + sums[other] * sums[other] * this.#inverse[weights[other]];
    const candidates = this.#candidates;
    for (let i = 0; i < candidates.length; i++) {
      const column = candidates[i];
      const oneCode = codes[one * columns + column];
      const otherCode = codes[other * columns + column];
      if (oneCode === otherCode) continue;
      this.#consider(gain, column, Math.min(oneCode, otherCode), Math.max(oneCode, otherCode));
      if (this.#generator === undefined || this.#rules.columnsPerSplit !== undefined) return;
    }
  }

  #scanColumns(start: number, end: number, place: number, sum: number, weight: number): void {
    const candidates = this.#candidates;
    const { onlyBin, firstBin } = this.#columns;
    const { minimumWeight, columnsPerSplit = candidates.length } = this.#rules;
    const histogram = this.#histograms.data;
    const origin = this.#histograms.origin(place);
    const inverse = this.#inverse;
    let looked = 0;
    for (let i = 0; i < candidates.length && looked < columnsPerSplit; i++) {
      const column = candidates[i];
      if (onlyBin[column] >= 0) {
        const bin = origin + 2 * onlyBin[column];
        const binWeight = histogram[bin + 1];
        const otherWeight = weight - binWeight;
        if (binWeight === 0 || otherWeight === 0) continue;
        looked++;
        if (binWeight < minimumWeight || otherWeight < minimumWeight) continue;
        const binSum = histogram[bin];
        const otherSum = sum - binSum;
        const gain = binSum * binSum * inverse[binWeight] + otherSum * otherSum * inverse[otherWeight];
        if (gain >= this.#bestGain) this.#consider(gain, column, 0, 1);
      } else if (firstBin[column] >= 0) {
        if (this.#scanCounted(column, origin, sum, weight)) looked++;
      } else if (this.#scanSorted(column, start, end, sum, weight)) looked++;
    }
  }

  /** Looks at the splits of a counted column from the largest value down; says whether it is not constant here. */
  #scanCounted(column: number, origin: number, sum: number, weight: number): boolean {
    const histogram = this.#histograms.data;
    const { minimumWeight } = this.#rules;
    const levels = this.#columns.values[column].length;
    const commonest = this.#columns.commonest[column];
    const first = origin + 2 * this.#columns.firstBin[column];
    let commonSum = sum;
    let commonWeight = weight;
    for (let bin = first; bin < first + 2 * (levels - 1); bin += 2) {
      commonSum -= histogram[bin];
      commonWeight -= histogram[bin + 1];
    }
    let rightSum = 0;
    let rightWeight = 0;
    let rightCode = -1;
    for (let code = levels - 1; code >= 0; code--) {
      const bin = first + 2 * (code > commonest ? code - 1 : code);
      const codeWeight = code === commonest ? commonWeight : histogram[bin + 1];
      if (codeWeight === 0) continue;
      const leftWeight = weight - rightWeight;
      if (rightWeight >= minimumWeight && leftWeight >= minimumWeight) {
        this.#considerCut(column, code, rightCode, sum - rightSum, leftWeight, rightSum, rightWeight);
      }
      rightSum += code === commonest ? commonSum : histogram[bin];
      rightWeight += codeWeight;
      if (rightCode >= 0 && rightWeight === weight) return true;
      rightCode = code;
    }
    return false;
  }

  /** As `#scanCounted`, for a column with many values: row by row. */
  #scanSorted(column: number, start: number, end: number, sum: number, weight: number): boolean {
    const order = this.#orders[column]!;
    const { codes, columns } = this.#columns;
    const { sums, weights } = this.#targets;
    const { minimumWeight } = this.#rules;
    let rightSum = 0;
    let rightWeight = 0;
    let rightCode = codes[order[end - 1] * columns + column];
    if (codes[order[start] * columns + column] === rightCode) return false;
    for (let i = end - 1; i >= start; i--) {
      const row = order[i];
      const code = codes[row * columns + column];
      const leftWeight = weight - rightWeight;
      if (code !== rightCode && rightWeight >= minimumWeight && leftWeight >= minimumWeight) {
        this.#considerCut(column, code, rightCode, sum - rightSum, leftWeight, rightSum, rightWeight);
      }
      rightSum += sums[row];
      rightWeight += weights[row];
      rightCode = code;
    }
    return true;
  }

  #considerCut(
    column: number,
    leftCode: number,
    rightCode: number,
    leftSum: number,
    leftWeight: number,
    rightSum: number,
    rightWeight: number,
  ): void {
    const inverse = this.#inverse;
    const gain = leftSum * leftSum * inverse[leftWeight] + rightSum * rightSum * inverse[rightWeight];
    if (gain >= this.#bestGain) this.#consider(gain, column, leftCode, rightCode);
  }

  /** Puts rows with larger codes behind the others, all else in order; gives the first place of the larger ones. */
  #partition(start: number, end: number, column: number, leftCode: number): number {
    const { codesByColumn } = this.#columns;
    const offset = column * this.#columns.rows;
    const rows = this.#rows;
    const kept = this.#kept;
    const goesRight = this.#goesRight;
    let middle = start;
    let right = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i];
      if (codesByColumn[offset + row] > leftCode) {
        goesRight[row] = 1;
        kept[right++] = row;
      } else {
        goesRight[row] = 0;
        rows[middle++] = row;
      }
    }
    for (let i = 0; i < right; i++) rows[middle + i] = kept[i];
    for (let i = 0; i < this.#orders.length; i++) {
      const order = this.#orders[i];
      if (order !== undefined) this.#partitionOrder(order, start, end);
    }
    return middle;
  }

  #partitionOrder(order: Int32Array, start: number, end: number): void {
    let left = start;
    let right = 0;
    for (let i = start; i < end; i++) {
      const row = order[i];
      if (this.#goesRight[row] === 1) this.#kept[right++] = row;
      else order[left++] = row;
    }
    for (let i = 0; i < right; i++) order[left + i] = this.#kept[i];
  }
}
