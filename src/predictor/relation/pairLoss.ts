import type { NetworkBuilder } from "../../nn/builder.js";
import type { Tensor } from "../../nn/tensor.js";

/** What the comparisons of a batch are trained to. */
export interface PairLoss {
  /** Labels of the architectures of the batch, in units of the temperature. */
  labels: Float64Array;
  /** The loss of the last step: the mean divergence of all ordered pairs, in nats. */
  readonly value: () => number;
}

/**
 * Kullback-Leibler divergence of all ordered pairs of a batch between softmax(label a, label b) and the softmax of two logits,
 * each the sum of what an architecture says in first place and another in second place. Of the output's four channels, 0 and 1 are
 * the logits "the first is better", "the second is better" of an architecture in first place, 2 and 3 the same in second place.
 * Gradients are means over the pairs.
 */
export function pairLoss(builder: NetworkBuilder, output: Tensor): PairLoss {
  const { arena } = builder;
  const { storage } = output;
  const use = builder.use(output);
  const capacity = storage.length / 4;
  let value = 0;
  const loss: PairLoss = { labels: new Float64Array(0), value: () => value };
  builder.step({
    forward() {},
    backward() {
      if (use === undefined) return;
      const { labels } = loss;
      const count = labels.length;
      const logits = arena.floats(storage.value, storage.length);
      const gradient = arena.floats(storage.gradient, storage.length);
      const first = new Float64Array(count);
      const second = new Float64Array(count);
      value = 0;
      for (let a = 0; a < count; a++) {
        const own = logits[a] - logits[capacity + a];
        for (let b = 0; b < count; b++) {
          if (a === b) continue;
          const difference = own + logits[2 * capacity + b] - logits[3 * capacity + b];
          const wanted = 1 / (1 + Math.exp(labels[b] - labels[a]));
          const given = 1 / (1 + Math.exp(-difference));
          first[a] += given - wanted;
          second[b] += given - wanted;
          value += divergence(wanted, given) + divergence(1 - wanted, 1 - given);
        }
      }
      const pairs = Math.max(1, count * (count - 1));
      value /= pairs;
      if (use.adds === 0) gradient.fill(0);
      for (let a = 0; a < count; a++) {
        gradient[a] += first[a] / pairs;
        gradient[capacity + a] -= first[a] / pairs;
        gradient[2 * capacity + a] += second[a] / pairs;
        gradient[3 * capacity + a] -= second[a] / pairs;
      }
    },
  });
  return loss;
}

function divergence(wanted: number, given: number): number {
  return wanted === 0 ? 0 : wanted * Math.log(wanted / Math.max(given, Number.MIN_VALUE));
}
