import type { Initialiser, NetworkBuilder } from "./builder.js";
import { convolution, convolutionWeights } from "./convolution.js";
import { glorot } from "./initial.js";
import type { Tensor } from "./tensor.js";

/** Options of `sharedDense`. */
export interface SharedDenseOptions {
  readonly inputs: number;
  readonly outputs: number;
  /** Default true. */
  readonly bias?: boolean;
  /** Default: Glorot and Bengio 2010. */
  readonly initial?: Initialiser;
}

/** A fully connected layer whose weights serve wherever the returned function is called. */
export function sharedDense(builder: NetworkBuilder, options: SharedDenseOptions): (input: Tensor) => Tensor {
  const { inputs, outputs, bias = true, initial = glorot(inputs, outputs) } = options;
  const weights = convolutionWeights(builder, inputs, { outputs, window: 1, bias, initial });
  return (input) => convolution(builder, input, { outputs, window: 1, weights });
}
