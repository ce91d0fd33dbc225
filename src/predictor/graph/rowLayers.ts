import type { Memory, NetworkBuilder } from "../../nn/builder.js";
import { ones, zeros } from "../../nn/initial.js";
import type { Tensor } from "../../nn/tensor.js";
import type { Links } from "./links.js";

/*
 * Layers on graphs whose channels stand side by side: the tensors of a graph network are `channels` x V as others are, but lie in
 * memory as one row of channels for each vertex, the vertices of a graph one after the other: element (channel, vertex, sample) is
 * number (sample * V + vertex) * channels + channel. So a vertex adds up its neighbours in long stretches, and equal rows can
 * be computed once. These layers are for training: normalisation is by the statistics of the batch.
 */

/** Share of the running statistics of batch normalisation that a step keeps, and what is added to a variance, as published. */
export const NORMALISATION = { kept: 0.997, epsilon: 1e-4 };

/** Channels are a multiple of this. */
const CHANNELS = 16;

/** Throws RangeError unless the kernels can work on rows of so many channels. */
export function checkChannels(channels: number): void {
  if (channels % CHANNELS !== 0) throw new RangeError(`rows have a multiple of ${CHANNELS} channels, not ${channels}`);
}

/** Links in the memory of a network. */
export interface LinkMemory {
  readonly starts: Memory;
  readonly entries: Memory;
}

/** Links that are written anew for each batch. */
export interface WrittenLinks extends LinkMemory {
  /** The links themselves, views to write into; when the network is planned. */
  view(): Links;
}

/** Room for links of so many rows. */
export function linkMemory(builder: NetworkBuilder, rows: number, entries: number): WrittenLinks {
  const { arena } = builder;
  const lengths = [2 * rows + 1, entries];
  const memories = lengths.map((length) => builder.memory(4 * length));
  return {
    starts: memories[0],
    entries: memories[1],
    view() {
      const [starts, entries] = memories.map(({ address }, i) => arena.integers(address, lengths[i]));
      return { starts, entries };
    },
  };
}

/** Where normalised rows come from: what the rows of the source are is said when it is known. */
export interface ActivationOptions {
  readonly links: LinkMemory;
  /** The links turned round. */
  readonly back: LinkMemory;
  readonly width: number;
  readonly vertices: number;
  readonly directions: 1 | 2;
}

/** The sum over links, batch normalisation, mish, and the mean of the directions. */
export interface Activation {
  readonly output: Tensor;
  /** @param source rows of `directions` * `width` channels */
  forward(source: number): void;
  /** Writes the gradient of the source. */
  backward(target: number, sourceRows: number, accumulate: 0 | 1): void;
}

/** Plans the parameters and the memory of an activation; the layer that has it says when it runs. */
export function activation(
  builder: NetworkBuilder,
  { links, back, width, vertices, directions }: ActivationOptions,
): Activation {
  checkChannels(width);
  const { functions, batch } = builder;
  const rows = vertices * batch;
  const both = directions * width;
  const scales = builder.parameter(both, "normalisation", ones);
  const shifts = builder.parameter(both, "normalisation", zeros);
  const means = builder.statistic(both, 0);
  const variances = builder.statistic(both, 1);
  const output = builder.tensor(width, vertices);
  const normals = builder.memory(4 * both * rows);
  const slopes = builder.memory(4 * both * rows);
  const inverses = builder.memory(4 * both);
  const scratch = builder.scratch(4 * CHANNELS * rows);
  const { kept, epsilon } = NORMALISATION;
  return {
    output,
    forward(source) {
      functions.normaliseRows(
        source,
        links.starts.address,
        links.entries.address,
        rows,
        width,
        directions,
        output.storage.value,
        1 / directions,
        scales.value,
        shifts.value,
        means.value,
        variances.value,
        kept,
        epsilon,
        normals.address,
        slopes.address,
        inverses.address,
      );
    },
    backward(target, sourceRows, accumulate) {
      functions.normaliseRowsBackward(
        output.storage.gradient,
        back.starts.address,
        back.entries.address,
        rows,
        width,
        directions,
        target,
        sourceRows,
        accumulate,
        scales.value,
        scales.gradient,
        shifts.gradient,
        normals.address,
        slopes.address,
        inverses.address,
        scratch.address,
      );
    },
  };
}

/** The mean over the channels of each vertex: V channels, laid out as the tensors of other layers are. */
export function averageRows(builder: NetworkBuilder, features: Tensor): Tensor {
  const { channels, height: vertices, storage } = features;
  const { functions, batch } = builder;
  const output = builder.tensor(vertices);
  const use = builder.use(features);
  builder.step({
    forward: () => functions.averageRows(storage.value, batch, vertices, channels, output.storage.value),
    backward() {
      if (use === undefined) return;
      functions.spreadRows(output.storage.gradient, batch, vertices, channels, storage.gradient, use.adds);
    },
  });
  return output;
}
