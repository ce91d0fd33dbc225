import { createMatrix, type Matrix } from "../../kernels/matrix.js";
import type { JointPosterior } from "../../predictor/gaussian/joint.js";
import { createGaussianProcess } from "../../predictor/gaussian/process.js";
import type { CodeBook } from "../codeBook.js";
import type { FeatureSource } from "../contract.js";
import { ENCODING, type FittedModel, STEPS } from "./model.js";

/** What a model says of candidates together, and of what is to be improved upon. */
export interface Belief {
  /** The rows that were asked about, in their order. */
  readonly among: JointPosterior;
  /** The largest posterior mean among the evaluated. */
  readonly best: number;
  /** The variance of the noise. */
  readonly noise: number;
}

/**
 * What is believed of architectures once their estimation codes are known: a Gaussian process of its own, which sees all that the
 * coarse one sees and the codes as one more group. Codes are standardised over all architectures concerned, so that process is made
 * anew each time.
 *
 * @param others architectures to predict, one row of `otherRows` each
 * @throws whatever the source of the codes throws
 */
export async function believeWithCodes(
  { evaluated, targets, groups, priorsWith }: FittedModel,
  features: FeatureSource,
  book: CodeBook,
  others: readonly number[],
  otherRows: Matrix,
): Promise<Belief> {
  const codes = standardise(await book.of([...evaluated, ...others]));
  const known = besides(features.of(ENCODING, evaluated), codes.rows, 0);
  const asked = besides(otherRows, codes.rows, evaluated.length);
  // Codes that do not differ would be a group that adds a constant.
  const added =
    codes.spread === 0
      ? []
      : [{ kind: "dense" as const, start: otherRows.columns, width: codes.rows.columns, scale: 1 / codes.spread }];
  const process = createGaussianProcess({
    groups: [...groups, ...added],
    columns: known.columns,
    priors: priorsWith(...added.map(() => "codes")),
  });
  process.add(known);
  process.fit(targets, { iterations: STEPS });
  const best = process.observedMeans().reduce((most, mean) => Math.max(most, mean), Number.NEGATIVE_INFINITY);
  const among = process.among(
    asked,
    Array.from({ length: asked.rows }, (_, row) => row),
  );
  return { among, best, noise: process.noise };
}

/** Codes of mean 0 and variance 1 in each column that varies, 0 in the others. */
export interface StandardCodes {
  readonly rows: Matrix;
  /** The mean squared distance of two rows, if nothing is missing: 2 for each column that varies. */
  readonly spread: number;
}

/** A missing number becomes 0, the mean of its column. */
export function standardise({ rows, columns, data }: Matrix): StandardCodes {
  const standard = createMatrix(rows, columns);
  let varying = 0;
  for (let column = 0; column < columns; column++) {
    const places: number[] = [];
    for (let row = 0; row < rows; row++) if (Number.isFinite(data[row * columns + column])) places.push(row);
    if (places.length === 0) continue;
    // Measured from one of them, equal values differ by exactly 0.
    const origin = data[places[0] * columns + column];
    const values = places.map((row) => data[row * columns + column] - origin);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
    const deviation = Math.sqrt(squares / values.length);
    if (!(deviation > 0)) continue;
    varying++;
    for (const [i, row] of places.entries()) standard.data[row * columns + column] = (values[i] - mean) / deviation;
  }
  return { rows: standard, spread: 2 * varying };
}

/** Each row, then the row of codes that belongs to it; the first has the codes in row `offset`. */
function besides(rows: Matrix, codes: Matrix, offset: number): Matrix {
  const joined = createMatrix(rows.rows, rows.columns + codes.columns);
  for (let row = 0; row < rows.rows; row++) {
    const to = row * joined.columns;
    joined.data.set(rows.data.subarray(row * rows.columns, (row + 1) * rows.columns), to);
    const from = (offset + row) * codes.columns;
    joined.data.set(codes.data.subarray(from, from + codes.columns), to + rows.columns);
  }
  return joined;
}
