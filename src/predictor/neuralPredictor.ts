import { z } from "zod";
import type { Matrix } from "../kernels/matrix.js";
import { defineOptions, type OptionValues, readOptions } from "../options.js";
import type { Generator } from "../random/index.js";
import type { Prediction, Predictor, PredictorDefinition, PredictorModel } from "./contract.js";
import { type DirectedModel, predictDirected, trainDirectedModel } from "./directed/directedModel.js";
import { readGraphs } from "./graph/readGraphs.js";
import { notFitted } from "./notFitted.js";

const options = defineOptions({
  layers: z.int().min(1).max(20).default(3).describe("Directed graph convolutions"),
  width: z.int().min(1).max(4096).default(144).describe("Channels of each"),
  hidden: z.int().min(1).max(4096).default(128).describe("Units between the mean over the vertices and the output"),
  dropout: z.number().min(0).max(0.95).default(0.1).describe("Share of the channels that are dropped after each layer"),
  learningRate: z.number().positive().default(1e-4).describe("Step size of Adam at the start; a cosine takes it to 0"),
  l2: z.number().min(0).default(1e-3).describe("L2 penalty, as Adam's weight decay"),
  epochs: z.int().min(1).default(300).describe("Passes over the training data"),
  batch: z.int().min(1).default(10).describe("Rows for each update, at most"),
  twoStage: z.boolean().default(false).describe("Sort out rows below a threshold with a classifier, rank the others"),
  quantile: z.number().min(0).max(1).default(0.3).describe("Two stages: the share of the labels below the threshold"),
  threshold: z
    .union([z.literal("quantile"), z.number()])
    .default("quantile")
    .describe("Two stages: the threshold as a label (published: 91 on NAS-Bench-101), or by `quantile`"),
});

/**
 * The Neural Predictor (Wen et al. 2020): graph convolutions along and against the edges, the mean over the vertices, two linear
 * layers; trained to the squared error of labels standardised with the training labels. With `twoStage`, a classifier of the same
 * design first says which architectures reach a threshold; the regressor learns from, and ranks, only these.
 *
 * @example
 * const predictor = createPredictor("neural-predictor:twoStage=true,threshold=91");
 */
export const neuralPredictorDefinition: PredictorDefinition = {
  name: "neural-predictor",
  description: "Directed graph convolutions and a mean over the vertices; in two stages if wanted",
  source: "Wen et al., Neural Predictor for Neural Architecture Search, ECCV 2020",
  options,
  encodings: ["pruned-graph", "graph"],
  uncertainty: "none",
  create: (values) => new NeuralPredictor(values),
};

class NeuralPredictor implements Predictor {
  readonly #options;
  #model: DirectedModel | undefined;

  constructor(values: OptionValues) {
    this.#options = readOptions("predictor neural-predictor", options, values);
  }

  async fit(features: Matrix, labels: Float64Array, generator: Generator): Promise<void> {
    const { layers, width, hidden, dropout, twoStage, quantile, threshold, ...training } = this.#options;
    const graphs = readGraphs(features);
    const limit = threshold === "quantile" ? { quantile } : { label: threshold };
    const plan = {
      ...training,
      shape: { graphs: graphs.shape, layers, width, hidden, dropout },
      threshold: twoStage ? limit : undefined,
    };
    this.#model = trainDirectedModel(graphs, labels, plan, generator);
  }

  async predict(features: Matrix): Promise<Prediction> {
    if (this.#model === undefined) throw notFitted("neural-predictor");
    const graphs = readGraphs(features, this.#model.regressor.shape.graphs);
    return { mean: predictDirected(this.#model, graphs) };
  }

  exportModel(): PredictorModel | undefined {
    return this.#model && { ...this.#model };
  }

  importModel(model: PredictorModel): void {
    this.#model = model as unknown as DirectedModel;
  }
}
