import { z } from "zod";
import { AssayError } from "../errors.js";
import { defineOptions } from "../options.js";
import { createGenerator } from "../random/index.js";
import type { Dataset } from "./contract.js";
import { normalisedDataset } from "./normalise.js";
import { digitClasses } from "./parseDigits.js";
import { type RawImages, takeImages } from "./rawImages.js";
import { stratifiedParts } from "./stratifiedParts.js";

/** Options of the data set `digits`. */
export const digitsOptions = defineOptions({
  images: z.int().min(0).default(0).describe("Training images used, the same share of each class; 0 for all"),
  validation: z.number().min(0.01).max(0.8).default(0.2).describe("Share of all images that is kept for validation"),
  test: z.number().min(0.01).max(0.8).default(0.2).describe("Share of all images that is kept for the test"),
  seed: z.int().default(0).describe("Seed of the split, apart from the seed of a training"),
});

/** Splits the digits into training, validation and test images, the same share of each class in each. */
export function splitDigits(digits: RawImages, options: ReturnType<typeof digitsOptions.parse>): Dataset {
  const { images, validation, test, seed } = options;
  const counts = [Math.round(digits.count * validation), Math.round(digits.count * test)];
  const rest = digits.count - counts[0] - counts[1];
  const wanted = images === 0 ? rest : images;
  if (wanted > rest || wanted < digitClasses.length) {
    throw new AssayError(
      "bad-option",
      `The data set digits has ${Math.max(0, rest)} training images beside validation=${validation} and test=${test}; ${Math.max(0, wanted)} are asked for, and ${digitClasses.length} are the least.`,
      "Lower validation or test, or change images.",
    );
  }
  const generator = createGenerator(seed).split("digits");
  const [kept, reported, learnt] = stratifiedParts(
    digits.labels,
    digitClasses.length,
    [...counts, wanted],
    generator,
  ).map((indices) => takeImages(digits, indices));
  return normalisedDataset("digits", digitClasses, { training: learnt, validation: kept, test: reported });
}
