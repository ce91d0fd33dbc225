import type { NetworkBuilder } from "./builder.js";
import { ones, zeros } from "./initial.js";
import type { Tensor } from "./tensor.js";

/** Options of `batchNormalisation`. */
export interface BatchNormalisationOptions {
  /** Share of the running mean and variance that a step keeps. Default 0.9. */
  readonly kept?: number;
  /** Added to the variance. Default 1e-5. */
  readonly epsilon?: number;
}

/**
 * Batch normalisation (Ioffe and Szegedy 2015): every channel gets mean 0 and variance 1 over places and samples, then a learnt
 * scale and shift. In prediction the running mean and variance stand in.
 */
export function batchNormalisation(
  builder: NetworkBuilder,
  input: Tensor,
  { kept = 0.9, epsilon = 1e-5 }: BatchNormalisationOptions = {},
): Tensor {
  const { channels, height, width } = input;
  const { functions } = builder;
  const vectors = height * width * builder.run;
  const scales = builder.parameter(channels, "normalisation", ones);
  const shifts = builder.parameter(channels, "normalisation", zeros);
  const runningMeans = builder.statistic(channels, 0);
  const runningVariances = builder.statistic(channels, 1);
  const output = builder.tensor(channels, height, width);
  const means = builder.memory(4 * channels);
  const inverses = builder.memory(4 * channels);
  const use = builder.use(input);
  const unwanted =
    builder.gradients && use === undefined
      ? builder.sharedMemory(`unwanted ${input.storage.length}`, 4 * input.storage.length)
      : undefined;

  builder.step({
    forward(training) {
      const [source, target] = [input.storage.value, output.storage.value];
      if (training) {
        functions.normaliseBatch(
          source,
          target,
          channels,
          vectors,
          scales.value,
          shifts.value,
          means.address,
          inverses.address,
          runningMeans.value,
          runningVariances.value,
          kept,
          epsilon,
        );
      } else {
        functions.normaliseFixed(
          source,
          target,
          channels,
          vectors,
          scales.value,
          shifts.value,
          runningMeans.value,
          runningVariances.value,
          epsilon,
        );
      }
    },
    backward() {
      functions.normaliseBatchBackward(
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
