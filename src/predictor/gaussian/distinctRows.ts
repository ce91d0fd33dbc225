import { createMatrix, type Matrix, takeRows } from "../../kernels/matrix.js";

/** Which rows of a matrix are equal in a range of columns, to the bit. */
export interface DistinctRows {
  /** The first row of each kind, in rising order. */
  readonly first: Int32Array;
  /** For each row its kind: a place in `first`. */
  readonly kindOf: Int32Array;
}

/** Equal rows of some columns, and the columns of the first of each kind, which are what has to be computed with. */
export interface DistinctPart extends DistinctRows {
  readonly rows: Matrix;
}

interface Columns {
  readonly start: number;
  readonly width: number;
}

/** By the memory of the matrix: a whole space is looked through once, not for every model. */
const knownRows = new WeakMap<Float32Array, Map<string, DistinctRows>>();
const knownParts = new WeakMap<Float32Array, Map<string, DistinctPart>>();
const knownWholes = new WeakMap<Float32Array, Map<string, DistinctRows & { readonly whole: Matrix }>>();

/**
 * Finds equal rows, in one pass. What it finds is kept as long as the matrix, whose numbers must not change.
 *
 * @example
 * const { first, kindOf } = distinctRows(features);
 * first.length; // 6,190 of the 15,625 cells of NAS-Bench-201 differ in the encoding `views`
 */
export function distinctRows(
  matrix: Matrix,
  { start, width }: Columns = { start: 0, width: matrix.columns },
): DistinctRows {
  return remember(knownRows, matrix, `${start} ${width}`, () => findDistinct(matrix, start, width));
}

/** The same with a copy of the columns of the first row of each kind. */
export function distinctPart(matrix: Matrix, { start, width }: Columns): DistinctPart {
  return remember(knownParts, matrix, `${start} ${width}`, () => {
    const found = distinctRows(matrix, { start, width });
    const rows = createMatrix(found.first.length, width);
    found.first.forEach((row, kind) => {
      const from = row * matrix.columns + start;
      rows.data.set(matrix.data.subarray(from, from + width), kind * width);
    });
    return { ...found, rows };
  });
}

/** Rows of a pool, each kind once. */
export interface Asked {
  /** The pool, or the first row of each kind of it. */
  readonly pool: Matrix;
  /** Rows of `pool`; all where absent. */
  readonly asked: ArrayLike<number> | undefined;
  /** For each row that was wanted its place among those asked; absent where they are the same. */
  readonly placeOf?: Int32Array;
}

/**
 * Of rows that are equal from the first to the last column that these groups read one is enough: cells that compute the same function
 * are, and many that differ in their paths only. Of all rows without `rows`.
 */
export function withoutRepeats(pool: Matrix, groups: readonly Columns[], rows?: ArrayLike<number>): Asked {
  const count = rows?.length ?? pool.rows;
  // To look through a large pool for a few of its rows would take longer than it saves.
  if (4 * count < pool.rows) return { pool, asked: rows };
  const start = Math.min(...groups.map((group) => group.start));
  const end = Math.max(...groups.map((group) => group.start + group.width));
  const { first, kindOf, whole } = distinctWhole(pool, { start, width: end - start });
  if (first.length === pool.rows) return { pool, asked: rows };
  const places = new Int32Array(first.length).fill(-1);
  const asked = new Int32Array(Math.min(count, first.length));
  const placeOf = new Int32Array(count);
  let size = 0;
  for (let i = 0; i < count; i++) {
    const kind = kindOf[rows === undefined ? i : rows[i]];
    if (places[kind] < 0) {
      places[kind] = size;
      asked[size++] = kind;
    }
    placeOf[i] = places[kind];
  }
  return { pool: whole, asked: asked.subarray(0, size), placeOf };
}

/** Equal rows with the first of each kind side by side: most of a pool is asked about again and again. */
function distinctWhole(matrix: Matrix, columns: Columns): DistinctRows & { readonly whole: Matrix } {
  return remember(knownWholes, matrix, `${columns.start} ${columns.width}`, () => {
    const found = distinctRows(matrix, columns);
    return { ...found, whole: found.first.length === matrix.rows ? matrix : takeRows(matrix, found.first) };
  });
}

function remember<Found>(
  all: WeakMap<Float32Array, Map<string, Found>>,
  { data }: Matrix,
  key: string,
  find: () => Found,
): Found {
  let known = all.get(data);
  if (known === undefined) {
    known = new Map();
    all.set(data, known);
  }
  let found = known.get(key);
  if (found === undefined) {
    found = find();
    known.set(key, found);
  }
  return found;
}

function findDistinct({ rows, columns, data }: Matrix, start: number, width: number): DistinctRows {
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  const mask = 2 ** Math.ceil(Math.log2(2 * rows + 1)) - 1;
  // Kinds by their hash, counted from 1.
  const slots = new Int32Array(mask + 1);
  const kindOf = new Int32Array(rows);
  const first = new Int32Array(rows);
  let kinds = 0;
  for (let row = 0; row < rows; row++) {
    const own = row * columns + start;
    let hash = 0;
    for (let place = own; place < own + width; place++) {
      hash = Math.imul(hash ^ bits[place], 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    let slot = hash & mask;
    while (slots[slot] !== 0 && !areEqual(bits, own, first[slots[slot] - 1] * columns + start, width)) {
      slot = (slot + 1) & mask;
    }
    if (slots[slot] === 0) {
      first[kinds++] = row;
      slots[slot] = kinds;
    }
    kindOf[row] = slots[slot] - 1;
  }
  return { first: first.slice(0, kinds), kindOf };
}

function areEqual(bits: Uint32Array, some: number, others: number, width: number): boolean {
  for (let place = 0; place < width; place++) if (bits[some + place] !== bits[others + place]) return false;
  return true;
}
