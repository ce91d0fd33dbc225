/** A dense matrix of 32-bit floats in row-major order: element (i, j) is `data[i * columns + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}

/** Whether memory can be shared between threads here (always in Node, in browsers only on cross-origin-isolated pages). */
export const canShareMemory: boolean =
  typeof SharedArrayBuffer === "function" &&
  (typeof (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === "undefined" ||
    (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true);

/**
 * A zero-filled matrix. Its memory is shared where that is possible, so that a worker thread gets it without a copy.
 *
 * @example
 * const features = createMatrix(15_625, 30);
 */
export function createMatrix(rows: number, columns: number): Matrix {
  const bytes = rows * columns * Float32Array.BYTES_PER_ELEMENT;
  const buffer = canShareMemory ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  return { rows, columns, data: new Float32Array(buffer) };
}

/** A copy of the given rows, in the given order. */
export function takeRows(matrix: Matrix, rowNumbers: ArrayLike<number>): Matrix {
  const { columns, data } = matrix;
  const taken = createMatrix(rowNumbers.length, columns);
  for (let i = 0; i < rowNumbers.length; i++) {
    const start = rowNumbers[i] * columns;
    taken.data.set(data.subarray(start, start + columns), i * columns);
  }
  return taken;
}
