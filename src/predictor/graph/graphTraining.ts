import { AssayError } from "../../errors.js";
import type { Matrix } from "../../kernels/matrix.js";
import type { Network } from "../../nn/network.js";
import { type AdamState, adam } from "../../nn/optimiser.js";
import type { Generator } from "../../random/index.js";
import type { Prediction, PredictorExtras } from "../contract.js";
import { notFitted } from "../notFitted.js";
import type { TrainingSession, TrainingStage } from "../trainingSession.js";
import { codeNumbers } from "./codeKeys.js";
import { type CodeScale, codeScaleOf, rowsWithCode, writeCodes } from "./codes.js";
import { appendRows, type GraphModel, predictGraphs } from "./graphModel.js";
import { createGraphNetwork, type GraphNetwork } from "./graphNetwork.js";
import { type GraphShape, graphShapeOf } from "./graphRows.js";
import { createLabelScale, type LABEL_SCALES, type LabelScale, targetOf } from "./labelScale.js";
import { readGraphs } from "./readGraphs.js";
import { NORMALISATION } from "./rowLayers.js";

/** What is fixed for a training. */
export interface GraphTrainingOptions {
  /** The name that messages give. */
  readonly name: string;
  readonly nsam: boolean;
  /** Whether codes are read. */
  readonly fusion: boolean;
  readonly released: boolean;
  readonly labels: (typeof LABEL_SCALES)[number];
  /** How much more the best label counts than the worst. */
  readonly emphasis: number;
  /** The share of the epochs of a stage, from its end, whose weights are averaged for predictions. */
  readonly averaged: number;
  /** Whether the statistics of batch normalisation are taken anew for predictions. */
  readonly recount: boolean;
}

/** Batches over which they are taken, at least. */
const RECOUNTED = 32;

/** Keras's default. */
const EPSILON = 1e-7;

/** Rows in a batch where a stage does not say. */
export const BATCH = 8;

/** A graph network in training. */
export class GraphTraining implements TrainingSession {
  readonly #options: GraphTrainingOptions;
  #features: Matrix | undefined;
  #codes: Matrix | undefined;
  #labels = new Float64Array(0);
  #shape: GraphShape | undefined;
  #state: Float32Array | undefined;
  #optimiser: AdamState | undefined;
  #codeLength: number | undefined;
  #model: GraphModel | undefined;

  constructor(options: GraphTrainingOptions) {
    this.#options = options;
  }

  /** What was learnt so far. */
  get model(): GraphModel | undefined {
    return this.#model;
  }

  add(features: Matrix, labels: Float64Array, extras?: PredictorExtras): void {
    this.#shape = graphShapeOf(features, this.#shape);
    const before = this.#features?.rows ?? 0;
    this.#features = appendRows(this.#features, features);
    const known = this.#labels;
    this.#labels = new Float64Array(known.length + labels.length);
    this.#labels.set(known);
    this.#labels.set(labels, known.length);
    const given = this.#options.fusion ? extras?.codes : undefined;
    const columns = given?.columns ?? this.#codes?.columns;
    if (columns === undefined) return;
    const none = (rows: number): Matrix => ({
      rows,
      columns,
      data: new Float32Array(rows * columns).fill(Number.NaN),
    });
    this.#codes = appendRows(this.#codes ?? none(before), given ?? none(features.rows));
  }

  async train(stage: TrainingStage, generator: Generator): Promise<void> {
    this.learn(stage, generator);
  }

