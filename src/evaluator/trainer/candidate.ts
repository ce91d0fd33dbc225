import type { Dataset } from "../../dataset/contract.js";
import { batchNormalisation } from "../../nn/batchNormalisation.js";
import { NetworkBuilder } from "../../nn/builder.js";
import { crossEntropy, type Loss } from "../../nn/loss.js";
import type { Network } from "../../nn/network.js";
import type { Tensor } from "../../nn/tensor.js";
import type { Generator } from "../../random/index.js";
import type { Architecture, SearchSpace } from "../../space/contract.js";
import { cellNetworkOf } from "./buildable.js";
import type { TrainerSettings } from "./options.js";

/** The network of one architecture with a place for images, labels and weights of the samples. */
export interface Candidate {
  readonly network: Network;
  readonly image: Tensor;
  readonly logits: Tensor;
  /** Probabilities of the classes. */
  readonly targets: Tensor;
  readonly loss: Loss;
  /** Multiply-accumulates of one image, and trained numbers. */
  readonly flops: number;
  readonly params: number;
}

/** Builds the network that is trained. Throws AssayError where the trainer does not know the space. */
export function buildCandidate(
  space: SearchSpace,
  architecture: Architecture,
  { channels: imageChannels, height, width, classes }: Dataset,
  { channels, cells, stages, batch }: TrainerSettings,
  generator: Generator,
): Candidate {
  const build = cellNetworkOf(space);
  const builder = new NetworkBuilder({ batch });
  const image = builder.input(imageChannels, height, width);
  const targets = builder.input(classes.length);
  const weights = builder.input(1);
  const logits = build(
    { builder, normalise: (input) => batchNormalisation(builder, input), afterCell: (output) => output },
    image,
    architecture,
    { channels, cells, stages, classes: classes.length },
    space,
  );
  const loss = crossEntropy(builder, logits, targets, weights);
  const network = builder.finish(generator);
  network.values(weights).fill(1);
  return {
    network,
    image,
    logits,
    targets,
    loss,
    flops: builder.multiplyAccumulates,
    params: network.parameterCount,
  };
}
