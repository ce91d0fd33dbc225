import type { NetworkBuilder } from "./builder.js";
import { ones, zeros } from "./initial.js";
import type { Tensor } from "./tensor.js";

/** Layer normalisation (Ba et al. 2016): the channels of each place and sample get mean 0 and variance 1, then a learnt scale and shift. */
export function layerNormalisation(builder: NetworkBuilder, input: Tensor, { epsilon = 1e-5 } = {}): Tensor {
  const { channels, height, width } = input;
  const { functions } = builder;
  const vectors = height * width * builder.run;
  const scales = builder.parameter(channels, "normalisation", ones);
  const shifts = builder.parameter(channels, "normalisation", zeros);
  const output = builder.tensor(channels, height, width);
  const means = builder.memory(16 * vectors);
  const inverses = builder.memory(16 * vectors);
  const use = builder.use(input);
  const unwanted =
    builder.gradients && use === undefined
      ? builder.sharedMemory(`unwanted ${input.storage.length}`, 4 * input.storage.length)
      : undefined;

  builder.step({
    forward() {
      functions.normaliseLayer(
        input.storage.value,
        output.storage.value,
        channels,
        vectors,
        scales.value,
        shifts.value,
        means.address,
        inverses.address,
        epsilon,
      );
    },
    backward() {
      functions.normaliseLayerBackward(
        input.storage.value,
        output.storage.gradient,
        unwanted?.address ?? input.storage.gradient,
        channels,
        vectors,
        scales.value,
        means.address,
        inverses.address,
        scales.gradient,
        shifts.gradient,
        use?.adds ?? 0,
      );
    },
  });
  return output;
}
