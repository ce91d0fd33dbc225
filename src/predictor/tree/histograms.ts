import type { TrainingColumns } from "./columns.js";
import type { GrowthTargets } from "./growthRules.js";

/**
 * Sum of targets and sum of weights in each bin, for every node that waits to be split. A node has a place; the small
 * child of a split is counted in the next place, and the large child is what remains in the parent's place, so places
 * are needed for halvings only.
 */
export class NodeHistograms {
  readonly #columns: TrainingColumns;
  /** For each place and bin: sum, weight. */
  readonly data: Float64Array;

  constructor(columns: TrainingColumns) {
    this.#columns = columns;
    const places = 2 + Math.ceil(Math.log2(columns.rows + 1));
    this.data = new Float64Array(places * 2 * columns.bins);
  }

  /** Where the numbers of a place begin. */
  origin(place: number): number {
    return place * 2 * this.#columns.bins;
  }

  /** Counts the rows from `start` to `end`. */
  fill(place: number, rows: Int32Array, start: number, end: number, targets: GrowthTargets): void {
    this.data.fill(0, this.origin(place), this.origin(place + 1));
    const { data } = this;
    const { rowStart, rowBins } = this.#columns;
    const { sums, weights } = targets;
    const origin = this.origin(place);
    for (let i = start; i < end; i++) {
      const row = rows[i];
      const sum = sums[row];
      const weight = weights[row];
      const last = rowStart[row + 1];
      for (let entry = rowStart[row]; entry < last; entry++) {
        const bin = origin + 2 * rowBins[entry];
        data[bin] += sum;
        data[bin + 1] += weight;
      }
    }
  }

  /** Takes single rows out of a place. */
  remove(place: number, rows: Int32Array, start: number, end: number, targets: GrowthTargets): void {
    const { data } = this;
    const { rowStart, rowBins } = this.#columns;
    const { sums, weights } = targets;
    const origin = this.origin(place);
    for (let i = start; i < end; i++) {
      const row = rows[i];
      const sum = sums[row];
      const weight = weights[row];
      const last = rowStart[row + 1];
      for (let entry = rowStart[row]; entry < last; entry++) {
        const bin = origin + 2 * rowBins[entry];
        data[bin] -= sum;
        data[bin + 1] -= weight;
      }
    }
  }

  /** Takes all that is counted in one place out of another. */
  subtract(place: number, other: number): void {
    const { data } = this;
    const size = 2 * this.#columns.bins;
    const from = this.origin(place);
    const taken = this.origin(other);
    for (let i = 0; i < size; i++) data[from + i] -= data[taken + i];
  }
}
