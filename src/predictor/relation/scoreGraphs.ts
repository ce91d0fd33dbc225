import { gather } from "../../kernels/gather.js";
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
  if (graphs.count === 0) return new Float64Array(0);
  const { different, placeOf } = withoutCopies(graphs);
  const batches = cut(graphs, different, shape.layers);
  const { network, output, load } = planRelationNetwork(shape, batches, undefined, undefined);
  try {
    network.load(state);
    const said = network.values(output);
    const capacity = said.length / 4;
    const scores = new Float64Array(different.length);
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
    return gather(scores, placeOf);
  } finally {
    network.close();
  }
}

/** The first of each group of equal graphs, and for every graph the place of its group: pruned cells are often the same. */
function withoutCopies({ count, shape: { vertices }, words, edges }: Graphs) {
  const different: number[] = [];
  const known = new Map<string, number>();
  const placeOf = Int32Array.from({ length: count }, (_, graph) => {
    const own = words.subarray(graph * vertices, (graph + 1) * vertices);
    const key = `${own} ${edges.subarray(graph * vertices * vertices, (graph + 1) * vertices * vertices)}`;
    let place = known.get(key);
    if (place === undefined) {
      place = different.push(graph) - 1;
      known.set(key, place);
    }
    return place;
  });
  return { different, placeOf };
}

/** Graphs in order, cut so that no layer has many more than `STATES_AT_A_TIME` states. */
function cut(graphs: Graphs, chosen: readonly number[], layers: number): SharedStates[] {
  const batches: SharedStates[] = [];
  let sharing = new StateSharing(graphs, layers);
  for (const [i, graph] of chosen.entries()) {
    sharing.add(graph);
    if (sharing.most >= STATES_AT_A_TIME || i === chosen.length - 1) {
      batches.push(sharing.finish());
      sharing = new StateSharing(graphs, layers);
    }
  }
  return batches;
}
