import { adam } from "../../nn/optimiser.js";
import { cosineSchedule } from "../../nn/schedule.js";
import type { Generator } from "../../random/index.js";
import type { Graphs } from "../graph/readGraphs.js";
import { type DirectedShape, planDirectedNetwork } from "./directedNetwork.js";
import { writeDirected } from "./writeDirected.js";

/** How a network is trained. */
export interface DirectedOptions {
  readonly epochs: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly l2: number;
}

/**
 * Trains a network on some graphs.
 *
 * @param targets for each graph as many numbers as the network has outputs, output by output: (outputs x graphs)
 * @returns what was learnt
 */
export function trainDirected(
  shape: DirectedShape,
  graphs: Graphs,
  targets: Float64Array,
  { epochs, batch, learningRate, l2 }: DirectedOptions,
  generator: Generator,
): Float32Array {
  const { count } = graphs;
  const parts = Math.ceil(count / batch);
  const planned = planDirectedNetwork(shape, 4 * Math.ceil(Math.ceil(count / parts) / 4), generator);
  const { network } = planned;
  try {
    const [target, weight] = [network.values(planned.targets!), network.values(planned.weights!)];
    const optimiser = adam(network, { l2 });
    const rateAt = cosineSchedule(learningRate);
    const ordering = generator.split("order");
    const order = Int32Array.from({ length: count }, (_, row) => row);
    for (let epoch = 0; epoch < epochs; epoch++) {
      ordering.shuffle(order);
      for (let part = 0; part < parts; part++) {
        const cut = (place: number): number => Math.round((place * count) / parts);
        const rows = order.subarray(cut(part), cut(part + 1));
        writeDirected(planned, graphs, rows);
        weight.fill(0);
        for (const [sample, row] of rows.entries()) {
          weight[sample] = 1;
          for (let output = 0; output < shape.outputs; output++) {
            target[output * network.batch + sample] = targets[output * count + row];
          }
        }
        network.forward(true);
        network.clearGradients();
        network.backward();
        // The published squared error is not halved, which counts beside the penalty.
        optimiser.step(rateAt(epoch / epochs), (shape.outputs === 1 ? 2 : 1) / rows.length);
      }
    }
    return network.state();
  } finally {
    network.close();
  }
}

/** Graphs that are asked about at a time. */
const BATCH = 32;

/** What a network says of each graph, output by output: (outputs x graphs). */
export function evaluateDirected(shape: DirectedShape, state: Float32Array, graphs: Graphs): Float64Array {
  const { count } = graphs;
  const said = new Float64Array(shape.outputs * count);
  const planned = planDirectedNetwork(shape, BATCH, undefined);
  const { network, output } = planned;
  try {
    network.load(state);
    const values = network.values(output);
    for (let start = 0; start < count; start += BATCH) {
      const rows = Int32Array.from({ length: Math.min(BATCH, count - start) }, (_, i) => start + i);
      writeDirected(planned, graphs, rows);
      network.forward(false);
      for (let place = 0; place < shape.outputs; place++) {
        for (const [sample, row] of rows.entries()) said[place * count + row] = values[place * BATCH + sample];
      }
    }
    return said;
  } finally {
    network.close();
  }
}
