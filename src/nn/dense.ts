import type { Initialiser, NetworkBuilder } from "./builder.js";
import { convolution } from "./convolution.js";
import { glorot } from "./initial.js";
import type { Tensor } from "./tensor.js";

/** Options of `dense`. */
export interface DenseOptions {
  readonly outputs: number;
  /** Default true. */
  readonly bias?: boolean;
  /** Default: Glorot and Bengio 2010. */
  readonly initial?: Initialiser;
}

/**
 * A fully connected layer over the channels, the same for every place. Weight (input, output) is number input * outputs +
 * output. Flatten with `reshape` where the places belong to the inputs.
 *
 * @returns outputs x height x width
 */
export function dense(builder: NetworkBuilder, input: Tensor, { outputs, bias = true, initial }: DenseOptions): Tensor {
  return convolution(builder, input, {
    outputs,
    bias,
    window: 1,
    initial: initial ?? glorot(input.channels, outputs),
  });
}
