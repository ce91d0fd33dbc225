import type { Matrix } from "../../kernels/matrix.js";
import type { AdamState } from "../../nn/optimiser.js";
import type { Generator } from "../../random/index.js";
import type { Prediction } from "../contract.js";
import { appendRows } from "../graph/graphModel.js";
import { type GraphShape, graphShapeOf } from "../graph/graphRows.js";
import { readGraphs } from "../graph/readGraphs.js";
import { notFitted } from "../notFitted.js";
import type { TrainingSession, TrainingStage } from "../trainingSession.js";
import { labelLine, predictRelation, type RelationModel } from "./relationModel.js";
import type { RelationShape } from "./relationNetwork.js";
import { trainRelation } from "./relationTraining.js";
import { scoreGraphs } from "./scoreGraphs.js";

/** What is fixed for a training. */
export interface RelationOptions extends Omit<RelationShape, "words"> {
  readonly architectures: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Passes over the architectures for each epoch. */
  readonly passes: number;
  readonly temperature: number;
}

/** A comparator in training. */
export class RelationSession implements TrainingSession {
  readonly #options: RelationOptions;
  #graphs: GraphShape | undefined;
  #features: Matrix | undefined;
  #labels = new Float64Array(0);
  #optimiser: AdamState | undefined;
  #model: RelationModel | undefined;

  constructor(options: RelationOptions) {
    this.#options = options;
  }

  /** What was learnt so far. */
  get model(): RelationModel | undefined {
    return this.#model;
  }

  add(features: Matrix, labels: Float64Array): void {
    this.#graphs = graphShapeOf(features, this.#graphs);
    this.#features = appendRows(this.#features, features);
    this.#labels = Float64Array.of(...this.#labels, ...labels);
  }

  async train(stage: TrainingStage, generator: Generator): Promise<void> {
    if (this.#features === undefined || this.#graphs === undefined) {
      throw new Error("The predictor brp was trained before rows were added.");
    }
    const { temperature, architectures, passes, learningRate, weightDecay, ...network } = this.#options;
    const graphs = readGraphs(this.#features, this.#graphs);
    const shape = { words: this.#graphs.words, ...network };
    const training = {
      weightDecay,
      epochs: Math.max(1, Math.round(passes * stage.epochs)),
      steps: stage.stepsPerEpoch,
      // As few as have so many pairs, but never less than pay off.
      architectures: Math.max(architectures, Math.ceil((1 + Math.sqrt(1 + 4 * (stage.batch ?? 0))) / 2)),
      learningRate: stage.learningRate ?? learningRate,
    };
    const before = {
      state: this.#model?.state,
      optimiser: stage.continued === true ? this.#optimiser : undefined,
    };
    const targets = this.#labels.map((label) => label / temperature);
    const learnt = trainRelation({ shape, graphs, labels: targets, training, generator, before });
    this.#optimiser = learnt.optimiser;
    const line = labelLine(scoreGraphs(shape, learnt.state, graphs), this.#labels);
    this.#model = { graphs: this.#graphs, shape, state: learnt.state, ...line };
  }

  async predict(features: Matrix): Promise<Prediction> {
    if (this.#model === undefined) throw notFitted("brp");
    return predictRelation(this.#model, features);
  }
}
