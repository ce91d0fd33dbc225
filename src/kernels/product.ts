import { AssayError } from "../errors.js";
import type { Arena } from "./arena.js";
import { type Kernels, kernels } from "./kernels.js";
import { createMatrix, type Matrix } from "./matrix.js";

/** How the factors of a product are read. */
export interface ProductOptions {
  /** Reads the left factor transposed. Default false. */
  readonly transposeLeft?: boolean;
  /** Reads the right factor transposed. Default false. */
  readonly transposeRight?: boolean;
  /** Default: the kernels of this thread. */
  readonly with?: Kernels;
}

/** Rows of the left factor that are worked on at a time: their lists stay in the second cache. */
const BLOCK = 64;

/** Columns of a chunk, at most: 128 rows of a panel are 14 kB. */
const CHUNK = 128;

/**
 * The product of two matrices in 32-bit floats: A·B, A'·B, A·B' or A'·B'. Zeros of the left factor cost nothing, so the
 * sparser one belongs there. A row of the result depends on its row of the left factor alone, to the last bit. Where the right
 * factor holds NaN or infinities, zeros of the left one still give zero.
 *
 * Throws AssayError("bad-shape") where the inner sizes differ.
 *
 * @example
 * const gram = product(features, features, { transposeRight: true }); // rows x rows
 */
export function product(left: Matrix, right: Matrix, options: ProductOptions = {}): Matrix {
  const { transposeLeft = false, transposeRight = false, with: used = kernels() } = options;
  const rows = transposeLeft ? left.columns : left.rows;
  const inner = transposeLeft ? left.rows : left.columns;
  const columns = transposeRight ? right.rows : right.columns;
  const innerOfRight = transposeRight ? right.columns : right.rows;
  if (inner !== innerOfRight) {
    throw new AssayError(
      "bad-shape",
      `A ${rows} x ${inner} matrix cannot be multiplied by one of ${innerOfRight} x ${columns}.`,
      "The columns of the left factor must be as many as the rows of the right one.",
    );
  }
  const result = createMatrix(rows, columns);
  if (rows === 0 || columns === 0 || inner === 0) return result;
  used.run((arena) => {
    const panels = packMatrix(arena, right);
    const stride = 4 * paddedLength(columns);
    const block = Math.min(BLOCK, rows);
    const scratch = allocateScratch(arena, transposeRight ? inner : 0);
    const target = arena.allocate(block * stride);
    const chunks = transposeLeft ? 1 : chunksOf(inner);
    if (transposeLeft) {
      const lists = transposedLists(arena, left);
      for (let first = 0; first < rows; first += block) {
        const count = Math.min(block, rows - first);
        multiplyBlock(lists.starts + 4 * first, lists.entries, count, first);
      }
    } else {
      const source = arena.allocate(4 * block * inner + 12);
      const lists = allocateLists(arena, block, inner);
      for (let first = 0; first < rows; first += block) {
        const count = Math.min(block, rows - first);
        const part = left.data.subarray(first * inner, (first + count) * inner);
        arena.floats(source, count * inner).set(part);
        arena.functions.listRows(source, 4 * inner, 0, count, inner, chunks, lists.starts, lists.entries);
        multiplyBlock(lists.starts, lists.entries, count, first);
      }
    }

    function multiplyBlock(starts: number, entries: number, count: number, first: number): void {
      if (transposeRight) {
        const { rows: used, columns: wide } = right;
        arena.functions.multiplyTransposed(
          starts,
          entries,
          count,
          chunks,
          panels,
          used,
          used,
          wide,
          0,
          target,
          stride,
          scratch,
        );
      } else {
        arena.functions.multiply(starts, entries, count, chunks, panels, inner, columns, 0, 0, target, stride, scratch);
      }
      const padded = arena.floats(target, (count * stride) / 4);
      for (let row = 0; row < count; row++) {
        const start = (row * stride) / 4;
        result.data.set(padded.subarray(start, start + columns), (first + row) * columns);
      }
    }
  });
  return result;
}

/** The next multiple of four: matrices inside the arena have whole vectors for rows. */
export function paddedLength(columns: number): number {
  return Math.ceil(columns / 4) * 4;
}

/** Into how many chunks the columns of lists are cut, so that a chunk of a panel stays in the first cache. */
export function chunksOf(columns: number): number {
  return Math.max(1, Math.ceil(columns / CHUNK));
}

/** Memory for the lists of a matrix of this size without any zero. */
export function allocateLists(arena: Arena, rows: number, columns: number): { starts: number; entries: number } {
  const starts = arena.allocate(4 * (rows * chunksOf(columns) + 1));
  // The kernel writes four entries before it knows how many of them count.
  const entries = arena.allocate(8 * (rows * columns + 4));
  return { starts, entries };
}

/**
 * Memory that products work in.
 *
 * @param columns of the matrices that are read transposed, at most
 */
export function allocateScratch(arena: Arena, columns: number): number {
  return arena.allocate(112 * (64 + paddedLength(columns)));
}

function packMatrix(arena: Arena, matrix: Matrix): number {
  const { rows, columns, data } = matrix;
  const padded = paddedLength(columns);
  const panels = arena.allocate(4 * rows * padded);
  const top = arena.top;
  const copy = arena.allocate(4 * rows * padded);
  const target = arena.floats(copy, rows * padded);
  if (padded === columns) {
    target.set(data.subarray(0, rows * columns));
  } else {
    target.fill(0);
    for (let row = 0; row < rows; row++) {
      target.set(data.subarray(row * columns, (row + 1) * columns), row * padded);
    }
  }
  arena.functions.packPanels(copy, 4 * padded, rows, columns, panels);
  arena.release(top);
  return panels;
}

function transposedLists(arena: Arena, matrix: Matrix): { starts: number; entries: number } {
  const { rows, columns, data } = matrix;
  const transposed = allocateLists(arena, columns, rows);
  const top = arena.top;
  const source = arena.allocate(4 * rows * columns + 12);
  const lists = allocateLists(arena, rows, columns);
  arena.floats(source, rows * columns).set(data.subarray(0, rows * columns));
  const chunks = chunksOf(columns);
  arena.functions.listRows(source, 4 * columns, 0, rows, columns, chunks, lists.starts, lists.entries);
  arena.functions.transposeLists(
    lists.starts,
    lists.entries,
    rows,
    columns,
    chunks,
    0,
    transposed.starts,
    transposed.entries,
  );
  arena.release(top);
  return transposed;
}
