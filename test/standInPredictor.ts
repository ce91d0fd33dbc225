import { z } from "zod";
import type { Matrix } from "../src/kernels/matrix.js";
import { defineOptions } from "../src/options.js";
import {
  type Prediction,
  type PredictorDefinition,
  type PredictorExtras,
  type PredictorModel,
  predictors,
  type TrainingSession,
  type TrainingStage,
} from "../src/predictor/index.js";
import type { Generator } from "../src/random/index.js";
import { registerForFile } from "./registerForFile.js";

/*
 * A cheap predictor for tests of strategies: linear, trained by gradient steps whose result depends on everything that came before.
 * Where an architecture has a code, the first number of the code is its prediction.
 */

const options = defineOptions({ log: z.string().default("").describe("Where the calls are noted down") });

/** What was asked of the stand-ins with this `log`, in order. */
export const standInCalls = new Map<string, string[]>();

/** The stand-in, which reads codes and can be trained in stages. */
export const standInDefinition: PredictorDefinition = {
  name: "stand-in",
  description: "Linear, for tests",
  source: "none",
  options,
  encodings: ["one-hot"],
  uncertainty: "none",
  estimationCode: "optional",
  create(values) {
    let session: StandIn | undefined;
    return {
      async fit(features, labels, generator, extras) {
        session = new StandIn(String(values["log"] ?? ""));
        session.add(features, labels, extras);
        await session.train({ epochs: 40 }, generator);
      },
      async predict(features, extras) {
        if (session === undefined) throw new Error("predict was called before fit");
        return session.predict(features, extras);
      },
      exportModel: () => session?.model(),
      importModel(model) {
        session = StandIn.of(model);
      },
    };
  },
  startTraining: (values) => new StandIn(String(values["log"] ?? "")),
};

/** Puts the stand-in into the registry of predictors for this test file, under these names. */
export function registerStandIn(...names: readonly string[]): void {
  const entries = Object.fromEntries(["stand-in", ...names].map((name) => [name, standInDefinition]));
  registerForFile<PredictorDefinition>(predictors, entries);
}

class StandIn implements TrainingSession {
  readonly #rows: Float32Array[] = [];
  readonly #labels: number[] = [];
  readonly #log: string;
  #weights: Float64Array | undefined;

  constructor(log: string) {
    this.#log = log;
  }

  add(features: Matrix, labels: Float64Array, extras?: PredictorExtras): void {
    const { rows, columns, data } = features;
    for (let row = 0; row < rows; row++) this.#rows.push(data.slice(row * columns, (row + 1) * columns));
    this.#labels.push(...labels);
    this.#note(`add ${rows}${extras?.codes === undefined ? "" : ` with codes of ${extras.codes.columns}`}`);
  }

  model(): PredictorModel {
    return { weights: this.#weights };
  }

  static of({ weights }: PredictorModel): StandIn {
    const session = new StandIn("");
    session.#weights = weights as Float64Array;
    return session;
  }

  async train(stage: TrainingStage, generator: Generator): Promise<void> {
    const { epochs, batch, learningRate, continued, stepsPerEpoch } = stage;
    const settings = [batch, stepsPerEpoch, learningRate, continued === true ? "continued" : undefined];
    this.#note(`train ${[epochs, ...settings].filter((setting) => setting !== undefined).join(" ")}`);
    if (this.#rows.length === 0) throw new Error("train was called without rows");
    const columns = this.#rows[0].length;
    this.#weights ??= Float64Array.from({ length: columns + 1 }, () => generator.normal());
    const weights = this.#weights;
    for (let pass = 0; pass < Math.min(5, epochs); pass++) {
      for (const [i, row] of this.#rows.entries()) {
        const error = this.#labels[i] - this.#score(row, 0);
        weights[columns] += 0.05 * error;
        for (let column = 0; column < columns; column++) weights[column] += 0.05 * error * row[column];
      }
    }
  }

  async predict({ rows, columns, data }: Matrix, extras?: PredictorExtras): Promise<Prediction> {
    if (this.#weights === undefined) throw new Error("predict was called before train");
    const codes = extras?.codes;
    this.#note(`predict ${rows}${codes === undefined ? "" : " fine"}`);
    return {
      mean: Float64Array.from({ length: rows }, (_, row) => {
        const code = codes === undefined ? Number.NaN : codes.data[row * codes.columns];
        return Number.isNaN(code) ? this.#score(data, row * columns) : code;
      }),
    };
  }

  #score(data: Float32Array, offset: number): number {
    const weights = this.#weights!;
    let sum = weights[weights.length - 1];
    for (let column = 0; column < weights.length - 1; column++) sum += weights[column] * data[offset + column];
    return sum;
  }

  #note(call: string): void {
    if (this.#log === "") return;
    const calls = standInCalls.get(this.#log) ?? [];
    standInCalls.set(this.#log, [...calls, call]);
  }
}
