import type { OptionValues } from "../../options.js";
import type { Architecture } from "../../space/contract.js";
import type { Spec } from "../../spec.js";

/** The task of a worker pool that trains one architecture: `TrainingInput` in, `TrainingOutcome` out. */
export const trainingTask = "train-architecture";

/**
 * One training of one architecture, as plain data that can be sent to another thread (task `train-architecture`). Equal
 * inputs give equal outcomes, on any thread.
 */
export interface TrainingInput {
  /** The search space; it must be one that the trainer can build networks of. */
  readonly space: Spec;
  readonly architecture: Architecture;
  /** Spec of the data set, as `dataset/index.ts` lists them; each thread keeps the last one that it loaded. */
  readonly dataset: string;
  /** Options of the trainer (`trainerOptions`): widths, cells per stage, epochs, optimiser, augmentation, proxies, … */
  readonly settings: OptionValues;
  /** Seed of initial weights, order of the images and augmentation. */
  readonly seed: string | number;
  /** Only the curves are wanted: accuracies on validation and test images are not measured and come as NaN. */
  readonly curvesOnly?: boolean;
}

/** What a training measured. */
export interface TrainingOutcome {
  /** Mean training loss of each epoch (nats); shorter than asked for where training diverged. */
  readonly losses: readonly number[];
  /** Training accuracy of each epoch (percent), on the augmented images as they were seen. */
  readonly trainingAccuracies: readonly number[];
  /** Accuracy after the last epoch (percent); NaN where training diverged. */
  readonly validation: number;
  readonly test: number;
  /** Cost of the network that was trained. */
  readonly flops: number;
  readonly params: number;
  readonly seconds: number;
  /** Zero-cost proxies of the untrained network that the settings ask for, by name: synflow, snip, grad-norm, naswot. */
  readonly proxies: Readonly<Record<string, number>>;
  /** Why it failed, one sentence: the loss was no longer finite in epoch n, or the weights after the last epoch. */
  readonly failure?: string;
}
