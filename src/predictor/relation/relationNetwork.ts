import { rectify } from "../../nn/activation.js";
import { NetworkBuilder } from "../../nn/builder.js";
import { dense } from "../../nn/dense.js";
import { dropout } from "../../nn/dropout.js";
import { uniform } from "../../nn/initial.js";
import { layerNormalisation } from "../../nn/layerNormalisation.js";
import type { Network } from "../../nn/network.js";
import type { Tensor } from "../../nn/tensor.js";
import type { Generator } from "../../random/index.js";
import { addLinked } from "./addLinked.js";
import { type PairLoss, pairLoss } from "./pairLoss.js";
import type { Links, SharedStates } from "./sharedStates.js";

/** The shape of a network. */
export interface RelationShape {
  /** Words of the vertices; the global vertex has one of its own. */
  readonly words: number;
  readonly layers: number;
  readonly width: number;
  readonly dropout: number;
}

/** A planned network. */
export interface RelationNetwork {
  readonly network: Network;
  readonly output: Tensor;
  /** Absent in a network that only predicts. */
  readonly loss: PairLoss | undefined;
  /** What the next step works on. */
  load(states: SharedStates): void;
}

/** States are laid out in vectors of four. */
const BATCH = 4;

/**
 * Plans the graph network of BRP-NAS with its linear comparing head.
 *
 * @param batches what it will be given, to know how much memory to plan
 * @param training absent for a network that only predicts
 */
export function planRelationNetwork(
  shape: RelationShape,
  batches: readonly SharedStates[],
  training: { readonly generator: Generator } | undefined,
  initial: Generator | undefined,
): RelationNetwork {
  const { words, layers, width } = shape;
  const builder = new NetworkBuilder({ batch: BATCH, gradients: training !== undefined });
  const limit = uniform(1 / Math.sqrt(width));
  const vocabulary = builder.input(words + 1, room(words + 1) / BATCH);
  let states: Tensor = vocabulary;
  const linked = Array.from({ length: layers }, (_, layer) => {
    const most = (count: (links: Links) => number): number =>
      batches.reduce((largest, batch) => Math.max(largest, count(batch.layers[layer])), 1);
    const capacity = { states: room(most((links) => links.states)), entries: most(({ entries }) => entries.length) };
    const weighted = dense(builder, states, { outputs: width, bias: false, initial: limit });
    const added = addLinked(builder, weighted, capacity, limit);
    states = rectify(builder, layerNormalisation(builder, added.output));
    if (training !== undefined) {
      states = dropout(builder, states, shape.dropout, training.generator.split("dropout").split(layer));
    }
    return added;
  });
  // As much as a layer of two outputs has: what is said of the first and of the second architecture of a pair.
  const output = dense(builder, states, { outputs: 4, initial: uniform(1 / Math.sqrt(2 * width)) });
  const loss = training === undefined ? undefined : pairLoss(builder, output);
  const network = builder.finish(initial);
  const identity = network.values(vocabulary);
  const row = identity.length / (words + 1);
  for (let word = 0; word <= words; word++) identity[word * row + word] = 1;
  return {
    network,
    output,
    loss,
    load(given) {
      for (const [layer, links] of given.layers.entries()) linked[layer].link(links);
    },
  };
}

/** A whole number of vectors, whose rows do not all fall into the same places of the caches. */
function room(states: number): number {
  const rounded = BATCH * Math.ceil(states / BATCH);
  return rounded % 64 === 0 ? rounded + BATCH : rounded;
}
