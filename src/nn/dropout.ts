import type { Generator } from "../random/index.js";
import type { NetworkBuilder } from "./builder.js";
import type { Tensor } from "./tensor.js";

/**
 * Dropout (Srivastava et al. 2014): in training each number becomes zero with probability `share`, the others grow by 1 / (1 -
 * share); in prediction nothing happens.
 *
 * @param share from 0 up to, but not including, 1
 * @param generator gives one seed for each step of training
 */
export function dropout(builder: NetworkBuilder, input: Tensor, share: number, generator: Generator): Tensor {
  if (!(share >= 0 && share < 1)) throw new RangeError(`dropout takes a share from 0 to below 1, not ${share}`);
  if (share === 0 || !builder.gradients) return input;
  const { channels, height, width, storage } = input;
  const { functions } = builder;
  const output = builder.tensor(channels, height, width);
  const mask = builder.memory(4 * storage.length);
  const use = builder.use(input);
  const vectors = storage.length / 4;
  builder.step({
    forward(training) {
      if (!training) {
        functions.copy(storage.value, output.storage.value, vectors, 0);
        return;
      }
      functions.dropoutMask(generator.integer(0x7fffffff), 1 - share, 1 / (1 - share), mask.address, vectors);
      functions.multiplyElements(storage.value, mask.address, output.storage.value, vectors);
    },
    backward() {
      if (use === undefined) return;
      const { gradient } = output.storage;
      if (use.adds === 1) functions.addProduct(gradient, mask.address, storage.gradient, vectors);
      else functions.multiplyElements(gradient, mask.address, storage.gradient, vectors);
    },
  });
  return output;
}
