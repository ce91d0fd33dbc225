import type { Matrix } from "../../kernels/matrix.js";
import type { Generator } from "../../random/index.js";
import type { Prediction, Predictor, PredictorExtras, PredictorModel } from "../contract.js";
import { notFitted } from "../notFitted.js";
import { type GraphModel, predictGraphs } from "./graphModel.js";
import { GraphTraining, type GraphTrainingOptions } from "./graphTraining.js";

/** Options of a whole training. */
export interface GraphPredictorOptions extends GraphTrainingOptions {
  readonly epochs: number;
  readonly learningRate: number;
  readonly batch: number;
}

/** A predictor that goes through the published schedule: a fifth of the epochs, half of them, and the rest at a tenth of the rate. */
export class GraphNetworkPredictor implements Predictor {
  readonly #options: GraphPredictorOptions;
  #model: GraphModel | undefined;

  constructor(options: GraphPredictorOptions) {
    this.#options = options;
  }

  async fit(features: Matrix, labels: Float64Array, generator: Generator, extras?: PredictorExtras): Promise<void> {
    const { epochs, learningRate, batch } = this.#options;
    const training = new GraphTraining(this.#options);
    training.add(features, labels, extras);
    const first = Math.floor(0.2 * epochs);
    const second = Math.floor(0.5 * epochs);
    // The last one has at least an epoch.
    const stages = [
      { epochs: first, learningRate },
      { epochs: second, learningRate },
      { epochs: epochs - first - second, learningRate: learningRate / 10 },
    ];
    for (const [i, stage] of stages.entries()) {
      if (stage.epochs > 0) training.learn({ ...stage, batch }, generator.split(i), { predictions: i === 2 });
    }
    this.#model = training.model;
  }

  async predict(features: Matrix, extras?: PredictorExtras): Promise<Prediction> {
    if (this.#model === undefined) throw notFitted(this.#options.name);
    return predictGraphs(this.#model, features, extras);
  }

  exportModel(): PredictorModel | undefined {
    return this.#model && { ...this.#model };
  }

  importModel(model: PredictorModel): void {
    this.#model = model as unknown as GraphModel;
  }
}
