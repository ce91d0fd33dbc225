/**
 * Solves A·x = b for a symmetric positive definite matrix by Cholesky's factorisation, in 64-bit floats. A pivot that rounding
 * has made too small to divide by counts as a direction without information: its unknown becomes 0, so nothing
 * turns into NaN.
 *
 * @param matrix size x size, row-major; overwritten
 * @param right size numbers; overwritten by the solution
 */
export function solvePositiveDefinite(matrix: Float64Array, size: number, right: Float64Array): void {
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, matrix[i * size + i]);
  const smallest = largest * size * 1e-15;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j];
      for (let k = 0; k < j; k++) sum -= matrix[i * size + k] * matrix[j * size + k];
      const pivot = i === j ? sum : matrix[j * size + j];
      if (i === j) matrix[i * size + i] = sum > smallest ? Math.sqrt(sum) : 0;
      else matrix[i * size + j] = pivot === 0 ? 0 : sum / pivot;
    }
  }
  for (let i = 0; i < size; i++) {
    let sum = right[i];
    for (let k = 0; k < i; k++) sum -= matrix[i * size + k] * right[k];
    right[i] = divide(sum, matrix[i * size + i]);
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = right[i];
    for (let k = i + 1; k < size; k++) sum -= matrix[k * size + i] * right[k];
    right[i] = divide(sum, matrix[i * size + i]);
  }
}

function divide(value: number, pivot: number): number {
  return pivot === 0 ? 0 : value / pivot;
}
