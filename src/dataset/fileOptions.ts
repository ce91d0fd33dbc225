import { z } from "zod";
import { AssayError } from "../errors.js";
import { createGenerator } from "../random/index.js";
import type { Dataset } from "./contract.js";
import { downscale } from "./downscale.js";
import { normalisedDataset } from "./normalise.js";
import { type LabelledFiles, type RawImages, takeImages } from "./rawImages.js";
import { stratifiedParts } from "./stratifiedParts.js";

/** Options that all data sets made of files share. */
export const fileOptions = {
  folder: z.string().default("").describe("Folder with the files"),
  validation: z
    .number()
    .min(0.001)
    .max(0.9)
    .default(0.1)
    .describe("Share of the training files that is kept for validation, the same share of each class"),
  images: z.int().min(0).default(0).describe("Training images used, the same share of each class; 0 for all"),
  size: z.int().min(0).max(512).default(0).describe("Side that images are averaged down to; 0 leaves them"),
  seed: z.int().default(0).describe("Seed of the split, apart from the seed of a training"),
};

/** The part of the options that splits. */
export interface SplitOptions {
  readonly validation: number;
  readonly images: number;
  readonly seed: number;
}

/** Which training files train and which validate; which validate does not depend on how many train. */
export function splitTraining(
  dataset: string,
  labels: Int32Array,
  classes: number,
  { validation, images, seed }: SplitOptions,
): { training: Int32Array; validation: Int32Array } {
  const kept = Math.max(1, Math.round(labels.length * validation));
  const rest = labels.length - kept;
  if (rest < 1 || images > rest) {
    const wanted = images > rest ? `; images=${images} are asked for` : "";
    throw new AssayError(
      "bad-option",
      `The data set ${dataset} has ${Math.max(0, rest)} training images beside ${kept} for validation${wanted}.`,
      "Lower images or validation.",
    );
  }
  if (images > 0 && images < classes) {
    throw new AssayError(
      "bad-option",
      `images=${images} is fewer than the ${classes} classes of ${dataset}.`,
      `Use at least one image of each class: images=${classes}.`,
    );
  }
  const generator = createGenerator(seed).split(dataset);
  const [chosen, learnt] = stratifiedParts(labels, classes, [kept, images === 0 ? rest : images], generator);
  return { training: learnt, validation: chosen };
}

/** Splits, scales and normalises what was read from files. */
export function datasetFromFiles(
  name: string,
  { training, test, classes }: LabelledFiles,
  options: SplitOptions & { readonly size: number },
): Dataset {
  const parts = splitTraining(name, training.labels, classes.length, options);
  const scaled = (images: RawImages): RawImages => shrink(name, images, options.size);
  return normalisedDataset(name, classes, {
    training: scaled(takeImages(training, parts.training)),
    validation: scaled(takeImages(training, parts.validation)),
    test: scaled(test),
  });
}

/** Averages images down where a side is asked for. Throws AssayError where they are smaller. */
export function shrink(name: string, images: RawImages, side: number): RawImages {
  if (side === 0) return images;
  if (side <= images.height && side <= images.width) return downscale(images, side);
  throw new AssayError(
    "bad-option",
    `Images of ${name} are ${images.width} x ${images.height}, smaller than size=${side}.`,
    "Images can be averaged down only: give a smaller size, or none.",
  );
}
