import { createBatchWriter } from "../../dataset/augment.js";
import type { Dataset, ImageSet } from "../../dataset/contract.js";
import type { Candidate } from "./candidate.js";

/** How many samples of a batch have their largest logit at their largest target. */
export function countCorrect(
  logits: Float32Array,
  targets: Float32Array,
  classes: number,
  batch: number,
  samples: number,
): number {
  let correct = 0;
  for (let sample = 0; sample < samples; sample++) {
    let best = sample;
    let wanted = sample;
    for (let at = sample + batch; at < classes * batch; at += batch) {
      if (logits[at] > logits[best]) best = at;
      if (targets[at] > targets[wanted]) wanted = at;
    }
    if (best === wanted) correct++;
  }
  return correct;
}

/** Share of the images that the network classifies correctly, in percent, with its running statistics. */
export function accuracyOf({ network, image, logits, targets }: Candidate, dataset: Dataset, set: ImageSet): number {
  const { batch } = network;
  const { write } = createBatchWriter(dataset, set);
  const indices = new Int32Array(batch);
  let correct = 0;
  for (let first = 0; first < set.count; first += batch) {
    const count = Math.min(batch, set.count - first);
    for (let i = 0; i < batch; i++) indices[i] = i < count ? first + i : -1;
    write(indices, network.values(image), network.values(targets));
    network.forward(false);
    correct += countCorrect(network.values(logits), network.values(targets), dataset.classes.length, batch, count);
  }
  return (100 * correct) / set.count;
}
