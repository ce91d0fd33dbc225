import type { Initialiser, NetworkBuilder } from "../../nn/builder.js";
import type { Tensor } from "../../nn/tensor.js";
import type { Links } from "./sharedStates.js";

/** A layer whose links change from batch to batch. */
export interface LinkedLayer {
  readonly output: Tensor;
  /** Takes over the links of a batch. */
  link(links: Links): void;
}

/** What the batches of a layer need at most. */
export interface LinkedCapacity {
  /** A multiple of the batch of the network. */
  readonly states: number;
  readonly entries: number;
}

/**
 * For each state the sum of the states that it is linked to, and a bias for each channel (a multiple of four). States lie along
 * places and samples, which are the same here. What lies beyond the last state is left as it was.
 */
export function addLinked(
  builder: NetworkBuilder,
  input: Tensor,
  capacity: LinkedCapacity,
  initialBias: Initialiser,
): LinkedLayer {
  const { channels, storage } = input;
  const { arena, batch, functions } = builder;
  const output = builder.tensor(channels, capacity.states / batch);
  const biases = builder.parameter(channels, "bias", initialBias);
  const starts = builder.memory(4 * (capacity.states + 1));
  const entries = builder.memory(4 * capacity.entries);
  const use = builder.use(input);
  const unwanted =
    builder.gradients && use === undefined ? builder.sharedMemory("unlinked", 4 * storage.length) : undefined;
  const [inputLine, outputLine] = [(4 * storage.length) / channels, 4 * capacity.states];
  let states = 0;

  builder.step({
    forward() {
      const { value } = output.storage;
      functions.addLinked(
        storage.value,
        inputLine,
        value,
        outputLine,
        channels,
        starts.address,
        entries.address,
        states,
        biases.value,
      );
    },
    backward() {
      const target = unwanted?.address ?? storage.gradient;
      if (use?.adds === 0) functions.clear(target, storage.length / 4);
      functions.addLinkedBackward(
        output.storage.gradient,
        outputLine,
        target,
        inputLine,
        channels,
        starts.address,
        entries.address,
        states,
        biases.gradient,
      );
    },
  });
  return {
    output,
    link(links) {
      states = links.states;
      arena.integers(starts.address, links.starts.length).set(links.starts);
      const offsets = arena.integers(entries.address, links.entries.length);
      for (let entry = 0; entry < offsets.length; entry++) offsets[entry] = 4 * links.entries[entry];
    },
  };
}
