import { createMatrix, type Matrix } from "../../kernels/matrix.js";

/** Rows without repetition. */
export interface DistinctRows {
  readonly matrix: Matrix;
  /** For each row of the whole, its row in `matrix`. */
  readonly placeOf: Int32Array;
}

/** Equal rows once each, in order of appearance: architectures that compute the same thing are one point of a layout. */
export function distinctRows({ rows, columns, data }: Matrix): DistinctRows {
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  const placeOf = new Int32Array(rows);
  const firsts: number[] = [];
  const buckets = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    let hash = 0;
    for (let i = row * columns; i < (row + 1) * columns; i++) hash = (Math.imul(hash, 31) + bits[i]) | 0;
    const bucket = buckets.get(hash) ?? [];
    if (bucket.length === 0) buckets.set(hash, bucket);
    let place = bucket.find((candidate) => isEqual(bits, columns, firsts[candidate], row));
    if (place === undefined) {
      place = firsts.length;
      firsts.push(row);
      bucket.push(place);
    }
    placeOf[row] = place;
  }
  const matrix = createMatrix(firsts.length, columns);
  for (const [place, row] of firsts.entries())
    matrix.data.set(data.subarray(row * columns, (row + 1) * columns), place * columns);
  return { matrix, placeOf };
}

function isEqual(bits: Uint32Array, columns: number, one: number, other: number): boolean {
  for (let i = 0; i < columns; i++) if (bits[one * columns + i] !== bits[other * columns + i]) return false;
  return true;
}
