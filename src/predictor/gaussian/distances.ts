import type { Arena } from "../../kernels/arena.js";
import type { DistanceGroup } from "./groups.js";

/**
 * Measures squared distances of one group of columns to given rows, in 64-bit floats. It lives as long as what its arena has allocated.
 *
 * @example
 * kernels().run((arena) => {
 *   const distances = new Distances(arena, group, rows.data, rows.columns, rows.rows);
 *   distances.write(rows.data, 3 * rows.columns, 0, rows.rows, target);
 * });
 */
export class Distances {
  readonly #arena: Arena;
  readonly #group: DistanceGroup;
  readonly #result: number;
  readonly #others: DenseRows | SparseRows;

  /**
   * @param rows what distances are measured to; what it holds later does not matter
   * @param columns of each row
   */
  constructor(arena: Arena, group: DistanceGroup, rows: Float32Array, columns: number, count: number) {
    this.#arena = arena;
    this.#group = group;
    this.#result = arena.allocate(8 * count);
    this.#others =
      group.kind === "sparse"
        ? sparseRows(arena, group, rows, columns, count)
        : denseRows(arena, group, rows, columns, count);
  }

  /** Writes the distances of the row that starts at `own` to `count` of the given rows, from number `first` on, into `target`, from `place` on. */
  write(rows: Float32Array, own: number, first: number, count: number, target: Float64Array, place = 0): void {
    const others = this.#others;
    if (others.kind === "sparse") this.#writeSparse(others, rows, own, first, count);
    else this.#writeDense(others, rows, own, first, count);
    target.set(this.#arena.doubles(this.#result, count), place);
  }

  #writeDense({ own: place, rows, bytes }: DenseRows, given: Float32Array, own: number, first: number, count: number) {
    const { start, width, scale } = this.#group;
    this.#arena.doubles(place, width).set(given.subarray(own + start, own + start + width));
    this.#arena.functions.distancesDense(place, rows + first * bytes, bytes, count, scale, this.#result);
  }

  #writeSparse(others: SparseRows, given: Float32Array, own: number, first: number, count: number): void {
    const { start, width, scale } = this.#group;
    const { spread, columns, starts, entries, squares } = others;
    const view = this.#arena.doubles(spread, columns);
    let square = 0;
    for (let pair = own + start; pair < own + start + width; pair += 2) {
      const [column, value] = [given[pair], given[pair + 1]];
      if (column < 0) continue;
      square += value * value;
      if (column < columns) view[column] = value;
    }
    const [from, of] = [starts + 4 * first, squares + 8 * first];
    this.#arena.functions.distancesSparse(spread, square, from, entries, of, count, scale, this.#result);
    // There may be a million columns, and few of them hold something.
    for (let pair = own + start; pair < own + start + width; pair += 2) {
      if (given[pair] >= 0 && given[pair] < columns) view[given[pair]] = 0;
    }
  }
}

/** Rows of numbers in the memory of the kernels. */
interface DenseRows {
  readonly kind: "dense";
  readonly rows: number;
  /** Of each row: whole vectors, filled up with zeros. */
  readonly bytes: number;
  /** A row that is measured. */
  readonly own: number;
}

function denseRows(
  arena: Arena,
  { start, width }: DistanceGroup,
  rows: Float32Array,
  columns: number,
  count: number,
): DenseRows {
  const stride = 2 * Math.ceil(width / 2);
  const [own, place] = [arena.allocate(8 * stride), arena.allocate(8 * stride * count)];
  const view = arena.doubles(place, stride * count).fill(0);
  arena.doubles(own, stride).fill(0);
  for (let row = 0; row < count; row++) {
    const from = row * columns + start;
    view.set(rows.subarray(from, from + width), row * stride);
  }
  return { kind: "dense", rows: place, bytes: 8 * stride, own };
}

/** What is not zero in rows, in the memory of the kernels. */
interface SparseRows {
  readonly kind: "sparse";
  /** A row that is measured, spread out over so many columns; zeros between calls. */
  readonly spread: number;
  readonly columns: number;
  readonly starts: number;
  readonly entries: number;
  readonly squares: number;
}

function sparseRows(
  arena: Arena,
  { start, width }: DistanceGroup,
  rows: Float32Array,
  columns: number,
  count: number,
): SparseRows {
  const [starts, squares] = [arena.allocate(4 * (count + 1)), arena.allocate(8 * count)];
  const entries = arena.allocate(8 * width * count);
  const [offsets, values] = [arena.integers(entries, 2 * width * count), arena.doubles(entries, width * count)];
  const [startsView, squaresView] = [arena.integers(starts, count + 1), arena.doubles(squares, count)];
  let entry = 0;
  let highest = -1;
  startsView[0] = 0;
  for (let row = 0; row < count; row++) {
    let square = 0;
    for (let pair = row * columns + start; pair < row * columns + start + width; pair += 2) {
      const [column, value] = [rows[pair], rows[pair + 1]];
      if (column < 0) continue;
      highest = Math.max(highest, column);
      square += value * value;
      offsets[4 * entry] = 8 * column;
      values[2 * entry + 1] = value;
      entry++;
    }
    squaresView[row] = square;
    startsView[row + 1] = entry;
  }
  const spread = arena.allocate(8 * (highest + 1));
  arena.doubles(spread, highest + 1).fill(0);
  return { kind: "sparse", spread, columns: highest + 1, starts, entries, squares };
}
