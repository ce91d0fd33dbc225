import { AssayError } from "../errors.js";
import type { Arena } from "../kernels/arena.js";
import { type Kernels, kernels } from "../kernels/kernels.js";
import type { Matrix } from "../kernels/matrix.js";
import { allocateLists, allocateScratch, chunksOf, paddedLength } from "../kernels/product.js";
import type { Generator } from "../random/index.js";
import { applyLayer, type Network, type PackedLayer, packNetwork, unpackNetwork } from "./mlpNetwork.js";

/** How a network is trained. The loss is half the mean squared error plus l2 / 2 / samples times the squared weights. */
export interface TrainingOptions {
  readonly learningRate: number;
  /** Samples for each update, at most; the last batch of an epoch may be smaller. */
  readonly batch: number;
  /** Passes over the data, at most. */
  readonly epochs: number;
  readonly l2: number;
  /** Training stops when the loss was not better than the best before by `tolerance` in more than `patience` epochs running. */
  readonly tolerance: number;
  readonly patience: number;
  /** Adam's epsilon. Default 1e-8. */
  readonly epsilon?: number;
}

/** What training gives. */
export interface TrainedNetwork {
  readonly network: Network;
  /** The mean loss of each epoch, measured before each update. */
  readonly losses: readonly number[];
}

const KEEP_MEAN = 0.9;
const KEEP_SQUARE = 0.999;

/**
 * Trains a network with Adam, the way scikit-learn's MLPRegressor does: the samples are shuffled before each epoch, an update
 * sees the L2 gradient divided by the size of its batch, biases do not decay, and training stops early when the training loss
 * stands still. Throws AssayError("diverged") where weights become infinite.
 *
 * @param targets one number for each row of the features
 * @param order shuffles the samples; without it they are taken as they come
 * @param used default: the kernels of this thread
 */
export function trainNetwork(
  initial: Network,
  features: Matrix,
  targets: Float64Array,
  options: TrainingOptions,
  order?: Generator,
  used: Kernels = kernels(),
): TrainedNetwork {
  return used.run((arena) => {
    const training = new Training(arena, initial, features, targets, options);
    const losses: number[] = [];
    let best = Number.POSITIVE_INFINITY;
    let epochsWithoutGain = 0;
    while (losses.length < options.epochs && epochsWithoutGain <= options.patience) {
      if (order !== undefined) training.shuffle(order);
      const loss = training.epoch();
      losses.push(loss);
      if (!Number.isFinite(loss)) throw diverged(losses.length);
      epochsWithoutGain = loss > best - options.tolerance ? epochsWithoutGain + 1 : 0;
      best = Math.min(best, loss);
    }
    const network = unpackNetwork(arena, training.layers);
    if (!network.layers.every(areFinite)) throw diverged(losses.length);
    return { network, losses };
  });
}

/** Whether all numbers are finite. A plain sum: a call for each of millions of weights would take longer than an epoch. */
function areFinite(numbers: Float32Array): boolean {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i] - numbers[i];
  return sum === 0;
}

function diverged(epochs: number): AssayError {
  return new AssayError(
    "diverged",
    `Training the multilayer perceptron diverged after ${epochs} epochs.`,
    "Use a smaller learning rate, and check the features for very large values.",
  );
}

/** The state of a training, all of it in the arena. */
class Training {
  readonly layers: readonly PackedLayer[];
  readonly #arena: Arena;
  readonly #options: TrainingOptions;
  readonly #targets: Float64Array;
  readonly #columns: number;
  readonly #batch: number;
  readonly #order: Int32Array;
  /** For each layer the moments of its gradient, in panels like its weights. */
  readonly #moments: readonly { readonly means: number; readonly squares: number }[];
  /** For each layer its inputs as lists, and its outputs. */
  readonly #lists: readonly { readonly starts: number; readonly entries: number }[];
  readonly #outputs: readonly number[];
  // Addresses of what each step writes anew.
  readonly #source: number;
  readonly #orderCopy: number;
  readonly #deltas: readonly [number, number];
  readonly #deltaLists: { readonly starts: number; readonly entries: number };
  readonly #transposed: { readonly starts: number; readonly entries: number };
  readonly #scratch: number;
  readonly #numbers: number;
  #keptMean = 1;
  #keptSquare = 1;

