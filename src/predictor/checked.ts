import { AssayError } from "../errors.js";
import type { Matrix } from "../kernels/matrix.js";
import type { Predictor, PredictorExtras, PredictorModel } from "./contract.js";
import type { TrainingSession } from "./trainingSession.js";

/**
 * A predictor that refuses rows and labels that cannot be right, with an AssayError (`bad-training-data`,
 * `bad-features`) that says where. Its model also holds how many columns it was fitted to.
 */
export function checkInputs(name: string, predictor: Predictor): Predictor {
  let fitted: Widths | undefined;
  return {
    async fit(features, labels, generator, extras) {
      checkShape(name, features);
      checkLabels(name, features, labels);
      checkCodes(name, features, extras);
      await predictor.fit(features, labels, generator, extras);
      fitted = widthsOf(features, extras);
    },
    async predict(features, extras) {
      checkShape(name, features);
      checkCodes(name, features, extras);
      checkWidths(name, fitted, widthsOf(features, extras));
      return predictor.predict(features, extras);
    },
    exportModel() {
      const model = predictor.exportModel();
      return model && { ...fitted, model };
    },
    importModel(given) {
      const { model, ...widths } = given as unknown as Widths & { model: PredictorModel };
      predictor.importModel(model);
      fitted = widths;
    },
  };
}

/** The same for a training in stages. */
export function checkSession(name: string, session: TrainingSession): TrainingSession {
  let fitted: Widths | undefined;
  return {
    add(features, labels, extras) {
      checkShape(name, features);
      checkLabels(name, features, labels);
      checkCodes(name, features, extras);
      const widths = widthsOf(features, extras);
      checkWidths(name, fitted, widths);
      session.add(features, labels, extras);
      fitted = { ...widths, ...fitted };
    },
    train: (stage, generator) => session.train(stage, generator),
    async predict(features, extras) {
      checkShape(name, features);
      checkCodes(name, features, extras);
      checkWidths(name, fitted, widthsOf(features, extras));
      return session.predict(features, extras);
    },
  };
}

/** What must be the same in all rows of one predictor. */
interface Widths {
  readonly columns: number;
  /** Numbers of an estimation code; absent where none was ever given. */
  readonly codeLength?: number;
}

function widthsOf({ columns }: Matrix, extras: PredictorExtras | undefined): Widths {
  return extras?.codes === undefined ? { columns } : { columns, codeLength: extras.codes.columns };
}

function checkWidths(name: string, fitted: Widths | undefined, given: Widths): void {
  if (fitted === undefined) return;
  if (fitted.columns !== given.columns) {
    throw new AssayError(
      "bad-features",
      `Predictor ${name} was fitted to ${fitted.columns} columns and is asked about ${given.columns}.`,
      "Encode both with the same encoding of the same space.",
    );
  }
  const { codeLength } = given;
  if (fitted.codeLength !== undefined && codeLength !== undefined && fitted.codeLength !== codeLength) {
    throw new AssayError(
      "bad-features",
      `Predictor ${name} was fitted to estimation codes of ${fitted.codeLength} numbers and is given ${codeLength}.`,
      "Use one kind of estimation code throughout.",
    );
  }
}

function checkCodes(name: string, { rows }: Matrix, extras: PredictorExtras | undefined): void {
  const codes = extras?.codes;
  if (codes === undefined) return;
  if (codes.rows === rows && codes.data.length === rows * codes.columns) return;
  throw new AssayError(
    "bad-features",
    `Predictor ${name} got ${codes.rows} estimation codes (${codes.data.length} numbers) for ${rows} rows.`,
    "Give one row of codes for each row of features, NaN where there is none.",
  );
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
