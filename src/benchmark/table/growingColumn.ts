import { createColumn } from "../pack/columns.js";

/** A column whose length is not known in advance; NaN where nothing was set. */
export class GrowingColumn {
  readonly #type: "float" | "double";
  #values: Float32Array | Float64Array;

  constructor(type: "float" | "double" = "double") {
    this.#type = type;
    this.#values = this.#create(64);
  }

  set(row: number, value: number): void {
    if (row >= this.#values.length) {
      const grown = this.#create(Math.max(row + 1, this.#values.length * 2));
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[row] = value;
  }

  get(row: number): number {
    return this.#values[row] ?? Number.NaN;
  }

  /** The values of some rows, in this order, as a column of a pack. */
  take(rows: readonly number[]): Float32Array | Float64Array {
    const column = this.#type === "float" ? createColumn("float", rows.length) : createColumn("double", rows.length);
    for (let i = 0; i < rows.length; i++) column[i] = this.get(rows[i]);
    return column;
  }

  #create(length: number): Float32Array | Float64Array {
    return (this.#type === "float" ? new Float32Array(length) : new Float64Array(length)).fill(Number.NaN);
  }
}
