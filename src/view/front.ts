import { type Direction, paretoFront } from "../stats/index.js";

/** A column and which way it is better. */
export interface FrontAxis {
  readonly column: readonly (number | null)[];
  readonly direction: Direction;
}

/** A Pareto front to which rows are added as they come: settled rows never change. */
export class GrowingFront {
  #rows: number[] = [];
  #next = 0;
  #pending: number[] = [];
  #axes = 0;

  /**
   * The rows on the front.
   *
   * @param length of the columns
   * @param isSettled whether the values of a row will not change any more
   */
  update(axes: readonly FrontAxis[], length: number, isSettled: (row: number) => boolean): readonly number[] {
    if (axes.length !== this.#axes) {
      this.#axes = axes.length;
      this.#rows = [];
      this.#pending = [];
      this.#next = 0;
    }
    const candidates = [...this.#pending];
    for (; this.#next < length; this.#next++) candidates.push(this.#next);
    this.#pending = candidates.filter((row) => !isSettled(row));
    const isKnown = (row: number): boolean => axes.every(({ column }) => typeof column[row] === "number");
    const fresh = candidates.filter((row) => isSettled(row) && isKnown(row));
    if (fresh.length === 0) return this.#rows;
    const rows = [...this.#rows, ...fresh];
    const points = rows.map((row) => axes.map(({ column }) => column[row]!));
    const members = paretoFront(
      points,
      axes.map(({ direction }) => direction),
    );
    this.#rows = members.map((place) => rows[place]).sort((a, b) => a - b);
    return this.#rows;
  }
}
