import type { NetworkBuilder } from "../../nn/builder.js";
import { glorot } from "../../nn/initial.js";
import type { Tensor } from "../../nn/tensor.js";
import { activation, checkChannels, type LinkMemory } from "./rowLayers.js";

/**
 * A GConvGroup of Siamese-NAS: the mean of two graph convolutions, one along the edges and one against them (A and A transposed, no
 * degree normalisation), each followed by batch normalisation and mish. Biases would vanish in the normalisation and are left
 * out.
 *
 * @param links of the vertices of a batch, to themselves too
 * @param features rows of a multiple of 16 channels, see rowLayers.ts
 * @param width channels of the result, a multiple of 16
 */
export function gconvGroup(builder: NetworkBuilder, links: LinkMemory, features: Tensor, width: number): Tensor {
  const { channels, height: vertices, storage } = features;
  const { functions, batch } = builder;
  const { multiplyRows } = functions;
  checkChannels(channels);
  const rows = vertices * batch;
  const both = 2 * width;
  const weights = builder.parameter(channels * both, "weight", glorot(channels, width));
  // Who is linked along the edges is linked back against them.
  const activated = activation(builder, { links, back: links, width, vertices, directions: 2 });
  const use = builder.use(features);
  const product = builder.sharedMemory(`product ${both}`, 4 * both * rows);
  const across = builder.sharedMemory(`weights ${channels} ${both}`, 4 * channels * both);
  builder.step({
    forward() {
      multiplyRows(storage.value, 4 * channels, 4, rows, channels, weights.value, both, product.address, 0);
      activated.forward(product.address);
    },
    backward() {
      activated.backward(product.address, rows, 0);
      multiplyRows(storage.value, 4, 4 * channels, channels, rows, product.address, both, weights.gradient, 1);
      if (use === undefined) return;
      functions.transposeChannels(weights.value, channels, both / 4, across.address);
      const { gradient } = storage;
      multiplyRows(product.address, 4 * both, 4, rows, both, across.address, channels, gradient, use.adds);
    },
  });
  return activated.output;
}

/** What the first group of a network reads. */
export interface WordLinks {
  /** The words of the vertices that each vertex is linked to. */
  readonly links: LinkMemory;
  readonly back: LinkMemory;
  /** Different words. */
  readonly words: number;
  readonly vertices: number;
}

/** A GConvGroup of words: their product with the weights are the weights. */
export function wordGroup(builder: NetworkBuilder, { links, back, words, vertices }: WordLinks, width: number): Tensor {
  const weights = builder.parameter(2 * words * width, "weight", glorot(words, width));
  const activated = activation(builder, { links, back, width, vertices, directions: 2 });
  builder.step({
    forward: () => activated.forward(weights.value),
    backward: () => activated.backward(weights.gradient, words, 1),
  });
  return activated.output;
}
