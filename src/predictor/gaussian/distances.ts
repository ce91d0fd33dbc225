import type { DistanceGroup } from "./groups.js";

/** Measures squared distances of one group of columns, in 64-bit floats. */
export class Distances {
  readonly #group: DistanceGroup;
  readonly #columns: number;
  /** A sparse row spread out; zeros between calls. */
  #spread = new Float64Array(64);

  /** @param columns of each row */
  constructor(group: DistanceGroup, columns: number) {
    this.#group = group;
    this.#columns = columns;
  }

  /** Writes the distances of the row that starts at `own` to the first `count` rows of `others` into `target`, from `place` on. */
  write(rows: Float32Array, own: number, others: Float32Array, count: number, target: Float64Array, place = 0): void {
    const start = own + this.#group.start;
    if (this.#group.kind === "sparse") this.#writeSparse(rows, start, others, count, target, place);
    else this.#writeDense(rows, start, others, count, target, place);
  }

  #writeDense(
    rows: Float32Array,
    own: number,
    others: Float32Array,
    count: number,
    target: Float64Array,
    place: number,
  ): void {
    const { start, width, scale } = this.#group;
    for (let j = 0; j < count; j++) {
      const other = j * this.#columns + start;
      // Two sums, because each addition waits for the one before.
      let even = 0;
      let odd = 0;
      let column = 0;
      for (; column + 1 < width; column += 2) {
        const first = rows[own + column] - others[other + column];
        const second = rows[own + column + 1] - others[other + column + 1];
        even += first * first;
        odd += second * second;
      }
      if (column < width) {
        const last = rows[own + column] - others[other + column];
        even += last * last;
      }
      target[place + j] = (even + odd) * scale;
    }
  }

  /** By |a - b|² = |a|² + |b|² - 2 ab; all sums go in the order of the pairs, so that equal rows are at distance 0 exactly. */
  #writeSparse(
    rows: Float32Array,
    own: number,
    others: Float32Array,
    count: number,
    target: Float64Array,
    place: number,
  ): void {
    const { start, width, scale } = this.#group;
    const spread = this.#spreadOut(rows, own);
    let square = 0;
    for (let pair = own; pair < own + width; pair += 2) {
      if (rows[pair] >= 0) square += rows[pair + 1] * rows[pair + 1];
    }
    for (let j = 0; j < count; j++) {
      const other = j * this.#columns + start;
      let product = 0;
      let otherSquare = 0;
      for (let pair = other; pair < other + width; pair += 2) {
        const column = others[pair];
        if (column < 0) continue;
        const value = others[pair + 1];
        otherSquare += value * value;
        if (column < spread.length) product += value * spread[column];
      }
      target[place + j] = Math.max(0, square + otherSquare - 2 * product) * scale;
    }
    for (let pair = own; pair < own + width; pair += 2) if (rows[pair] >= 0) spread[rows[pair]] = 0;
  }

  #spreadOut(rows: Float32Array, own: number): Float64Array {
    const { width } = this.#group;
    let highest = -1;
    for (let pair = own; pair < own + width; pair += 2) highest = Math.max(highest, rows[pair]);
    if (highest >= this.#spread.length) this.#spread = new Float64Array(2 * highest);
    for (let pair = own; pair < own + width; pair += 2) {
      if (rows[pair] >= 0) this.#spread[rows[pair]] = rows[pair + 1];
    }
    return this.#spread;
  }
}
