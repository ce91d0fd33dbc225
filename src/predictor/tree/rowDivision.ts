import type { TrainingColumns } from "./columns.js";

/** The training rows of a tree while it grows: every node owns a stretch of each list. */
export class RowDivision {
  readonly #columns: TrainingColumns;
  readonly rows: Int32Array;
  /** The rows by rising value, for each column that is scanned in sorted order. */
  readonly orders: readonly (Int32Array | undefined)[];
  readonly #anyOrder: boolean;
  readonly #kept: Int32Array;
  readonly #marked: Uint8Array;

  constructor(columns: TrainingColumns) {
    this.#columns = columns;
    this.rows = new Int32Array(columns.rows);
    this.orders = columns.sorted.map((order) => order && new Int32Array(columns.rows));
    this.#anyOrder = this.orders.some((order) => order !== undefined);
    this.#kept = new Int32Array(columns.rows);
    this.#marked = new Uint8Array(columns.rows);
  }

  /** Starts a tree with these rows. */
  start(rows: Int32Array): void {
    this.rows.set(rows);
    if (!this.#anyOrder) return;
    const chosen = this.#marked.fill(0);
    for (const row of rows) chosen[row] = 1;
    for (let column = 0; column < this.orders.length; column++) {
      const order = this.orders[column];
      if (order === undefined) continue;
      let filled = 0;
      for (const row of this.#columns.sorted[column]!) if (chosen[row] === 1) order[filled++] = row;
    }
  }

  /** Puts rows with larger codes behind the others, all else in order; gives the first place of the larger ones. */
  divide(start: number, end: number, column: number, leftCode: number): number {
    const { codesByColumn } = this.#columns;
    const offset = column * this.#columns.rows;
    const rows = this.rows;
    const kept = this.#kept;
    const goesRight = this.#marked;
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
    for (let i = 0; this.#anyOrder && i < this.orders.length; i++) {
      const order = this.orders[i];
      if (order !== undefined) this.#divideOrder(order, start, end);
    }
    return middle;
  }

  #divideOrder(order: Int32Array, start: number, end: number): void {
    let left = start;
    let right = 0;
    for (let i = start; i < end; i++) {
      const row = order[i];
      if (this.#marked[row] === 1) this.#kept[right++] = row;
      else order[left++] = row;
    }
    for (let i = 0; i < right; i++) order[left + i] = this.#kept[i];
  }
}
