import type { Matrix } from "../../kernels/matrix.js";

/** What estimation codes are standardised with: one number for each place of a code. */
export interface CodeScale {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/** The rows that have a code: all of its numbers are finite. */
export function rowsWithCode(codes: Matrix | undefined): number[] {
  if (codes === undefined) return [];
  const { rows, columns, data } = codes;
  const found: number[] = [];
  for (let row = 0; row < rows; row++) {
    let isKnown = columns > 0;
    for (let i = row * columns; i < (row + 1) * columns; i++) isKnown &&= Number.isFinite(data[i]);
    if (isKnown) found.push(row);
  }
  return found;
}

/** Statistics of the codes of the given rows, at least one. */
export function codeScaleOf({ columns, data }: Matrix, rows: readonly number[]): CodeScale {
  const means = new Float64Array(columns);
  const deviations = new Float64Array(columns);
  for (let column = 0; column < columns; column++) {
    for (const row of rows) means[column] += data[row * columns + column] / rows.length;
    let variance = 0;
    for (const row of rows) {
      const deviation = data[row * columns + column] - means[column];
      variance += (deviation * deviation) / rows.length;
    }
    deviations[column] = variance > 0 ? Math.sqrt(variance) : 1;
  }
  return { means, deviations };
}

/**
 * Writes the standardised codes of a batch: `numbers` for each sample, a one behind those of the code.
 *
 * @param samples a row for each sample; a row without a code gets zeros, the mean code
 */
export function writeCodes(
  { columns, data }: Matrix,
  { means, deviations }: CodeScale,
  samples: ArrayLike<number>,
  hasCode: (row: number) => boolean,
  target: Float32Array,
  numbers: number,
): void {
  for (let sample = 0; sample < samples.length; sample++) {
    const row = samples[sample];
    const isKnown = hasCode(row);
    for (let column = 0; column < columns; column++) {
      const value = (data[row * columns + column] - means[column]) / deviations[column];
      target[sample * numbers + column] = isKnown ? value : 0;
    }
    target[sample * numbers + columns] = 1;
    target.fill(0, sample * numbers + columns + 1, (sample + 1) * numbers);
  }
}
