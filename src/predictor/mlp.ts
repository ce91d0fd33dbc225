import { z } from "zod";
import type { Matrix } from "../kernels/matrix.js";
import { defineOptions, type OptionValues, readOptions } from "../options.js";
import type { Generator } from "../random/index.js";
import type { Prediction, Predictor, PredictorDefinition, PredictorModel } from "./contract.js";
import { evaluateNetwork, initialNetwork, type Network } from "./mlpNetwork.js";
import { trainNetwork } from "./mlpTraining.js";
import { notFitted } from "./notFitted.js";

const options = defineOptions({
  layers: z.number().int().min(1).max(100).default(4).describe("Hidden layers"),
  width: z.number().int().min(1).max(16_384).default(1000).describe("Units of each hidden layer"),
  learningRate: z.number().positive().default(1e-3).describe("Step size of Adam"),
  batch: z.number().int().min(1).default(200).describe("Samples for each update, at most"),
  epochs: z.number().int().min(1).default(100).describe("Passes over the training data, at most"),
  l2: z.number().min(0).default(1e-4).describe("L2 penalty of the weights; its gradient is divided by the batch size"),
  tolerance: z.number().min(0).default(1e-4).describe("Gain of the training loss below which an epoch counts as idle"),
  patience: z.number().int().min(0).default(10).describe("Training stops after more than so many idle epochs running"),
  standardise: z
    .boolean()
    .default(true)
    .describe("Fit (label - mean) / deviation of the training labels, and turn predictions back"),
});

/**
 * A multilayer perceptron with rectified hidden layers, trained as scikit-learn's MLPRegressor trains (Adam, Glorot-uniform
 * start, early stop on the training loss; Pedregosa et al. 2011) in 32-bit floats. The defaults are those of WeakNAS
 * (Wu et al. 2021).
 *
 * Labels are standardised with the mean and the deviation of the training labels alone, because accuracies in percent
 * lie far from the zero where an untrained network starts: without it, 30 to 60 epochs go into learning the mean, and
 * `tolerance`, an absolute number, means something else for every unit. Statistics of labels that were not queried are never used.
 * `standardise=false` fits the labels as they are.
 *
 * @example
 * const predictor = createPredictor("mlp:layers=3,width=64");
 * await predictor.fit(features, labels, createGenerator(1));
 */
export const mlpDefinition: PredictorDefinition = {
  name: "mlp",
  description: "Multilayer perceptron, trained with Adam and early stopping on the training loss",
  source: "WeakNAS (Wu et al. 2021), with the training of scikit-learn's MLPRegressor",
  options,
  encodings: ["one-hot", "adjacency", "path-counts", "cost", "summary"],
  uncertainty: "none",
  create: (values) => new MultilayerPerceptron(values),
};

interface Model extends Network {
  /** What the output is multiplied by … */
  readonly scale: number;
  /** … and what is added then. */
  readonly centre: number;
}

class MultilayerPerceptron implements Predictor {
  readonly #options;
  /**
   * V8 does not count shared memory when it decides to collect garbage, so models of earlier fits would pile up. `counted`, an
   * ordinary buffer of the same size and the same life, is counted; never written to, it takes addresses but no memory.
   */
  #learnt: { readonly model: Model; readonly counted: ArrayBuffer } | undefined;

  constructor(values: OptionValues) {
    this.#options = readOptions("predictor mlp", options, values);
  }

  async fit(features: Matrix, labels: Float64Array, generator: Generator): Promise<void> {
    const { layers, width, standardise, ...training } = this.#options;
    const { scale, centre } = standardise ? statistics(labels) : { scale: 1, centre: 0 };
    const targets = labels.map((label) => (label - centre) / scale);
    const sizes = [features.columns, ...new Array<number>(layers).fill(width), 1];
    const initial = initialNetwork(sizes, generator.split("weights"));
    const { network } = trainNetwork(initial, features, targets, training, generator.split("order"));
    this.#keep({ ...network, scale, centre });
  }

  async predict(features: Matrix): Promise<Prediction> {
    if (this.#learnt === undefined) throw notFitted("mlp");
    const { model } = this.#learnt;
    const { scale, centre } = model;
    return { mean: evaluateNetwork(model, features).map((output) => output * scale + centre) };
  }

  exportModel(): PredictorModel | undefined {
    return this.#learnt && { ...this.#learnt.model };
  }

  importModel(model: PredictorModel): void {
    this.#keep(model as unknown as Model);
  }

  #keep(model: Model): void {
    const bytes = model.layers.reduce((sum, layer) => sum + layer.byteLength, 0);
    this.#learnt = { model, counted: new ArrayBuffer(bytes) };
  }
}

/** Mean and population deviation; a deviation of 1 where all labels are equal. */
function statistics(labels: Float64Array): { scale: number; centre: number } {
  let centre = 0;
  for (const label of labels) centre += label / labels.length;
  let variance = 0;
  for (const label of labels) variance += ((label - centre) * (label - centre)) / labels.length;
  return { scale: variance > 0 ? Math.sqrt(variance) : 1, centre };
}
