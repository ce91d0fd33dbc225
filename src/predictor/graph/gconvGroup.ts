import type { Memory, NetworkBuilder } from "../../nn/builder.js";
import { glorot, ones, zeros } from "../../nn/initial.js";
import type { Tensor } from "../../nn/tensor.js";

/** Share of the running statistics of batch normalisation that a step keeps, and what is added to a variance, as published. */
export const NORMALISATION = { kept: 0.997, epsilon: 1e-4 };

/**
 * A GConvGroup of Siamese-NAS: the mean of two graph convolutions, one along the edges and one against them (A and A transposed, no
 * degree normalisation), each followed by batch normalisation and mish. Biases would vanish in the normalisation and are left
 * out.
 *
 * @param adjacency 1 x V x V with self-loops; row i holds what vertex i takes from each vertex
 * @param features channels x V x 1, with a multiple of four channels
 * @param width channels of the result, a multiple of four
 */
export function gconvGroup(builder: NetworkBuilder, adjacency: Tensor, features: Tensor, width: number): Tensor {
  const { channels, height: vertices } = features;
  const { functions, run } = builder;
  if (run % 2 !== 0 || channels % 4 !== 0 || width % 4 !== 0) {
    throw new RangeError(`a group takes batches of eights and channels of fours, not ${builder.batch} and ${channels}`);
  }
  const vectors = vertices * run;
  const line = 16 * vectors;
  const both = 2 * width;
  const weights = builder.parameter(channels * both, "weight", glorot(channels, width));
  const scales = builder.parameter(both, "normalisation", ones);
  const shifts = builder.parameter(both, "normalisation", zeros);
  const means = builder.statistic(both, 0);
  const variances = builder.statistic(both, 1);
  const output = builder.tensor(width, vertices);
  const use = builder.use(features);
  const weighed = builder.sharedMemory(`weighed ${both * line}`, both * line);
  const channel = builder.sharedMemory(`channel ${line}`, line);
  const kept = (bytes: number): Memory | undefined => (builder.gradients ? builder.memory(bytes) : undefined);
  const normals = kept(both * line);
  const slopes = kept(both * line);
  const inverses = kept(4 * both);
  const across = builder.gradients ? transposedMemory(builder, { channels, both, line }) : undefined;
  const lists = neighbourLists(builder, adjacency);
  const matrix = adjacency.storage;
  const { kept: share, epsilon } = NORMALISATION;

  builder.step({
    forward(training) {
      functions.weigh(weights.value, channels, both, features.storage.value, vectors, weighed.address, 0);
      for (const direction of [0, 1] as const) {
        const first = direction * width;
        functions.activateGraph(
          matrix.value,
          direction,
          lists[direction].address,
          weighed.address + first * line,
          output.storage.value,
          width,
          vertices,
          run,
          scales.value + 4 * first,
          shifts.value + 4 * first,
          means.value + 4 * first,
          variances.value + 4 * first,
          share,
          epsilon,
          0.5,
          direction,
          training ? 1 : 0,
          training ? normals!.address + first * line : channel.address,
          training ? slopes!.address + first * line : 0,
          training ? inverses!.address + 4 * first : 0,
        );
      }
    },
    backward() {
      for (const direction of [0, 1] as const) {
        const first = direction * width;
        const back = (1 - direction) as 0 | 1;
        functions.activateGraphBackward(
          matrix.value,
          back,
          lists[back].address,
          output.storage.gradient,
          weighed.address + first * line,
          width,
          vertices,
          run,
          scales.value + 4 * first,
          scales.gradient + 4 * first,
          shifts.gradient + 4 * first,
          normals!.address + first * line,
          slopes!.address + first * line,
          inverses!.address + 4 * first,
          channel.address,
        );
      }
      const { value, gradient } = features.storage;
      functions.transposeChannels(value, channels, vectors, across!.features.address);
      functions.transposeChannels(weighed.address, both, vectors, across!.gradients.address);
      functions.weigh(
        across!.features.address,
        4 * vectors,
        channels,
        across!.gradients.address,
        both / 4,
        weights.gradient,
        1,
      );
      if (use === undefined) return;
      functions.transposeChannels(weights.value, channels, both / 4, across!.weights.address);
      functions.weigh(across!.weights.address, both, channels, weighed.address, vectors, gradient, use.adds);
    },
  });
  return output;
}

/** The neighbours of each vertex along the edges, and against them; found once in a step. */
function neighbourLists(builder: NetworkBuilder, adjacency: Tensor): readonly [Memory, Memory] {
  return builder.derive(adjacency, "neighbours", () => {
    const { height: vertices, storage } = adjacency;
    const bytes = 4 * vertices * (vertices + 1);
    const lists = [builder.memory(bytes), builder.memory(bytes)] as const;
    builder.step({
      forward() {
        for (const direction of [0, 1] as const) {
          builder.functions.listNeighbours(storage.value, direction, vertices, builder.run, lists[direction].address);
        }
      },
    });
    return lists;
  });
}

/** Memory for the transposed features, gradients and weights of a group. */
function transposedMemory(builder: NetworkBuilder, sizes: { channels: number; both: number; line: number }) {
  const { channels, both, line } = sizes;
  const memory = (name: string, bytes: number): Memory => builder.sharedMemory(`${name} across ${bytes}`, bytes);
  return {
    features: memory("features", channels * line),
    gradients: memory("gradients", both * line),
    weights: memory("weights", 4 * channels * both),
  };
}
