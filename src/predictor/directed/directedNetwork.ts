import { rectify } from "../../nn/activation.js";
import { averagePlaces } from "../../nn/averaging.js";
import { NetworkBuilder } from "../../nn/builder.js";
import { dense } from "../../nn/dense.js";
import { dropout } from "../../nn/dropout.js";
import { gather } from "../../nn/graph.js";
import { add, multiply } from "../../nn/joining.js";
import { crossEntropy, squaredError } from "../../nn/loss.js";
import type { Network } from "../../nn/network.js";
import type { Tensor } from "../../nn/tensor.js";
import type { Generator } from "../../random/index.js";
import type { GraphShape } from "../graph/graphRows.js";

/** The shape of a network. */
export interface DirectedShape {
  readonly graphs: GraphShape;
  readonly layers: number;
  readonly width: number;
  readonly hidden: number;
  readonly dropout: number;
  /** A number, or logits of two classes. */
  readonly outputs: 1 | 2;
}

/** A planned network. */
export interface DirectedNetwork {
  readonly network: Network;
  /** Words, one-hot: K x V. */
  readonly words: Tensor;
  /** What each vertex takes from itself and its successors, respectively its predecessors; every row sums to 1. */
  readonly matrices: readonly [Tensor, Tensor];
  /** Slots by vertices: makes a mean over slots one over vertices. */
  readonly fillings: Tensor;
  readonly output: Tensor;
  /** Absent in a network that only predicts. */
  readonly targets: Tensor | undefined;
  readonly weights: Tensor | undefined;
}

/**
 * Plans the graph network of the Neural Predictor: each convolution is the mean of one along and one against the edges, both
 * rectified.
 *
 * @param training absent for a network that only predicts
 */
export function planDirectedNetwork(
  shape: DirectedShape,
  batch: number,
  training: Generator | undefined,
): DirectedNetwork {
  const { graphs, layers, width, hidden, outputs } = shape;
  const { vertices } = graphs;
  const builder = new NetworkBuilder({ batch, gradients: training !== undefined });
  const drop = (tensor: Tensor, place: number): Tensor =>
    training === undefined ? tensor : dropout(builder, tensor, shape.dropout, training.split("dropout").split(place));
  const words = builder.input(graphs.words, vertices);
  const matrices = [builder.input(1, vertices, vertices), builder.input(1, vertices, vertices)] as const;
  const fillings = builder.input(outputs);
  let features = words;
  for (let layer = 0; layer < layers; layer++) {
    const [along, against] = matrices.map((matrix) =>
      rectify(builder, gather(builder, matrix, dense(builder, features, { outputs: width, bias: false }))),
    );
    features = drop(add(builder, [along, against], [0.5, 0.5]), layer);
  }
  const joined = dense(builder, averagePlaces(builder, features), { outputs: hidden, bias: false });
  const linear = dense(builder, drop(joined, layers), { outputs, bias: false });
  // No bias follows the mean, so that it may be put right here.
  const output = multiply(builder, linear, fillings);
  const targets = training === undefined ? undefined : builder.input(outputs);
  const weights = training === undefined ? undefined : builder.input(1);
  if (targets !== undefined && weights !== undefined) {
    if (outputs === 1) squaredError(builder, output, targets, weights);
    else crossEntropy(builder, output, targets, weights);
  }
  const network = builder.finish(training?.split("weights"));
  return { network, words, matrices, fillings, output, targets, weights };
}
