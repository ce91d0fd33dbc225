import type { NetworkBuilder } from "./builder.js";
import { checkSameShape, type Tensor } from "./tensor.js";

/** What a loss layer says of the last step. */
export interface Loss {
  /** Sum over the samples of weight * loss. */
  readonly value: () => number;
}

/**
 * Cross-entropy (nats) between target probabilities, classes x 1 x 1, and the softmax of the logits. Soft targets cover label
 * smoothing and mixup; with targets that are a distribution its gradient is that of the Kullback-Leibler divergence.
 *
 * @param weights 1 x 1 x 1: what each sample counts, 0 for one that is only there to fill the batch
 */
export function crossEntropy(builder: NetworkBuilder, logits: Tensor, targets: Tensor, weights: Tensor): Loss {
  checkLossShapes("crossEntropy", logits, targets, weights);
  const { functions, run } = builder;
  const { storage, channels } = logits;
  const probabilities = builder.memory(4 * storage.length);
  const { delta, pass } = lossDelta(builder, logits);
  let value = 0;
  builder.step({
    forward() {
      value = functions.crossEntropy(
        storage.value,
        targets.storage.value,
        weights.storage.value,
        probabilities.address,
        delta.address,
        channels,
        run,
      );
    },
    backward: pass,
  });
  return { value: () => value };
}

/**
 * Kullback-Leibler divergence (nats) from target probabilities, classes x 1 x 1, to the softmax of the logits: the cross-entropy
 * less the entropy of the targets, so that it is zero where both agree. Its gradient is that of `crossEntropy`.
 *
 * @param weights 1 x 1 x 1: what each sample counts
 */
export function klDivergence(builder: NetworkBuilder, logits: Tensor, targets: Tensor, weights: Tensor): Loss {
  const { arena, batch } = builder;
  const loss = crossEntropy(builder, logits, targets, weights);
  return {
    value() {
      const probabilities = arena.floats(targets.storage.value, targets.storage.length);
      const shares = arena.floats(weights.storage.value, weights.storage.length);
      let entropy = 0;
      for (let i = 0; i < probabilities.length; i++) {
        if (probabilities[i] > 0) entropy -= shares[i % batch] * probabilities[i] * Math.log(probabilities[i]);
      }
      return loss.value() - entropy;
    },
  };
}

/**
 * Huber loss (1964) of every number: half the squared error up to `limit`, linear beyond; without a limit half the squared
 * error.
 *
 * @param weights of the shape of the outputs
 */
export function huber(
  builder: NetworkBuilder,
  outputs: Tensor,
  targets: Tensor,
  weights: Tensor,
  limit: number = Number.POSITIVE_INFINITY,
): Loss {
  checkSameShape("huber", [outputs, targets, weights]);
  const { functions } = builder;
  const { storage } = outputs;
  const { delta, pass } = lossDelta(builder, outputs);
  let value = 0;
  builder.step({
    forward() {
      const [target, weight] = [targets.storage.value, weights.storage.value];
      value = functions.huber(storage.value, target, weight, delta.address, storage.length / 4, limit);
    },
    backward: pass,
  });
  return { value: () => value };
}

/** Half the squared error of every number. */
export function squaredError(builder: NetworkBuilder, outputs: Tensor, targets: Tensor, weights: Tensor): Loss {
  return huber(builder, outputs, targets, weights);
}

/** The sum of all numbers: its gradient is 1 everywhere. */
export function sum(builder: NetworkBuilder, outputs: Tensor): void {
  const { storage } = outputs;
  const use = builder.use(outputs);
  const one = builder.table(new Int32Array(new Float32Array(storage.length).fill(1).buffer));
  builder.step({
    forward: () => {},
    backward() {
      if (use !== undefined) builder.functions.copy(one.address, storage.gradient, storage.length / 4, use.adds);
    },
  });
}

function checkLossShapes(layer: string, logits: Tensor, targets: Tensor, weights: Tensor): void {
  checkSameShape(layer, [{ ...logits, height: 1, width: 1 }, logits, targets]);
  checkSameShape(layer, [{ ...logits, channels: 1 }, weights]);
}

/** Losses know the gradient on the way forward; it is handed over on the way back. */
function lossDelta(builder: NetworkBuilder, { storage }: Tensor) {
  const delta = builder.memory(4 * storage.length);
  const use = builder.use({ channels: 1, height: 1, width: 1, storage });
  return {
    delta,
    pass() {
      if (use !== undefined) builder.functions.copy(delta.address, storage.gradient, storage.length / 4, use.adds);
    },
  };
}
