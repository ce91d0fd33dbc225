import type { Arena } from "../../kernels/arena.js";
import type { DistanceGroup } from "./groups.js";

/** Rows of one group of columns as the kernels read them. */
export type PackedRows = DenseRows | SparseRows;

interface DenseRows {
  readonly kind: "dense";
  readonly group: DistanceGroup;
  readonly count: number;
  /** Of each row: whole vectors, filled up with zeros. */
  readonly numbers: Float64Array;
  readonly stride: number;
}

interface SparseRows {
  readonly kind: "sparse";
  readonly group: DistanceGroup;
  readonly count: number;
  /** Over so many columns a row that is measured is spread out. */
  readonly columns: number;
  /** The entries of row r are starts[r] to starts[r + 1] - 1. */
  readonly starts: Int32Array;
  /** Of each entry the bytes to its column, and 4 bytes of any kind, then the value. */
  readonly entries: Float64Array;
  readonly squares: Float64Array;
}

/**
 * Lays rows out as `Distances` reads them; what the rows hold later does not matter.
 *
 * @param columns of each row
 */
export function packRows(group: DistanceGroup, rows: Float32Array, columns: number, count: number): PackedRows {
  return group.kind === "sparse" ? packSparse(group, rows, columns, count) : packDense(group, rows, columns, count);
}

/**
 * Measures squared distances of one group of columns to given rows, in 64-bit floats. It lives as long as what its arena has allocated.
 *
 * @example
 * kernels().run((arena) => {
 *   const distances = new Distances(arena, packRows(group, rows.data, rows.columns, rows.rows));
 *   distances.write(rows.data, 3 * rows.columns, 0, rows.rows, target);
 * });
 */
export class Distances {
  readonly #arena: Arena;
  readonly #group: DistanceGroup;
  readonly #result: number;
  readonly #others: DensePlaces | SparsePlaces;

  constructor(arena: Arena, rows: PackedRows) {
    this.#arena = arena;
    this.#group = rows.group;
    this.#result = arena.allocate(8 * rows.count);
    this.#others = rows.kind === "sparse" ? placeSparse(arena, rows) : placeDense(arena, rows);
  }

  /** Writes the distances of the row that starts at `own` to `count` of the given rows, from number `first` on, into `target`, from `place` on. */
  write(rows: Float32Array, own: number, first: number, count: number, target: Float64Array, place = 0): void {
    const others = this.#others;
    if (others.kind === "sparse") this.#writeSparse(others, rows, own, first, count);
    else this.#writeDense(others, rows, own, first, count);
    target.set(this.#arena.doubles(this.#result, count), place);
  }

  #writeDense(
    { own: place, rows, bytes }: DensePlaces,
    given: Float32Array,
    own: number,
    first: number,
    count: number,
  ) {
    const { start, width, scale } = this.#group;
    this.#arena.doubles(place, width).set(given.subarray(own + start, own + start + width));
    this.#arena.functions.distancesDense(place, rows + first * bytes, bytes, count, scale, this.#result);
  }

  #writeSparse(others: SparsePlaces, given: Float32Array, own: number, first: number, count: number): void {
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

/** Addresses in the memory of the kernels. */
interface DensePlaces {
  readonly kind: "dense";
  readonly rows: number;
  readonly bytes: number;
  /** A row that is measured. */
  readonly own: number;
}

function packDense(group: DistanceGroup, rows: Float32Array, columns: number, count: number): DenseRows {
  const { start, width } = group;
  const stride = 2 * Math.ceil(width / 2);
  const numbers = new Float64Array(stride * count);
  for (let row = 0; row < count; row++) {
    const from = row * columns + start;
    numbers.set(rows.subarray(from, from + width), row * stride);
  }
  return { kind: "dense", group, count, numbers, stride };
}

function placeDense(arena: Arena, { numbers, stride }: DenseRows): DensePlaces {
  const [own, rows] = [arena.allocate(8 * stride), arena.allocate(8 * numbers.length)];
  arena.doubles(rows, numbers.length).set(numbers);
  arena.doubles(own, stride).fill(0);
  return { kind: "dense", rows, bytes: 8 * stride, own };
}

/** Addresses in the memory of the kernels. */
interface SparsePlaces {
  readonly kind: "sparse";
  /** A row that is measured, spread out over so many columns; zeros between calls. */
  readonly spread: number;
  readonly columns: number;
  readonly starts: number;
  readonly entries: number;
  readonly squares: number;
}

function packSparse(group: DistanceGroup, rows: Float32Array, columns: number, count: number): SparseRows {
  const { start, width } = group;
  const starts = new Int32Array(count + 1);
  const squares = new Float64Array(count);
  const values = new Float64Array(width * count);
  const offsets = new Int32Array(values.buffer);
  let entry = 0;
  let highest = -1;
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
    squares[row] = square;
    starts[row + 1] = entry;
  }
  return { kind: "sparse", group, count, columns: highest + 1, starts, entries: values.slice(0, 2 * entry), squares };
}

function placeSparse(arena: Arena, { count, columns, starts, entries, squares }: SparseRows): SparsePlaces {
  const places = { starts: arena.allocate(4 * (count + 1)), squares: arena.allocate(8 * count) };
  const [entriesPlace, spread] = [arena.allocate(8 * entries.length), arena.allocate(8 * columns)];
  arena.integers(places.starts, count + 1).set(starts);
  arena.doubles(places.squares, count).set(squares);
  arena.doubles(entriesPlace, entries.length).set(entries);
  arena.doubles(spread, columns).fill(0);
  return { kind: "sparse", spread, columns, ...places, entries: entriesPlace };
}
