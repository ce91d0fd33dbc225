import type { Arena } from "../kernels/arena.js";
import { type Kernels, kernels } from "../kernels/kernels.js";
import { createMatrix, type Matrix } from "../kernels/matrix.js";
import { allocateLists, allocateScratch, chunksOf, paddedLength } from "../kernels/product.js";
import type { Generator } from "../random/index.js";

/** A multilayer perceptron with rectified hidden layers and one linear output, as plain data. */
export interface Network {
  /** Width of the input, of each hidden layer and of the output. */
  readonly sizes: readonly number[];
  /** For each layer a row-major matrix of (inputs + 1) x outputs; the last row holds the biases. */
  readonly layers: readonly Float32Array[];
}

/** A layer inside the arena, its matrix in panels (see `kernels/assembly/panels.ts`). */
export interface PackedLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** Outputs up to a whole vector; what is beyond `outputs` is always zero. */
  readonly paddedOutputs: number;
  /** Address of (inputs + 1) x paddedOutputs floats. */
  readonly weights: number;
  /** 1 for hidden layers, 0 for the output. */
  readonly rectify: number;
}

/** Rows that are predicted at a time: enough that each panel of the weights, once in the second cache, serves many. */
const BLOCK = 256;

/** Weights and biases drawn uniformly within sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010). */
export function initialNetwork(sizes: readonly number[], generator: Generator): Network {
  const layers = sizes.slice(1).map((outputs, i) => {
    const data = new Float32Array((sizes[i] + 1) * outputs);
    const bound = Math.sqrt(6 / (sizes[i] + outputs));
    for (let j = 0; j < data.length; j++) data[j] = (2 * generator.uniform() - 1) * bound;
    return data;
  });
  return { sizes, layers };
}

/** Copies a network into the arena. */
export function packNetwork(arena: Arena, { sizes, layers }: Network): PackedLayer[] {
  return layers.map((matrix, i) => {
    const layer = allocateLayer(arena, sizes, i);
    const { outputs, paddedOutputs } = layer;
    const rows = layer.inputs + 1;
    const top = arena.top;
    const copy = arena.allocate(4 * rows * paddedOutputs);
    const target = arena.floats(copy, rows * paddedOutputs);
    if (paddedOutputs === outputs) {
      target.set(matrix);
    } else {
      target.fill(0);
      for (let row = 0; row < rows; row++) {
        target.set(matrix.subarray(row * outputs, (row + 1) * outputs), row * paddedOutputs);
      }
    }
    arena.functions.packPanels(copy, 4 * paddedOutputs, rows, outputs, layer.weights);
    arena.release(top);
    return layer;
  });
}

/** Copies the layers out of the arena, into shared memory where there is any. */
export function unpackNetwork(arena: Arena, packed: readonly PackedLayer[]): Network {
  const layers = packed.map((layer) => {
    const { outputs, paddedOutputs } = layer;
    const rows = layer.inputs + 1;
    const top = arena.top;
    const copy = arena.allocate(4 * rows * paddedOutputs);
    arena.functions.unpackPanels(layer.weights, rows, outputs, copy, 4 * paddedOutputs);
    const source = arena.floats(copy, rows * paddedOutputs);
    const { data } = createMatrix(rows, outputs);
    for (let row = 0; row < rows; row++) {
      data.set(source.subarray(row * paddedOutputs, row * paddedOutputs + outputs), row * outputs);
    }
    arena.release(top);
    return data;
  });
  return { sizes: [packed[0].inputs, ...packed.map((layer) => layer.outputs)], layers };
}

function allocateLayer(arena: Arena, sizes: readonly number[], i: number): PackedLayer {
  const [inputs, outputs] = [sizes[i], sizes[i + 1]];
  const paddedOutputs = paddedLength(outputs);
  const weights = arena.allocate(4 * (inputs + 1) * paddedOutputs);
  return { inputs, outputs, paddedOutputs, weights, rectify: i === sizes.length - 2 ? 0 : 1 };
}

/**
 * The output for each row. A row's output depends on that row only, to the last bit.
 *
 * @param used default: the kernels of this thread
 */
export function evaluateNetwork(network: Network, features: Matrix, used: Kernels = kernels()): Float64Array {
  const { rows, columns, data } = features;
  const outputs = new Float64Array(rows);
  if (rows === 0) return outputs;
  used.run((arena) => {
    const layers = packNetwork(arena, network);
    const block = Math.min(BLOCK, rows);
    const widest = Math.max(...network.sizes);
    const lists = allocateLists(arena, block, widest);
    const source = arena.allocate(4 * block * columns + 12);
    const scratch = allocateScratch(arena, 0);
    const values = arena.allocate(4 * block * paddedLength(widest));
    for (let first = 0; first < rows; first += block) {
      const count = Math.min(block, rows - first);
      arena.floats(source, count * columns).set(data.subarray(first * columns, (first + count) * columns));
      arena.functions.listRows(source, 4 * columns, 0, count, columns, chunksOf(columns), lists.starts, lists.entries);
      for (const layer of layers) {
        if (layer !== layers[0]) {
          const stride = 4 * paddedLength(layer.inputs);
          const chunks = chunksOf(layer.inputs);
          arena.functions.listRows(values, stride, 0, count, layer.inputs, chunks, lists.starts, lists.entries);
        }
        applyLayer(arena, layer, lists, count, values, scratch);
      }
      const results = arena.floats(values, 4 * count);
      for (let row = 0; row < count; row++) outputs[first + row] = results[4 * row];
    }
  });
  return outputs;
}

/**
 * target = listed inputs * weights + biases, rectified in hidden layers; row-major with padded rows.
 *
 * @param scratch see `allocateScratch`
 */
export function applyLayer(
  arena: Arena,
  layer: PackedLayer,
  lists: { readonly starts: number; readonly entries: number },
  rows: number,
  target: number,
  scratch: number,
): void {
  const { inputs, outputs, paddedOutputs, weights, rectify } = layer;
  arena.functions.multiply(
    lists.starts,
    lists.entries,
    rows,
    chunksOf(inputs),
    weights,
    inputs + 1,
    outputs,
    1,
    rectify,
    target,
    4 * paddedOutputs,
    scratch,
  );
}
