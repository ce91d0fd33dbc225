import { createGenerator } from "../random/index.js";
import { NetworkBuilder } from "./builder.js";
import { squaredError } from "./loss.js";
import type { Tensor } from "./tensor.js";

/** How an operation is tried. */
export interface GradientCheckOptions {
  /** Builds the operation on inputs that it makes itself. */
  readonly build: (
    builder: NetworkBuilder,
    input: (channels: number, height?: number, width?: number) => Tensor,
  ) => Tensor;
  readonly batch?: number;
  /** Step of the central difference. Default 0.01. */
  readonly difference?: number;
  readonly seed?: number;
}

/**
 * The largest difference between the gradients of an operation and central differences of its loss, over all inputs and
 * parameters, as a share of the largest gradient.
 */
export function gradientError(options: GradientCheckOptions): number {
  const { build, batch = 4, difference = 0.01, seed = 1 } = options;
  const generator = createGenerator(seed);
  const builder = new NetworkBuilder({ batch });
  const inputs: Tensor[] = [];
  const output = build(builder, (channels, height, width) => {
    const tensor = builder.input(channels, height, width, { gradient: true });
    inputs.push(tensor);
    return tensor;
  });
  const targets = builder.input(output.channels, output.height, output.width);
  const weights = builder.input(output.channels, output.height, output.width);
  squaredError(builder, output, targets, weights);
  const network = builder.finish(generator.split("parameters"));
  for (const tensor of [...inputs, targets]) {
    network.values(tensor).forEach((_, i, values) => {
      values[i] = generator.normal();
    });
  }
  network.values(weights).fill(1);
  // Zeros and ones of normalisations would hide mistakes.
  network.weights.forEach((value, i, values) => {
    values[i] = value + 0.3 * generator.normal();
  });

  const loss = (): number => {
    network.forward(true);
    const [given, wanted] = [network.values(output), network.values(targets)];
    let sum = 0;
    for (let i = 0; i < given.length; i++) sum += 0.5 * (given[i] - wanted[i]) * (given[i] - wanted[i]);
    return sum;
  };
  loss();
  // Twice: gradients of tensors must be written afresh, those of parameters are added.
  network.backward();
  network.clearGradients();
  network.backward();
  const numbers = [
    { values: network.weights, gradients: network.weightGradients.slice() },
    ...inputs.map((tensor) => ({ values: network.values(tensor), gradients: network.gradientOf(tensor).slice() })),
  ];
  let largest = 0;
  let worst = 0;
  for (const { values, gradients } of numbers) {
    for (let i = 0; i < values.length; i++) {
      const kept = values[i];
      values[i] = kept + difference;
      const above = loss();
      values[i] = kept - difference;
      const below = loss();
      values[i] = kept;
      largest = Math.max(largest, Math.abs(gradients[i]));
      worst = Math.max(worst, Math.abs((above - below) / (2 * difference) - gradients[i]));
    }
  }
  network.close();
  return worst / largest;
}
