import { z } from "zod";
import { createMatrix } from "../../kernels/matrix.js";
import type { WorkerPool } from "../../kernels/pool.js";
import { defineOptions, type OptionValues, readOptions } from "../../options.js";
import { createGenerator } from "../../random/index.js";
import type { Catalogue } from "../../space/catalogue.js";
import { parseSpec, type Spec } from "../../spec.js";
import type { EstimationSource } from "../../strategy/contract.js";
import { type TrainingInput, type TrainingOutcome, trainingTask } from "./contract.js";
import { type TrainerSettings, trainerOptions } from "./options.js";
import { requireTrainable } from "./trainable.js";
import { trainedForm } from "./trainedForm.js";

/** Options of the code `losses` of live searches. */
export const trainerEstimationOptions = defineOptions({
  epochs: z.int().min(1).max(1000).default(3).describe("Epochs of the short training, and numbers of the code"),
  share: z
    .number()
    .min(0)
    .max(1)
    .default(0.25)
    .describe("Share of the training images that each epoch sees; one batch at least"),
});

/** Options of `createTrainerEstimation`. */
export interface TrainerEstimationOptions {
  readonly catalogue: Catalogue;
  /** Threads that train; its tasks must hold `train-architecture`, as those of `openThreads` do. */
  readonly pool: WorkerPool;
  /** Spec of the data set. */
  readonly dataset: string;
  /** How many training images it has. */
  readonly trainingImages: number;
  /** Options of the trainer for a full training; its defaults where absent. */
  readonly settings?: OptionValues;
  /** Spec of the search space, where it has options; default: the name of the space that is searched. */
  readonly space?: string | Spec;
  /** Seed of the search. */
  readonly seed: number | string;
  /** `epochs` and `share` of the short training; defaults where absent. */
  readonly code?: OptionValues;
}

/**
 * Estimation codes of a live search: the training losses (nats) of each epoch of a short training on some of the training images,
 * with settings as in a full training otherwise. The cost is the share of the image steps of a full training. A code depends on
 * the seed and on what the architecture computes, not on when it is asked for; it is a row of NaN where the short training
 * diverges. Throws AssayError where the trainer cannot build networks of the space, or an option is wrong.
 *
 * @example
 * const estimation = createTrainerEstimation({ catalogue, pool, dataset: "hard-digits", trainingImages: 400, seed: 1 });
 * const codes = await estimation.of([17, 4]); // 2 rows, 3 columns
 */
export function createTrainerEstimation(options: TrainerEstimationOptions): EstimationSource {
  const { catalogue, pool, dataset, trainingImages, settings = {}, seed, code = {} } = options;
  const { space } = catalogue;
  requireTrainable(space.name);
  const full = readOptions("trainer", trainerOptions, settings);
  const { epochs, share } = readOptions("losses", trainerEstimationOptions, code);
  const given = typeof options.space === "string" ? parseSpec(options.space) : options.space;
  const images = imagesOf(full, trainingImages);
  const some = Math.min(images, Math.max(full.batch, Math.round(share * images)));
  const seeds = createGenerator(seed).split("estimation");
  const short: OptionValues = { ...settings, epochs, images: some, proxies: "" };

  async function lossesOf(id: number): Promise<readonly number[]> {
    const architecture = trainedForm(space, catalogue.at(id));
    const { losses } = await pool.run<TrainingInput, TrainingOutcome>(trainingTask, {
      space: given ?? { name: space.name, options: {} },
      architecture,
      dataset,
      settings: short,
      seed: seeds.seedOf(space.format(architecture)),
      curvesOnly: true,
    });
    return losses.length === epochs ? losses : new Array<number>(epochs).fill(Number.NaN);
  }

  return {
    name: "losses",
    length: epochs,
    cost: (epochs * stepsOf(some, full.batch)) / (full.epochs * stepsOf(images, full.batch)),
    async of(architectures) {
      const codes = await Promise.all(Array.from(architectures, lossesOf));
      const matrix = createMatrix(codes.length, epochs);
      for (const [row, losses] of codes.entries()) matrix.data.set(losses, row * epochs);
      return matrix;
    },
  };
}

function imagesOf({ images }: TrainerSettings, all: number): number {
  return images === 0 ? all : Math.min(images, all);
}

/** Steps of an epoch; data sets below one batch cannot be trained on anyway. */
function stepsOf(images: number, batch: number): number {
  return Math.max(1, Math.floor(images / batch));
}
