import type { Graphs } from "../graph/readGraphs.js";
import { planRelationNetwork, type RelationShape } from "./relationNetwork.js";
import { type SharedStates, StateSharing } from "./sharedStates.js";

/** States of a layer that are computed at a time, about. */
const STATES_AT_A_TIME = 1000;

/**
 * A score for each graph: half the sum of how much better it is called in first place and in second place. Since the head is
 * linear, a is called better than b, in the mean over both orders, where the score of a is the larger one. So comparing every
 * two architectures and sorting the scores come to the same, and each graph is embedded once.
 */
export function scoreGraphs(shape: RelationShape, state: Float32Array, graphs: Graphs): Float64Array {
  const scores = new Float64Array(graphs.count);
  if (graphs.count === 0) return scores;
  const batches = cut(graphs, shape.layers);
  const { network, output, load } = planRelationNetwork(shape, batches, undefined, undefined);
  try {
    network.load(state);
    const said = network.values(output);
    const capacity = said.length / 4;
    let done = 0;
    for (const batch of batches) {
      load(batch);
      network.forward(false);
      for (let i = 0; i < batch.graphs; i++) {
        const asFirst = said[i] - said[capacity + i];
        const asSecond = said[3 * capacity + i] - said[2 * capacity + i];
        scores[done++] = (asFirst + asSecond) / 2;
      }
    }
    return scores;
  } finally {
    network.close();
  }
}

/** Graphs in order, cut so that no layer has many more than `STATES_AT_A_TIME` states. */
function cut(graphs: Graphs, layers: number): SharedStates[] {
  const batches: SharedStates[] = [];
  let sharing = new StateSharing(graphs, layers);
  for (let graph = 0; graph < graphs.count; graph++) {
    sharing.add(graph);
    if (sharing.most >= STATES_AT_A_TIME || graph === graphs.count - 1) {
      batches.push(sharing.finish());
      sharing = new StateSharing(graphs, layers);
    }
  }
  return batches;
}
