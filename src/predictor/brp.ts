import { z } from "zod";
import type { Matrix } from "../kernels/matrix.js";
import { defineOptions, type OptionValues, readOptions } from "../options.js";
import type { Generator } from "../random/index.js";
import type { Prediction, Predictor, PredictorDefinition, PredictorModel } from "./contract.js";
import { notFitted } from "./notFitted.js";
import { predictRelation, type RelationModel } from "./relation/relationModel.js";
import { RelationSession } from "./relation/relationSession.js";

const options = defineOptions({
  layers: z.int().min(1).max(20).default(4).describe("Graph convolutions"),
  width: z.int().min(4).max(4096).multipleOf(4).default(600).describe("Channels of each, a multiple of four"),
  dropout: z.number().min(0).max(0.95).default(0.2).describe("Share of the channels that are dropped after each"),
  learningRate: z.number().positive().default(1e-3).describe("Step size of AdamW at the start; a cosine takes it to 0"),
  weightDecay: z.number().min(0).default(5e-4).describe("Weight decay of AdamW"),
  epochs: z.int().min(1).default(250).describe("Epochs, as published"),
  passes: z
    .number()
    .positive()
    .default(0.16)
    .describe("Passes over the architectures for each epoch; a published epoch is one over all their pairs"),
  architectures: z.int().min(2).default(24).describe("Architectures in a batch, which gives all their ordered pairs"),
  temperature: z.number().positive().default(1).describe("What labels are divided by before the softmax of a pair"),
});

/**
 * The binary relation predictor of BRP-NAS: a graph network embeds two architectures, and a linear layer on both embeddings says
 * with which probability either is the better one. It is trained to softmax(label a, label b).
 *
 * The head is linear, so its opinion of a pair is what it says of the one in first place plus what it says of the other in second
 * place. Nothing makes it antisymmetric; the mean over both orders is, and is the difference of two scores. Sorting by that score is
 * sorting with the comparator, and each architecture is embedded once. The mean is the score, put into the unit of the labels by a
 * straight line.
 *
 * Differs from the published code, where each of an epoch's N(N-1) pairs embeds its two architectures anew (about 10^15 operations
 * for N = 200): a batch embeds some architectures and compares all pairs of them, so that an epoch is one pass over the
 * architectures. The objective is the same; there are fewer, better-informed steps, at a larger step size. Training does not stop early: the published
 * code looks at the training loss, which goes on falling in so few steps. States that are equal in
 * several graphs of a batch are computed once, and dropout treats them alike.
 *
 * @example
 * const { predictor, encoding } = predictorFor(space, "brp");
 * await predictor.fit(encode(space, encoding, architectures), labels, createGenerator(1));
 */
export const brpDefinition: PredictorDefinition = {
  name: "brp",
  description: "A graph network that says which of two architectures is better; sorts with its embeddings",
  source: "Dudziak et al., BRP-NAS: Prediction-based NAS using GCNs, NeurIPS 2020",
  options,
  encodings: ["pruned-graph", "graph"],
  uncertainty: "none",
  create: (values) => new BinaryRelation(values),
  startTraining(values) {
    const { epochs, ...training } = readOptions("predictor brp", options, values);
    return new RelationSession(training);
  },
};

class BinaryRelation implements Predictor {
  readonly #options;
  #model: RelationModel | undefined;

  constructor(values: OptionValues) {
    this.#options = readOptions("predictor brp", options, values);
  }

  async fit(features: Matrix, labels: Float64Array, generator: Generator): Promise<void> {
    const { epochs, ...training } = this.#options;
    const session = new RelationSession(training);
    session.add(features, labels);
    await session.train({ epochs }, generator);
    this.#model = session.model;
  }

  async predict(features: Matrix): Promise<Prediction> {
    if (this.#model === undefined) throw notFitted("brp");
    return predictRelation(this.#model, features);
  }

  exportModel(): PredictorModel | undefined {
    return this.#model && { ...this.#model };
  }

  importModel(model: PredictorModel): void {
    this.#model = model as unknown as RelationModel;
  }
}
