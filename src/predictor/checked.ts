import { AssayError } from "../errors.js";
import type { Matrix } from "../kernels/matrix.js";
import type { Predictor, PredictorModel } from "./contract.js";

/**
 * A predictor that refuses rows and labels that cannot be right, with an AssayError (`bad-training-data`,
 * `bad-features`) that says where. Its model also holds how many columns it was fitted to.
 */
export function checkInputs(name: string, predictor: Predictor): Predictor {
  let fitted: number | undefined;
  return {
    async fit(features, labels, generator) {
      checkShape(name, features);
      checkLabels(name, features, labels);
      await predictor.fit(features, labels, generator);
      fitted = features.columns;
    },
    async predict(features) {
      checkShape(name, features);
      if (fitted !== undefined && fitted !== features.columns) {
        throw new AssayError(
          "bad-features",
          `Predictor ${name} was fitted to ${fitted} columns and is asked about ${features.columns}.`,
          "Encode both with the same encoding of the same space.",
        );
      }
      return predictor.predict(features);
    },
    exportModel() {
      const model = predictor.exportModel();
      return model && { columns: fitted, model };
    },
    importModel(given) {
      const { columns, model } = given as unknown as { columns: number; model: PredictorModel };
      predictor.importModel(model);
      fitted = columns;
    },
  };
}

function checkShape(name: string, { rows, columns, data }: Matrix): void {
  if (data.length === rows * columns) return;
  throw new AssayError(
    "bad-features",
    `Predictor ${name} got ${data.length} numbers for ${rows} rows of ${columns} columns.`,
  );
}

function checkLabels(name: string, { rows, columns, data }: Matrix, labels: Float64Array): void {
  if (rows === 0 || labels.length !== rows) {
    throw new AssayError(
      "bad-training-data",
      `Predictor ${name} got ${rows} rows and ${labels.length} labels to learn.`,
    );
  }
  for (let row = 0; row < rows; row++) {
    if (!Number.isFinite(labels[row])) {
      throw new AssayError(
        "bad-training-data",
        `Predictor ${name} got the label ${labels[row]} in row ${row}.`,
        "Leave failed evaluations out.",
      );
    }
  }
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i])) {
      const [row, column] = [Math.floor(i / columns), i % columns];
      throw new AssayError("bad-training-data", `Predictor ${name} got ${data[i]} in row ${row}, column ${column}.`);
    }
  }
}
