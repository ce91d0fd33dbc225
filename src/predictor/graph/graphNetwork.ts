import { mish, sigmoid } from "../../nn/activation.js";
import { averageChannels } from "../../nn/averaging.js";
import { batchNormalisation } from "../../nn/batchNormalisation.js";
import { NetworkBuilder } from "../../nn/builder.js";
import { dense } from "../../nn/dense.js";
import { huber } from "../../nn/loss.js";
import type { Network } from "../../nn/network.js";
import { sharedDense } from "../../nn/sharedDense.js";
import { reshape, type Tensor } from "../../nn/tensor.js";
import type { Generator } from "../../random/index.js";
import { attention, type GraphMatrices } from "./attention.js";
import { gconvGroup, NORMALISATION } from "./gconvGroup.js";
import type { GraphShape } from "./graphRows.js";

/** Channels of every hidden layer. */
const WIDTH = 64;
/** Beyond this error the loss grows linearly. */
const HUBER = 0.5;

/** Which parts a network has. */
export interface GraphDesign {
  /** Attention between the second and the third group. */
  readonly nsam: boolean;
  /** Numbers of an estimation code; 0: there is no fine branch. */
  readonly codeLength: number;
  /** As the authors' program: two softmaxes, values by the query's weights. */
  readonly released: boolean;
}

/** A network with the tensors that are written and read. */
export interface GraphNetwork {
  readonly network: Network;
  readonly words: Tensor;
  readonly matrices: GraphMatrices;
  readonly codes: Tensor | undefined;
  /** Before the sigmoid. */
  readonly coarse: Tensor;
  readonly fine: Tensor | undefined;
  readonly targets: Tensor;
  /** What the samples count, for the coarse output and for the fine one. */
  readonly weights: Tensor;
  readonly fineWeights: Tensor;
}

/** How a network is made. */
export interface GraphNetworkOptions extends GraphDesign {
  readonly shape: GraphShape;
  /** A multiple of eight. */
  readonly batch: number;
  /** Whether it will be trained; `generator` then fills the weights, unless they are loaded. */
  readonly training: boolean;
  readonly generator?: Generator;
}

/**
 * The coarse branch (three groups, with NSAM between the second and the third), the fine branch (the code to a vector for each vertex,
 * and EFM) and one head for both: the mean over the features, one number for each vertex, then one dense unit.
 */
export function createGraphNetwork(options: GraphNetworkOptions): GraphNetwork {
  const { shape, batch, training, nsam, codeLength, released, generator } = options;
  const { vertices } = shape;
  const builder = new NetworkBuilder({ batch, gradients: training });
  const matrix = (): Tensor => builder.input(1, vertices, vertices);
  const words = builder.input(Math.ceil(shape.words / 4) * 4, vertices);
  const needsMasks = nsam || codeLength > 0;
  const masks = needsMasks ? Array.from({ length: released ? 2 : 1 }, matrix) : [];
  const matrices = { adjacency: matrix(), masks };
  const group = (features: Tensor): Tensor => gconvGroup(builder, matrices.adjacency, features, WIDTH);
  const head = sharedDense(builder, { inputs: vertices, outputs: 1 });
  const logit = (features: Tensor): Tensor => head(reshape(averageChannels(builder, features), vertices));

  const second = group(group(words));
  const attended = nsam ? attention(builder, matrices, second, { width: WIDTH, released }) : second;
  const embedding = group(attended);
  const coarse = logit(embedding);

  const codes = codeLength > 0 ? builder.input(codeLength) : undefined;
  const fine = codes === undefined ? undefined : logit(fuse(codes));

  function fuse(code: Tensor): Tensor {
    const spread = reshape(dense(builder, code, { outputs: WIDTH * vertices }), WIDTH, vertices);
    const keys = mish(builder, batchNormalisation(builder, spread, NORMALISATION));
    return attention(builder, matrices, embedding, { width: WIDTH, released, keys });
  }

  const [targets, weights, fineWeights] = [builder.input(1), builder.input(1), builder.input(1)];
  if (training) {
    huber(builder, sigmoid(builder, coarse), targets, weights, HUBER);
    if (fine !== undefined) huber(builder, sigmoid(builder, fine), targets, fineWeights, HUBER);
  }
  const network = builder.finish(generator);
  return { network, words, matrices, codes, coarse, fine, targets, weights, fineWeights };
}
