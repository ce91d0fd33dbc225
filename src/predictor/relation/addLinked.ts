import type { Initialiser, NetworkBuilder } from "../../nn/builder.js";
import type { Tensor } from "../../nn/tensor.js";
import type { Links } from "./sharedStates.js";

/** A layer whose links change from batch to batch. */
export interface LinkedLayer {
  readonly output: Tensor;
  links: Links;
}

/**
 * For each state the sum of the states that it is linked to, and a bias for each channel. States lie along places and samples,
 * which are the same here.
 *
 * @param capacity states at most, a multiple of the batch; those beyond the links become zeros
 */
export function addLinked(
  builder: NetworkBuilder,
  input: Tensor,
  capacity: number,
  initialBias: Initialiser,
): LinkedLayer {
  const { channels } = input;
  const { arena, batch } = builder;
  const output = builder.tensor(channels, capacity / batch);
  const biases = builder.parameter(channels, "bias", initialBias);
  const use = builder.use(input);
  const inputs = input.storage.length / channels;
  const layer: LinkedLayer = { output, links: { starts: new Int32Array(1), entries: new Int32Array(0), states: 0 } };
  const view = (address: number, length: number) => arena.floats(address, length);

  builder.step({
    forward() {
      const { starts, entries, states } = layer.links;
      const from = view(input.storage.value, input.storage.length);
      const to = view(output.storage.value, output.storage.length);
      const bias = view(biases.value, channels);
      for (let channel = 0; channel < channels; channel++) {
        const source = channel * inputs;
        const target = channel * capacity;
        const start = bias[channel];
        let entry = 0;
        for (let state = 0; state < states; state++) {
          let sum = start;
          for (const end = starts[state + 1]; entry < end; entry++) sum += from[source + entries[entry]];
          to[target + state] = sum;
        }
        to.fill(0, target + states, target + capacity);
      }
    },
    backward() {
      const { starts, entries, states } = layer.links;
      const delta = view(output.storage.gradient, output.storage.length);
      const biasGradient = view(biases.gradient, channels);
      const target = use === undefined ? undefined : view(input.storage.gradient, input.storage.length);
      if (use?.adds === 0) target?.fill(0);
      for (let channel = 0; channel < channels; channel++) {
        const source = channel * inputs;
        const offset = channel * capacity;
        let entry = 0;
        let sum = 0;
        for (let state = 0; state < states; state++) {
          const own = delta[offset + state];
          sum += own;
          const end = starts[state + 1];
          if (target === undefined) continue;
          for (; entry < end; entry++) target[source + entries[entry]] += own;
        }
        biasGradient[channel] += sum;
      }
    },
  });
  return layer;
}
