import { type AdamState, adam } from "../../nn/optimiser.js";
import { cosineSchedule } from "../../nn/schedule.js";
import type { Generator } from "../../random/index.js";
import type { Graphs } from "../graph/readGraphs.js";
import { planRelationNetwork, type RelationShape } from "./relationNetwork.js";
import { type SharedStates, shareStates } from "./sharedStates.js";

/** How a comparator is trained. */
export interface RelationTraining {
  /** Passes over the architectures. */
  readonly epochs: number;
  /** Architectures in a batch, which gives all their ordered pairs. */
  readonly architectures: number;
  /** Steps of an epoch; absent: as many as show every architecture once. */
  readonly steps: number | undefined;
  readonly learningRate: number;
  readonly weightDecay: number;
}

interface Batch {
  readonly rows: Int32Array;
  readonly states: SharedStates;
}

/** What is trained, on what, and how. */
export interface RelationTask {
  readonly shape: RelationShape;
  readonly graphs: Graphs;
  /** In units of the temperature. */
  readonly labels: Float64Array;
  readonly training: RelationTraining;
  readonly generator: Generator;
  /** What an earlier training left; without a state, weights are new. */
  readonly before: { readonly state: Float32Array | undefined; readonly optimiser: AdamState | undefined };
}

/** Trains a comparator on the ordered pairs of the given architectures. */
export function trainRelation({ shape, graphs, labels, training, generator, before }: RelationTask): {
  readonly state: Float32Array;
  readonly optimiser: AdamState;
} {
  const { epochs, learningRate, weightDecay } = training;
  const schedule = planBatches(graphs, shape.layers, training, generator.split("order"));
  const batches = schedule.flat().map(({ states }) => states);
  const initial = before.state === undefined ? generator.split("weights") : undefined;
  const { network, loss, load } = planRelationNetwork(shape, batches, { generator }, initial);
  try {
    if (before.state !== undefined) network.load(before.state);
    const optimiser = adam(network, { decay: weightDecay });
    if (before.optimiser !== undefined) optimiser.load(before.optimiser);
    const rateAt = cosineSchedule(learningRate);
    for (const [epoch, order] of schedule.entries()) {
      for (const { rows, states } of order) {
        load(states);
        loss!.labels = Float64Array.from(rows, (row) => labels[row]);
        network.forward(true);
        network.clearGradients();
        network.backward();
        optimiser.step(rateAt(epoch / epochs));
      }
    }
    return { state: network.state(), optimiser: optimiser.state() };
  } finally {
    network.close();
  }
}

/** The batches of every epoch: all rows in random order, cut into parts whose sizes differ by one at most. */
function planBatches(
  graphs: Graphs,
  layers: number,
  { epochs, architectures, steps }: RelationTraining,
  generator: Generator,
): Batch[][] {
  const parts = Math.ceil(graphs.count / architectures);
  const inOrder = Int32Array.from({ length: graphs.count }, (_, row) => row);
  const batchOf = (rows: Int32Array): Batch => ({ rows, states: shareStates(graphs, rows, layers) });
  const whole = parts === 1 ? batchOf(inOrder) : undefined;
  let order = inOrder;
  let part = parts;
  return Array.from({ length: epochs }, () =>
    Array.from({ length: steps ?? parts }, () => {
      if (whole !== undefined) return whole;
      if (part === parts) {
        order = generator.shuffle(inOrder.slice());
        part = 0;
      }
      const [start, end] = [part, part + 1].map((cut) => Math.round((cut * graphs.count) / parts));
      part++;
      return batchOf(order.slice(start, end));
    }),
  );
}
