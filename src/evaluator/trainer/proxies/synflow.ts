import { NetworkBuilder } from "../../../nn/builder.js";
import { sum } from "../../../nn/loss.js";
import type { Tensor } from "../../../nn/tensor.js";
import type { Generator } from "../../../random/index.js";
import { cellNetworkOf } from "../buildable.js";
import type { ProxyInput } from "./index.js";

/** The kernels work on four samples at least; all four are alike. */
const SAMPLES = 4;

/**
 * log(1 + SynFlow) (Tanaka et al. 2020): the sum over all weights of |weight x gradient|, for a network of absolute weights
 * without normalisation that sees an image of ones. Every number of the deep network is rescaled behind each cell, and the score
 * back again, so that it fits into 32 bits. A network without a path from the image to the classes scores 0; any other scores
 * far above 1 before the logarithm.
 */
export function synflow({ space, architecture, dataset, settings }: ProxyInput, generator: Generator): number {
  const { channels, cells, stages } = settings;
  const builder = new NetworkBuilder({ batch: SAMPLES });
  const image = builder.input(dataset.channels, dataset.height, dataset.width);
  let logarithm = 0;
  const logits = cellNetworkOf(space)(
    {
      builder,
      normalise: (input) => input,
      afterCell: (output) =>
        rescale(builder, output, (factor) => {
          logarithm -= Math.log(factor);
        }),
    },
    image,
    architecture,
    { channels, cells, stages, classes: dataset.classes.length },
    space,
  );
  sum(builder, logits);
  const network = builder.finish(generator);
  for (let i = 0; i < network.weights.length; i++) network.weights[i] = Math.abs(network.weights[i]);
  network.values(image).fill(1);
  network.forward(false);
  network.backward();
  let score = 0;
  for (const { role, values, gradients } of network.parameterViews()) {
    if (role !== "weight") continue;
    for (let i = 0; i < values.length; i++) score += Math.abs(values[i] * gradients[i]);
  }
  network.close();
  // log(1 + e^logarithm * score / samples), without raising e to a power beyond 64 bits.
  return logarithm + Math.log(Math.exp(-logarithm) + score / SAMPLES);
}

/** Divides a tensor by its largest number, which counts as a constant on the way back. */
function rescale(builder: NetworkBuilder, input: Tensor, onFactor: (factor: number) => void): Tensor {
  const { channels, height, width, storage } = input;
  const { functions, arena } = builder;
  const output = builder.tensor(channels, height, width);
  const use = builder.use(input);
  const vectors = storage.length / 4;
  let factor = 1;
  builder.step({
    forward() {
      const largest = arena.floats(storage.value, storage.length).reduce((most, value) => Math.max(most, value), 0);
      factor = largest > 0 ? 1 / largest : 1;
      onFactor(factor);
      functions.scale(storage.value, factor, output.storage.value, vectors, 0);
    },
    backward() {
      if (use !== undefined) functions.scale(output.storage.gradient, factor, storage.gradient, vectors, use.adds);
    },
  });
  return output;
}
