import { createBatchWriter } from "../../dataset/augment.js";
import type { Dataset } from "../../dataset/contract.js";
import { AssayError } from "../../errors.js";
import { adam, gradientDescent, type Optimiser } from "../../nn/optimiser.js";
import { cosineSchedule, type Schedule } from "../../nn/schedule.js";
import { createGenerator, type Generator } from "../../random/index.js";
import type { Architecture, SearchSpace } from "../../space/contract.js";
import { accuracyOf, countCorrect } from "./accuracy.js";
import { buildCandidate, type Candidate } from "./candidate.js";
import type { TrainingOutcome } from "./contract.js";
import type { TrainerSettings } from "./options.js";
import { measureProxies } from "./proxies/index.js";

/** One training, its parts loaded. */
export interface TrainArchitectureOptions {
  readonly space: SearchSpace;
  readonly architecture: Architecture;
  readonly dataset: Dataset;
  readonly settings: TrainerSettings;
  /** Decides initial weights, order of the images and augmentation. */
  readonly seed: string | number;
  /** Leave out the accuracies on validation and test images, which come as NaN. Default false. */
  readonly curvesOnly?: boolean;
  /** Called after each epoch with its number from 1 and its mean loss; gives false to stop there. */
  readonly onEpoch?: (epoch: number, loss: number) => boolean;
}

/**
 * Trains one architecture from scratch and measures it. A loss that is no longer finite ends the training with a failed
 * outcome.
 *
 * @example
 * const settings = trainerOptions.parse({ epochs: 10 });
 * const { validation } = trainArchitecture({ space, architecture, dataset, settings, seed: 1 });
 */
export function trainArchitecture(options: TrainArchitectureOptions): TrainingOutcome {
  const { space, architecture, dataset, settings, seed, curvesOnly = false, onEpoch } = options;
  const started = performance.now();
  const generator = createGenerator(seed);
  checkBatch(dataset, settings);
  const proxies = measureProxies(options, generator.split("proxies"));
  const candidate = buildCandidate(space, architecture, dataset, settings, generator.split("weights"));
  try {
    const losses: number[] = [];
    const trainingAccuracies: number[] = [];
    const trainEpoch = createTraining(candidate, dataset, settings, generator);
    let failure: string | undefined;
    for (let epoch = 1; epoch <= settings.epochs && failure === undefined; epoch++) {
      const { loss, accuracy } = trainEpoch(epoch);
      if (!Number.isFinite(loss)) {
        failure = `the training diverged: the loss was no longer finite in epoch ${epoch}`;
        break;
      }
      losses.push(loss);
      trainingAccuracies.push(accuracy);
      if (onEpoch?.(epoch, loss) === false) break;
    }
    // The last step of all may have broken the weights when its loss was still finite.
    if (failure === undefined && !candidate.network.weights.every(Number.isFinite)) {
      failure = "the training diverged: its weights are no longer finite after the last epoch";
    }
    const unmeasured = failure !== undefined || curvesOnly;
    return {
      losses,
      trainingAccuracies,
      validation: unmeasured ? Number.NaN : accuracyOf(candidate, dataset, dataset.validation),
      test: unmeasured ? Number.NaN : accuracyOf(candidate, dataset, dataset.test),
      flops: candidate.flops,
      params: candidate.params,
      seconds: (performance.now() - started) / 1000,
      proxies,
      ...(failure === undefined ? {} : { failure }),
    };
  } finally {
    candidate.network.close();
  }
}

function imagesPerEpoch({ training }: Dataset, { images }: TrainerSettings): number {
  return images === 0 ? training.count : Math.min(images, training.count);
}

/** Throws AssayError where a step would lack images. */
function checkBatch(dataset: Dataset, settings: TrainerSettings): void {
  const images = imagesPerEpoch(dataset, settings);
  if (images >= settings.batch) return;
  throw new AssayError(
    "bad-option",
    `The trainer cannot fill a batch of ${settings.batch} from ${images} training images.`,
    "Use a smaller batch, or more images.",
  );
}

/** A function that trains one epoch and gives its mean loss (nats) and accuracy (percent). */
function createTraining(candidate: Candidate, dataset: Dataset, settings: TrainerSettings, generator: Generator) {
  const { network, image, logits, targets, loss } = candidate;
  const { batch, epochs, warmup, shift, flip, noise, mixup, smoothing } = settings;
  const { training } = dataset;
  // A last batch that is not full is left out: the order changes, so every image gets its turn.
  const steps = Math.floor(imagesPerEpoch(dataset, settings) / batch);
  const optimiser = createOptimiser(candidate, settings);
  const schedule: Schedule = settings.schedule === "cosine" ? cosineSchedule(settings.rate) : () => settings.rate;
  const writer = createBatchWriter(dataset, training, { shift, flip, noise, mixup, labelSmoothing: smoothing });
  const order = Int32Array.from({ length: training.count }, (_, i) => i);
  const shuffling = generator.split("order");
  const augmenting = generator.split("augmentation");
  let step = 0;
  return (_epoch: number): { loss: number; accuracy: number } => {
    shuffling.shuffle(order);
    let sum = 0;
    let correct = 0;
    for (let first = 0; first < steps * batch; first += batch) {
      writer.write(order.subarray(first, first + batch), network.values(image), network.values(targets), augmenting);
      network.forward(true);
      network.clearGradients();
      network.backward();
      const progress = step / (steps * epochs);
      step++;
      const rate =
        progress < warmup ? settings.rate * (progress / warmup) : schedule((progress - warmup) / (1 - warmup));
      optimiser.step(rate, 1 / batch);
      sum += loss.value();
      correct += countCorrect(network.values(logits), network.values(targets), dataset.classes.length, batch, batch);
    }
    return { loss: sum / (steps * batch), accuracy: (100 * correct) / (steps * batch) };
  };
}

function createOptimiser({ network }: Candidate, { optimiser, decay }: TrainerSettings): Optimiser {
  if (optimiser === "sgd") return gradientDescent(network, { momentum: 0.9, l2: decay });
  return optimiser === "adam" ? adam(network, { l2: decay }) : adam(network, { decay });
}
