import type { EstimationCode } from "../../benchmark/contract.js";
import { trainerOptions } from "../../evaluator/trainer/options.js";
import { readOptions } from "../../options.js";
import type { Recipe } from "./recipe.js";

/** Losses of so many epochs make a code. */
const CODE_EPOCHS = 3;

/** What a build measured, as far as codes are made of it. */
export interface MeasuredForCodes {
  /** Epochs of a training. */
  readonly epochs: number;
  /** Names of the proxies that have columns. */
  readonly proxies: readonly string[];
  /** Images of the data set to train on. */
  readonly trainingImages: number;
}

/**
 * The estimation codes that a built benchmark offers: losses of the first epochs and scores of untrained networks. Losses are
 * those of one training where they are kept, so that a code costs no more than the beginning of it.
 */
export function estimationCodesOf(recipe: Recipe, measured: MeasuredForCodes): EstimationCode[] {
  const { epochs, proxies, trainingImages } = measured;
  if (epochs === 0) return [];
  const { batch, images } = readOptions("trainer", trainerOptions, recipe.settings);
  const seen = epochs * (images === 0 ? trainingImages : Math.min(images, trainingImages));
  return [
    lossesCode(recipe, epochs),
    ...proxies.map((name): EstimationCode => {
      // SynFlow looks at one made-up image; the others at a batch of training images.
      const looks = name === "synflow" ? 1 : batch;
      return {
        name,
        columns: [name],
        cost: looks / seen,
        description: `Zero-cost proxy ${name} of the untrained network of seed ${recipe.seeds[0]}; counted as ${looks} of the images of a training`,
      };
    }),
  ];
}

function lossesCode({ seeds, losses }: Recipe, epochs: number): EstimationCode {
  const first = Math.min(CODE_EPOCHS, epochs);
  const [seed] = seeds;
  const [prefix, whose, trainings] =
    losses === "mean"
      ? ["train_loss", `mean over ${seeds.length} seeds`, seeds.length]
      : [`train_loss_seed${seed}`, `seed ${seed}`, 1];
  return {
    name: "losses",
    columns: Array.from({ length: first }, (_, epoch) => `${prefix}_epoch${epoch + 1}`),
    cost: (trainings * first) / epochs,
    description: `Training losses of epochs 1 to ${first} of the full trainings (${whose}); a training that ends there`,
  };
}