  /**
   * Trains, and prepares predictions unless other stages follow before any: they are made with weights of their own, which
   * nothing that is learnt later depends on.
   */
  learn(stage: TrainingStage, generator: Generator, { predictions = true } = {}): void {
    if (this.#features === undefined || this.#shape === undefined) {
      throw new Error(`The predictor ${this.#options.name} was trained before rows were added.`);
    }
    const { batch = BATCH } = stage;
    if (!(batch >= 8 && batch % 8 === 0)) {
      throw new AssayError(
        "bad-option",
        `Predictor ${this.#options.name} trains with batches of a multiple of 8 rows, not of ${batch}.`,
        "Give a batch of 8, 16, 24, …",
      );
    }
    const { nsam, released, labels: kind } = this.#options;
    const withCode = rowsWithCode(this.#codes);
    // A training that begins without codes stays without.
    this.#codeLength ??= withCode.length > 0 ? this.#codes!.columns : 0;
    const codeLength = this.#codeLength;
    const codes = codeLength > 0 ? codeScaleOf(this.#codes!, withCode) : undefined;
    const labels = createLabelScale(kind, this.#labels);
    const design = { nsam, released, codeLength };
    const graph = createGraphNetwork({
      ...{ ...design, shape: this.#shape, graphs: readGraphs(this.#features, this.#shape), batch },
      generator: this.#state === undefined ? generator.split("weights") : undefined,
    });
    const { network } = graph;
    const state = this.#run(graph, { ...stage, predictions }, { labels, codes }, generator.split("order"));
    this.#model = state && { ...design, shape: this.#shape, labels, codes, state, parameters: network.weights.length };
    network.close();
  }

  /** Trains and gives the averaged state, where there will be predictions. */
  #run(
    graph: GraphNetwork,
    {
      epochs,
      stepsPerEpoch,
      learningRate = 0.001,
      continued = false,
      predictions,
    }: TrainingStage & { readonly predictions: boolean },
    scales: { readonly labels: LabelScale; readonly codes: CodeScale | undefined },
    generator: Generator,
  ): Float32Array | undefined {
    const { network } = graph;
    const { batch } = network;
    const optimiser = adam(network, { epsilon: EPSILON });
    if (this.#state !== undefined) network.load(this.#state);
    if (this.#optimiser !== undefined && continued) optimiser.load(this.#optimiser);
    const write = this.#writer(graph, scales);
    const rows = this.#labels.length;
    const steps = stepsPerEpoch ?? Math.max(1, Math.floor(rows / batch));
    const samples = createOrder(rows, generator);
    const firstAveraged = epochs - Math.max(1, Math.round(epochs * this.#options.averaged));
    let sum: Float64Array | undefined;
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (let step = 0; step < steps; step++) {
        write(samples(batch));
        network.forward(true);
        network.clearGradients();
        network.backward();
        optimiser.step(learningRate, 1 / batch);
      }
      if (!predictions || epoch < firstAveraged) continue;
      const state = network.state();
      sum ??= new Float64Array(state.length);
      for (let i = 0; i < state.length; i++) sum[i] += state[i];
    }
    this.#state = network.state();
    this.#optimiser = optimiser.state();
    if (!predictions) return undefined;
    const count = epochs - firstAveraged;
    const averaged = Float32Array.from(sum ?? this.#state, (value) => value / (sum === undefined ? 1 : count));
    if (!this.#options.recount) return averaged;
    // Averaged weights give other features than the running statistics are of.
    return recountStatistics(network, averaged, Math.max(RECOUNTED, Math.ceil(rows / batch)), () =>
      write(samples(batch)),
    );
  }

  /** Writes the rows of a batch into the network. */
  #writer(
    { network, write, codes, targets, weights, fineWeights }: GraphNetwork,
    scales: { readonly labels: LabelScale; readonly codes: CodeScale | undefined },
  ): (samples: Int32Array) => void {
    const [target, weight, fineWeight] = [targets, weights, fineWeights].map((tensor) => network.values(tensor));
    const withCode = new Set(rowsWithCode(this.#codes));
    const rowTargets = Array.from(this.#labels, (label) => targetOf(scales.labels, label));
    const rowWeights = weightsOf(this.#labels, this.#options.emphasis);
    return (samples) => {
      write(samples);
      for (const [sample, row] of samples.entries()) {
        target[sample] = rowTargets[row];
        weight[sample] = rowWeights[row];
        fineWeight[sample] = withCode.has(row) ? rowWeights[row] : 0;
      }
      if (codes === undefined || scales.codes === undefined) return;
      const values = network.values(codes);
      writeCodes(
        this.#codes!,
        scales.codes,
        samples,
        (row) => withCode.has(row),
        values,
        codeNumbers(this.#codes!.columns),
      );
    };
  }

  async predict(features: Matrix, extras?: PredictorExtras): Promise<Prediction> {
    if (this.#model === undefined) throw notFitted(this.#options.name);
    return predictGraphs(this.#model, features, extras);
  }
}

/**
 * Takes the statistics of batch normalisation anew, over batches of the training rows.
 *
 * @returns the state with these statistics
 */
function recountStatistics(network: Network, state: Float32Array, batches: number, write: () => void): Float32Array {
  const first = network.weights.length;
  network.load(state.fill(0, first));
  let left = 1;
  for (let i = 0; i < batches; i++) {
    write();
    network.forward(true);
    left *= NORMALISATION.kept;
  }
  // They started at zero, of which so much is left.
  return network.state().map((value, i) => (i < first ? value : value / (1 - left)));
}

/** Rows in random order, each once before any comes again. */
function createOrder(rows: number, generator: Generator): (count: number) => Int32Array {
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  let next = rows;
  return (count) =>
    Int32Array.from({ length: count }, () => {
      if (next === rows) {
        generator.shuffle(order);
        next = 0;
      }
      return order[next++];
    });
}

/** What rows count: 1 + emphasis * (share of rows with a lower label), with a mean of 1. */
function weightsOf(labels: Float64Array, emphasis: number): Float64Array {
  if (emphasis === 0) return new Float64Array(labels.length).fill(1);
  const sorted = labels.slice().sort();
  const weights = labels.map((label) => 1 + (emphasis * sorted.indexOf(label)) / labels.length);
  const mean = weights.reduce((sum, weight) => sum + weight / labels.length, 0);
  return weights.map((weight) => weight / mean);
}
