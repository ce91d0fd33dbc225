/** A lower triangular matrix, row-major with `stride` numbers from row to row; what is above the diagonal is not read. */
export interface Triangular {
  readonly rows: number;
  readonly stride: number;
  readonly data: Float64Array;
}

/** The solution of L L' x = b. */
export function solveFactored(factor: Triangular, right: Float64Array): Float64Array {
  return solveTransposed(factor, solveLower(factor, right));
}

/** The solution of L z = b. */
export function solveLower({ rows, stride, data }: Triangular, right: Float64Array): Float64Array {
  const solution = right.slice(0, rows);
  for (let i = 0; i < rows; i++) {
    const row = i * stride;
    let sum = solution[i];
    for (let j = 0; j < i; j++) sum -= data[row + j] * solution[j];
    solution[i] = sum / data[row + i];
  }
  return solution;
}

/** The solution of L' x = z. */
function solveTransposed({ rows, stride, data }: Triangular, right: Float64Array): Float64Array {
  const solution = right.slice(0, rows);
  for (let i = rows - 1; i >= 0; i--) {
    const row = i * stride;
    const value = solution[i] / data[row + i];
    solution[i] = value;
    for (let j = 0; j < i; j++) solution[j] -= data[row + j] * value;
  }
  return solution;
}

/** The sum of the logarithms of the diagonal. */
export function logarithmOfDiagonal({ rows, stride, data }: Triangular): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += Math.log(data[i * stride + i]);
  return sum;
}

/** Numbers from row to row for so many columns: whole vectors, and rows that do not all fall on the same places of a cache. */
export function strideFor(columns: number): number {
  const whole = Math.ceil(columns / 4) * 4;
  return whole % 64 === 0 ? whole + 8 : whole;
}
