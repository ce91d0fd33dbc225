import { sigmoid, tangent } from "./activation.js";
import type { NetworkBuilder } from "./builder.js";
import { uniform } from "./initial.js";
import { add, concatenate, multiply, split } from "./joining.js";
import { sharedDense } from "./sharedDense.js";
import type { Tensor } from "./tensor.js";

/**
 * A long short-term memory (Hochreiter and Schmidhuber 1997) over a sequence of vectors, starting from zeros. All four gates come
 * from one product with the input and the last output.
 *
 * @returns the output of each step, hidden x 1 x 1
 */
export function lstm(builder: NetworkBuilder, inputs: readonly Tensor[], hidden: number): Tensor[] {
  const gates = sharedDense(builder, {
    inputs: inputs[0].channels + hidden,
    outputs: 4 * hidden,
    initial: uniform(1 / Math.sqrt(hidden)),
  });
  let output = builder.input(hidden);
  let cell = builder.input(hidden);
  return inputs.map((input) => {
    const [inputGate, forgetGate, outputGate, candidate] = split(
      builder,
      gates(concatenate(builder, [input, output])),
      [hidden, hidden, hidden, hidden],
    );
    cell = add(builder, [
      multiply(builder, sigmoid(builder, forgetGate), cell),
      multiply(builder, sigmoid(builder, inputGate), tangent(builder, candidate)),
    ]);
    output = multiply(builder, sigmoid(builder, outputGate), tangent(builder, cell));
    return output;
  });
}
