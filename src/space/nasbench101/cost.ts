import { type Cell, CONVOLUTION_1X1, CONVOLUTION_3X3, MAXIMUM_VERTICES } from "./cell.js";

const STEM_CHANNELS = 128;
const STACKS = 3;
const CELLS_PER_STACK = 3;
const IMAGE_SIZE = 32;
const CLASSES = 10;

const channels = new Int32Array(MAXIMUM_VERTICES);

/**
 * FLOPs (multiply-accumulates, one 32x32 image) and trainable parameters of the full network: a 3x3 convolution to 128
 * channels, three stacks of three cells with pooling between, channels doubled with each stack, global pooling and a linear
 * classifier to 10 classes. Convolutions have no bias, batch normalisation adds two parameters for each channel and no
 * FLOPs, pooling and additions count nothing, the bias of the classifier counts as both.
 */
export function writeCost(cell: Cell, values: Float64Array): void {
  let flops = 27 * STEM_CHANNELS * IMAGE_SIZE * IMAGE_SIZE;
  let params = 27 * STEM_CHANNELS + 2 * STEM_CHANNELS;
  let input = STEM_CHANNELS;
  let side = IMAGE_SIZE;
  for (let stack = 0; stack < STACKS; stack++) {
    const output = STEM_CHANNELS << stack;
    shareChannels(cell, output);
    const { weights, normalised } = operationWeights(cell);
    const projected = projectedChannels(cell, output);
    // The first cell of a stack sees the channels of the stack before.
    const stackWeights = CELLS_PER_STACK * weights + (input + (CELLS_PER_STACK - 1) * output) * projected;
    flops += stackWeights * side * side;
    params += stackWeights + 2 * CELLS_PER_STACK * (normalised + projected);
    input = output;
    side >>= 1;
  }
  values[0] = flops + (input + 1) * CLASSES;
  values[1] = params + (input + 1) * CLASSES;
}

/** Channels that leave the cell's input through 1x1 projections, one for each vertex that the input feeds. */
function projectedChannels({ vertices, successors }: Cell, output: number): number {
  let sum = 0;
  for (let v = 1; v < vertices; v++) {
    if (((successors[0] >>> v) & 1) === 1) sum += v === vertices - 1 ? output : channels[v];
  }
  return sum;
}

function operationWeights({ vertices, operations }: Cell): { weights: number; normalised: number } {
  let weights = 0;
  let normalised = 0;
  for (let v = 1; v < vertices - 1; v++) {
    const area = operations[v] === CONVOLUTION_3X3 ? 9 : operations[v] === CONVOLUTION_1X1 ? 1 : 0;
    weights += area * channels[v] * channels[v];
    if (area > 0) normalised += channels[v];
  }
  return { weights, normalised };
}

/**
 * The channels of the interior vertices: those that feed the output are concatenated there and share its channels, the
 * first ones getting one more where they do not divide; every other vertex has as many as the widest vertex it feeds.
 */
function shareChannels({ vertices, successors }: Cell, output: number): void {
  const last = vertices - 1;
  let feeding = 0;
  for (let v = 1; v < last; v++) feeding += (successors[v] >>> last) & 1;
  if (feeding === 0) return;
  const share = Math.floor(output / feeding);
  let left = output % feeding;
  for (let v = 1; v < last; v++) {
    if (((successors[v] >>> last) & 1) === 0) continue;
    channels[v] = share + (left > 0 ? 1 : 0);
    left--;
  }
  for (let v = last - 1; v > 0; v--) {
    if (((successors[v] >>> last) & 1) === 1) continue;
    let widest = 0;
    for (let w = v + 1; w < last; w++) {
      if (((successors[v] >>> w) & 1) === 1 && channels[w] > widest) widest = channels[w];
    }
    channels[v] = widest;
  }
}
