import { createMatrix, type Matrix } from "../../kernels/matrix.js";

/** Rows of one matrix, then chosen rows of another. */
export function stackRows(first: Matrix, second: Matrix, rows: Int32Array): Matrix {
  const { columns } = second;
  const stacked = createMatrix(first.rows + rows.length, columns);
  stacked.data.set(first.data);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i] * columns;
    stacked.data.set(second.data.subarray(from, from + columns), (first.rows + i) * columns);
  }
  return stacked;
}