  constructor(arena: Arena, initial: Network, features: Matrix, targets: Float64Array, options: TrainingOptions) {
    const { rows, columns, data } = features;
    const batch = Math.min(options.batch, rows);
    this.#arena = arena;
    this.#options = options;
    this.#targets = targets;
    this.#columns = columns;
    this.#batch = batch;
    this.#order = Int32Array.from({ length: rows }, (_, i) => i);
    this.layers = packNetwork(arena, initial);
    const widest = Math.max(...initial.sizes);
    this.#moments = this.layers.map((layer) => ({
      means: allocateZeros(arena, layer),
      squares: allocateZeros(arena, layer),
    }));
    this.#lists = this.layers.map((layer) => allocateLists(arena, batch, layer.inputs));
    this.#outputs = this.layers.map((layer) => arena.allocate(4 * batch * layer.paddedOutputs));
    this.#deltas = [arena.allocate(4 * batch * paddedLength(widest)), arena.allocate(4 * batch * paddedLength(widest))];
    this.#deltaLists = allocateLists(arena, batch, widest);
    this.#transposed = allocateLists(arena, widest + 1, batch);
    this.#scratch = allocateScratch(arena, Math.max(widest, batch));
    this.#numbers = arena.allocate(4 * 8);
    this.#orderCopy = arena.allocate(4 * rows);
    this.#source = arena.allocate(4 * rows * columns + 12);
    arena.floats(this.#source, rows * columns).set(data.subarray(0, rows * columns));
    arena.integers(this.#orderCopy, rows).set(this.#order);
  }

  shuffle(generator: Generator): void {
    generator.shuffle(this.#order);
    this.#arena.integers(this.#orderCopy, this.#order.length).set(this.#order);
  }

  /** One pass over all samples; gives the mean loss. */
  epoch(): number {
    const rows = this.#order.length;
    let sum = 0;
    for (let first = 0; first < rows; first += this.#batch) {
      const count = Math.min(this.#batch, rows - first);
      sum += this.#step(first, count) * count;
    }
    return sum / rows;
  }

  #step(first: number, count: number): number {
    const squaredError = this.#forward(first, count);
    const squaredWeights = this.#backward(count);
    return (0.5 * squaredError + 0.5 * this.#options.l2 * squaredWeights) / count;
  }

  /** Predicts a batch, writes the errors as the output's delta and gives their squared sum. */
  #forward(first: number, count: number): number {
    const { functions } = this.#arena;
    const order = this.#orderCopy + 4 * first;
    for (const [i, layer] of this.layers.entries()) {
      const lists = this.#lists[i];
      if (i === 0) {
        functions.listRows(
          this.#source,
          4 * this.#columns,
          order,
          count,
          this.#columns,
          chunksOf(this.#columns),
          lists.starts,
          lists.entries,
        );
      } else {
        const stride = 4 * this.layers[i - 1].paddedOutputs;
        functions.listRows(
          this.#outputs[i - 1],
          stride,
          0,
          count,
          layer.inputs,
          chunksOf(layer.inputs),
          lists.starts,
          lists.entries,
        );
      }
      applyLayer(this.#arena, layer, lists, count, this.#outputs[i], this.#scratch);
    }
    const predicted = this.#arena.floats(this.#outputs[this.layers.length - 1], 4 * count);
    const delta = this.#arena.floats(this.#deltas[0], 4 * count).fill(0);
    let squaredError = 0;
    for (let sample = 0; sample < count; sample++) {
      const error = predicted[4 * sample] - this.#targets[this.#order[first + sample]];
      delta[4 * sample] = error;
      squaredError += error * error;
    }
    return squaredError;
  }

  /** Goes back through the layers and updates each; gives the squared sum of all weights before. */
  #backward(count: number): number {
    const { functions } = this.#arena;
    this.#writeNumbers(count);
    let [delta, nextDelta] = this.#deltas;
    let squaredWeights = 0;
    for (let i = this.layers.length - 1; i >= 0; i--) {
      const { inputs, outputs, paddedOutputs, weights } = this.layers[i];
      const deltaStride = 4 * paddedOutputs;
      if (i > 0) {
        const { starts, entries } = this.#deltaLists;
        functions.listRows(delta, deltaStride, 0, count, outputs, chunksOf(outputs), starts, entries);
        functions.multiplyTransposed(
          starts,
          entries,
          count,
          chunksOf(outputs),
          weights,
          inputs + 1,
          inputs,
          outputs,
          this.#outputs[i - 1],
          nextDelta,
          4 * this.layers[i - 1].paddedOutputs,
          this.#scratch,
        );
      }
      const { starts, entries } = this.#transposed;
      functions.transposeLists(
        this.#lists[i].starts,
        this.#lists[i].entries,
        count,
        inputs,
        chunksOf(inputs),
        1,
        starts,
        entries,
      );
      squaredWeights += functions.update(
        starts,
        entries,
        inputs + 1,
        delta,
        deltaStride,
        count,
        outputs,
        weights,
        this.#moments[i].means,
        this.#moments[i].squares,
        this.#numbers,
        this.#scratch,
      );
      [delta, nextDelta] = [nextDelta, delta];
    }
    return squaredWeights;
  }

  /** The numbers of one Adam update, in the order that `assembly/adam.ts` reads. */
  #writeNumbers(count: number): void {
    const { learningRate, epsilon = 1e-8, l2 } = this.#options;
    this.#keptMean *= KEEP_MEAN;
    this.#keptSquare *= KEEP_SQUARE;
    const rate = (learningRate * Math.sqrt(1 - this.#keptSquare)) / (1 - this.#keptMean);
    const numbers = [KEEP_MEAN, 1 - KEEP_MEAN, KEEP_SQUARE, 1 - KEEP_SQUARE, rate, epsilon, 1 / count, l2 / count];
    this.#arena.floats(this.#numbers, numbers.length).set(numbers);
  }
}

function allocateZeros(arena: Arena, { inputs, paddedOutputs }: PackedLayer): number {
  const length = (inputs + 1) * paddedOutputs;
  const address = arena.allocate(4 * length);
  arena.floats(address, length).fill(0);
  return address;
}
