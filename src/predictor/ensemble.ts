import { z } from "zod";
import type { Matrix } from "../kernels/matrix.js";
import { defineOptions, readOptions } from "../options.js";
import type { Generator } from "../random/index.js";
import type {
  Prediction,
  Predictor,
  PredictorContext,
  PredictorDefinition,
  PredictorExtras,
  PredictorModel,
} from "./contract.js";
import { notFitted } from "./notFitted.js";
import type { FitPredictorInput } from "./taskInputs.js";

const options = defineOptions({
  member: z.string().default("mlp").describe("The predictor that every member is: mlp(layers=3,width=64)"),
  size: z.number().int().min(1).max(1000).default(5).describe("How many members"),
});

/**
 * Several predictors of one kind that differ in their seeds only (Lakshminarayanan et al. 2017). The prediction is the
 * mean over the members; the standard deviation is that of their means, and where members know how sure they are, their
 * mean variance is added. Members are fitted in parallel on `context.pool`, each with a generator of its own, so results do
 * not depend on the number of threads.
 *
 * @param createMember makes a predictor from a spec; throws AssayError where the spec is wrong
 * @param memberReadsCodes whether the predictor of a spec reads estimation codes
 * @example
 * const predictor = createPredictor("ensemble:member=mlp(layers=3,width=64),size=5");
 */
export function createEnsembleDefinition(
  createMember: (spec: string) => Predictor,
  memberReadsCodes: (spec: string) => boolean,
): PredictorDefinition {
  return {
    name: "ensemble",
    description: "Several predictors of one kind with different seeds, and their disagreement",
    source: "Lakshminarayanan et al. 2017",
    options,
    encodings: ["one-hot", "adjacency", "path-counts", "cost", "summary"],
    uncertainty: "members",
    estimationCode: (values) =>
      memberReadsCodes(readOptions("predictor ensemble", options, values).member) ? "optional" : undefined,
    create(values, context) {
      const { member, size } = readOptions("predictor ensemble", options, values);
      const members = Array.from({ length: size }, () => createMember(member));
      return new Ensemble(member, members, context);
    },
  };
}

class Ensemble implements Predictor {
  readonly #spec: string;
  readonly #members: readonly Predictor[];
  readonly #context: PredictorContext;

  constructor(spec: string, members: readonly Predictor[], context: PredictorContext) {
    this.#spec = spec;
    this.#members = members;
    this.#context = context;
  }

  async fit(features: Matrix, labels: Float64Array, generator: Generator, extras?: PredictorExtras): Promise<void> {
    const { pool } = this.#context;
    if (pool === undefined || pool.threads === 1) {
      for (const [i, member] of this.#members.entries()) await member.fit(features, labels, generator.split(i), extras);
      return;
    }
    const models = await Promise.all(
      this.#members.map((_, i) =>
        pool.run<FitPredictorInput, PredictorModel>("fit-predictor", {
          spec: this.#spec,
          features,
          labels,
          codes: extras?.codes,
          seed: generator.seedOf(i),
        }),
      ),
    );
    for (const [i, member] of this.#members.entries()) member.importModel(models[i]);
  }

  async predict(features: Matrix, extras?: PredictorExtras): Promise<Prediction> {
    if (this.#members[0].exportModel() === undefined) throw notFitted("ensemble");
    const predictions: Prediction[] = [];
    for (const member of this.#members) predictions.push(await member.predict(features, extras));
    const members = predictions.map((prediction) => prediction.mean);
    const count = members.length;
    const mean = new Float64Array(features.rows);
    const standardDeviation = new Float64Array(features.rows);
    for (let row = 0; row < features.rows; row++) {
      let sum = 0;
      for (const member of members) sum += member[row] - members[0][row];
      const shift = sum / count;
      let squares = 0;
      for (const prediction of predictions) {
        const deviation = prediction.mean[row] - members[0][row] - shift;
        const own = prediction.standardDeviation?.[row] ?? 0;
        squares += deviation * deviation + own * own;
      }
      mean[row] = members[0][row] + shift;
      standardDeviation[row] = Math.sqrt(squares / count);
    }
    return { mean, standardDeviation, members };
  }

  exportModel(): PredictorModel | undefined {
    const models = this.#members.map((member) => member.exportModel());
    return models.includes(undefined) ? undefined : { members: models };
  }

  importModel(model: PredictorModel): void {
    const { members } = model as unknown as { members: readonly PredictorModel[] };
    for (const [i, member] of this.#members.entries()) member.importModel(members[i]);
  }
}
