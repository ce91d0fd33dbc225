import { z } from "zod";
import type { Matrix } from "../kernels/matrix.js";
import { defineOptions, type OptionValues, readOptions } from "../options.js";
import { mean } from "../stats/mean.js";
import { solvePositiveDefinite } from "./cholesky.js";
import type { Prediction, Predictor, PredictorDefinition, PredictorModel } from "./contract.js";
import { notFitted } from "./notFitted.js";

const options = defineOptions({
  penalty: z.number().min(0).default(1).describe("L2 penalty of the coefficients of standardised columns"),
});

/** Smallest penalty for each row: keeps the system solvable where columns depend on each other. */
const SMALLEST_PENALTY = 1e-9;

interface Model {
  readonly intercept: number;
  /** For each column, what is taken off it … */
  readonly centres: Float64Array;
  /** … and what the rest is multiplied with; 0 for a constant column. */
  readonly coefficients: Float64Array;
}

/**
 * Ridge regression (Hoerl and Kennard 1970): the linear function with the smallest squared error plus `penalty` times the
 * squared coefficients, in closed form. Columns are standardised first, so the penalty treats all alike; constant columns
 * count for nothing. Solved in rows or in columns, whichever are fewer.
 *
 * @example
 * const predictor = createPredictor("ridge:penalty=0.1");
 */
export const ridgeDefinition: PredictorDefinition = {
  name: "ridge",
  description: "Linear regression with an L2 penalty, in closed form",
  source: "Hoerl and Kennard 1970",
  options,
  encodings: ["one-hot", "adjacency", "path-counts", "cost", "summary"],
  uncertainty: "none",
  create: (values) => new Ridge(values),
};

class Ridge implements Predictor {
  readonly #penalty: number;
  #model: Model | undefined;

  constructor(values: OptionValues) {
    this.#penalty = readOptions("predictor ridge", options, values).penalty;
  }

  async fit(features: Matrix, labels: Float64Array): Promise<void> {
    const { rows, columns } = features;
    const { centres, scales, standardised } = standardise(features);
    const intercept = mean(labels);
    const residuals = labels.map((label) => label - intercept);
    const penalty = Math.max(this.#penalty, SMALLEST_PENALTY * rows);
    const weights = new Float64Array(columns);
    if (columns <= rows) {
      multiplyTransposed(standardised, rows, columns, residuals, weights);
      solvePositiveDefinite(
        addToDiagonal(gramOfColumns(standardised, rows, columns), columns, penalty),
        columns,
        weights,
      );
    } else {
      const system = addToDiagonal(gramOfRows(standardised, rows, columns), rows, penalty);
      solvePositiveDefinite(system, rows, residuals);
      multiplyTransposed(standardised, rows, columns, residuals, weights);
    }
    const coefficients = weights.map((weight, column) => (scales[column] === 0 ? 0 : weight / scales[column]));
    this.#model = { intercept, centres, coefficients };
  }

  async predict(features: Matrix): Promise<Prediction> {
    if (this.#model === undefined) throw notFitted("ridge");
    const { intercept, centres, coefficients } = this.#model;
    const { rows, columns, data } = features;
    const predicted = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      let sum = intercept;
      for (let column = 0; column < columns; column++) {
        sum += (data[row * columns + column] - centres[column]) * coefficients[column];
      }
      predicted[row] = sum;
    }
    return { mean: predicted };
  }

  exportModel(): PredictorModel | undefined {
    return this.#model && { ...this.#model };
  }

  importModel(model: PredictorModel): void {
    this.#model = model as unknown as Model;
  }
}

function standardise({ rows, columns, data }: Matrix) {
  const centres = new Float64Array(columns);
  const scales = new Float64Array(columns);
  const standardised = new Float64Array(rows * columns);
  for (let column = 0; column < columns; column++) {
    // Measured from the first row, equal values differ by exactly 0.
    const origin = data[column];
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += data[row * columns + column] - origin;
    const shift = sum / rows;
    let squares = 0;
    for (let row = 0; row < rows; row++) {
      const deviation = data[row * columns + column] - origin - shift;
      squares += deviation * deviation;
    }
    centres[column] = origin + shift;
    scales[column] = Math.sqrt(squares / rows);
    if (scales[column] === 0) continue;
    for (let row = 0; row < rows; row++) {
      standardised[row * columns + column] = (data[row * columns + column] - origin - shift) / scales[column];
    }
  }
  return { centres, scales, standardised };
}

/** Z'·Z, columns x columns. */
function gramOfColumns(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const gram = new Float64Array(columns * columns);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < columns; i++) {
      const value = matrix[row * columns + i];
      for (let j = 0; j <= i; j++) gram[i * columns + j] += value * matrix[row * columns + j];
    }
  }
  return gram;
}

/** Z·Z', rows x rows. */
function gramOfRows(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const gram = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let column = 0; column < columns; column++)
        sum += matrix[i * columns + column] * matrix[j * columns + column];
      gram[i * rows + j] = sum;
    }
  }
  return gram;
}

function addToDiagonal(matrix: Float64Array, size: number, value: number): Float64Array {
  for (let i = 0; i < size; i++) matrix[i * size + i] += value;
  return matrix;
}

/** Z'·v into `product`. */
function multiplyTransposed(
  matrix: Float64Array,
  rows: number,
  columns: number,
  vector: Float64Array,
  product: Float64Array,
): void {
  product.fill(0);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) product[column] += matrix[row * columns + column] * vector[row];
  }
}
