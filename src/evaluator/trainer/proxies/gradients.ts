import { createBatchWriter } from "../../../dataset/augment.js";
import type { ParameterView } from "../../../nn/network.js";
import type { Generator } from "../../../random/index.js";
import { buildCandidate } from "../candidate.js";
import type { ProxyInput } from "./index.js";

/** SNIP (Lee et al. 2019): the sum over all weights of |weight x gradient| for one batch of training images. */
export function snip(input: ProxyInput, generator: Generator): number {
  return sumOverWeights(input, generator, ({ values, gradients }) => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += Math.abs(values[i] * gradients[i]);
    return sum;
  });
}

/** The sum over all layers of the Euclidean norm of the gradient for one batch of training images (Abdelfattah et al. 2021). */
export function gradientNorm(input: ProxyInput, generator: Generator): number {
  return sumOverWeights(input, generator, ({ gradients }) => {
    let sum = 0;
    for (const gradient of gradients) sum += gradient * gradient;
    return Math.sqrt(sum);
  });
}

function sumOverWeights(
  { space, architecture, dataset, settings }: ProxyInput,
  generator: Generator,
  score: (parameter: ParameterView) => number,
): number {
  const candidate = buildCandidate(space, architecture, dataset, settings, generator.split("weights"));
  const { network, image, targets } = candidate;
  const indices = Int32Array.from(generator.split("images").choose(network.batch, dataset.training.count));
  createBatchWriter(dataset, dataset.training).write(indices, network.values(image), network.values(targets));
  network.forward(true);
  network.backward();
  let sum = 0;
  for (const parameter of network.parameterViews()) if (parameter.role === "weight") sum += score(parameter);
  network.close();
  return sum / network.batch;
}
