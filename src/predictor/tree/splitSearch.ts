import type { Generator } from "../../random/index.js";
import type { TrainingColumns } from "./columns.js";
import type { GrowthRules, GrowthTargets } from "./growthRules.js";
import type { NodeHistograms } from "./histograms.js";
import type { RowDivision } from "./rowDivision.js";

const nothing = new Float64Array(0);

/** Finds the best split of a node and holds it until the next search. */
export class SplitSearch {
  readonly #columns: TrainingColumns;
  readonly #rules: GrowthRules;
  readonly #histograms: NodeHistograms;
  readonly #division: RowDivision;
  /** The columns that splits look at, in this order. */
  #candidates: Int32Array;
  /** 1 / (w + penalty) for whole weights w. */
  #inverse = nothing;
  #targets: GrowthTargets = { sums: nothing, weights: nothing };
  #generator: Generator | undefined;
  #ties = 0;
  #gain = 0;
  /** The column of the best split. */
  column = -1;
  /** The largest code on its left and the smallest on its right. */
  leftCode = 0;
  rightCode = 0;

  constructor(columns: TrainingColumns, rules: GrowthRules, histograms: NodeHistograms, division: RowDivision) {
    this.#columns = columns;
    this.#rules = rules;
    this.#histograms = histograms;
    this.#division = division;
    this.#candidates = Int32Array.from({ length: columns.columns }, (_, i) => i);
  }

  allowColumns(columns: ArrayLike<number>): void {
    this.#candidates = Int32Array.from(columns);
  }

  /** Starts a tree of this weight. */
  start(targets: GrowthTargets, weight: number, generator: Generator | undefined): void {
    this.#targets = targets;
    this.#generator = generator;
    if (this.#inverse.length > weight) return;
    const { penalty } = this.#rules;
    this.#inverse = Float64Array.from({ length: weight + 1 }, (_, w) => 1 / (w + penalty));
  }

  /** What the best split gained over leaving its node, with this sum and weight, as it is. */
  gainOver(sum: number, weight: number): number {
    return this.#gain - sum * sum * this.#inverse[weight];
  }

  /** Sets the best split, or says that there is none. */
  find(start: number, end: number, depth: number, place: number, sum: number, weight: number): boolean {
    if (end - start < 2 || depth >= this.#rules.depth) return false;
    const { minimumGain, columnsPerSplit } = this.#rules;
    if (minimumGain === Number.NEGATIVE_INFINITY && this.#isPure(start, end)) return false;
    this.#gain = minimumGain + sum * sum * this.#inverse[weight];
    this.column = -1;
    if (columnsPerSplit !== undefined) this.#generator?.shuffle(this.#candidates);
    if (end - start === 2) this.#comparePair(this.#division.rows[start], this.#division.rows[start + 1]);
    else this.#scanColumns(start, end, place, sum, weight);
    return this.column >= 0;
  }

  /** Whether all rows have the same target. */
  #isPure(start: number, end: number): boolean {
    const rows = this.#division.rows;
    const { sums, weights } = this.#targets;
    const target = sums[rows[start]] / weights[rows[start]];
    for (let i = start + 1; i < end; i++) if (sums[rows[i]] / weights[rows[i]] !== target) return false;
    return true;
  }

  /** Takes a split that is better than the best so far, or as good and drawn by lot. */
  #consider(gain: number, column: number, leftCode: number, rightCode: number): void {
    if (gain === this.#gain && this.column >= 0) {
      if (this.#generator === undefined || column === this.column) return;
      this.#ties++;
      if (this.#generator.integer(this.#ties) > 0) return;
    } else if (gain > this.#gain) {
      this.#ties = 1;
    } else {
      return;
    }
    this.#gain = gain;
    this.column = column;
    this.leftCode = leftCode;
    this.rightCode = rightCode;
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
        if (gain >= this.#gain) this.#consider(gain, column, 0, 1);
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
    const order = this.#division.orders[column]!;
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
    if (gain >= this.#gain) this.#consider(gain, column, leftCode, rightCode);
  }
}
