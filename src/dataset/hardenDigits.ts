import { z } from "zod";
import { AssayError } from "../errors.js";
import { defineOptions } from "../options.js";
import { createGenerator } from "../random/index.js";
import type { Dataset } from "./contract.js";
import { distort } from "./distort.js";
import { normalisedDataset } from "./normalise.js";
import { digitClasses } from "./parseDigits.js";
import { type RawImages, takeImages } from "./rawImages.js";
import { stratifiedParts } from "./stratifiedParts.js";

const WHITE = 16;

/** Options of the data set `hard-digits`. */
export const hardDigitsOptions = defineOptions({
  images: z.int().min(10).max(1500).default(600).describe("Digits to train on"),
  copies: z.int().min(1).max(100).default(4).describe("Distorted copies of each training digit"),
  validation: z.int().min(10).max(1500).default(400).describe("Digits for validation; what is left is for the test"),
  validationCopies: z.int().min(1).max(100).default(5).describe("Distorted copies of each validation digit"),
  testCopies: z.int().min(1).max(100).default(3).describe("Distorted copies of each test digit"),
  shift: z.int().min(0).max(7).default(2).describe("Largest shift along each axis, in pixels"),
  noise: z.number().min(0).max(2).default(0.2).describe("Deviation of the pixel noise, as a share of white"),
  fading: z.number().min(0).max(1).default(0.5).describe("Strokes fade by a random factor from 1 - fading to 1"),
  seed: z.int().default(0).describe("Seed of split and distortions, apart from the seed of a training"),
});

/**
 * The digits made deliberately hard: few digits to train on, and shifted, faded and noisy copies of all. The copies are made once,
 * so every training sees the same images and needs no augmentation of its own; several copies of the validation and test
 * digits give accuracies a fine grain.
 */
export function hardenDigits(digits: RawImages, options: ReturnType<typeof hardDigitsOptions.parse>): Dataset {
  const { images, copies, validation, validationCopies, testCopies, shift, noise, fading, seed } = options;
  const rest = digits.count - images - validation;
  if (rest < digitClasses.length) {
    throw new AssayError(
      "bad-option",
      `The data set hard-digits has ${digits.count} digits: images=${images} and validation=${validation} leave ${Math.max(0, rest)} for the test.`,
      `Lower images or validation so that at least ${digitClasses.length} are left.`,
    );
  }
  const generator = createGenerator(seed).split("hard-digits");
  const parts = stratifiedParts(
    digits.labels,
    digitClasses.length,
    [validation, images, rest],
    generator.split("split"),
  ).map((indices) => takeImages(digits, indices));
  const hardened = (part: RawImages, count: number, name: string): RawImages =>
    distort(part, count, { shift, noise, fading, white: WHITE }, generator.split(name));
  return normalisedDataset("hard-digits", digitClasses, {
    training: hardened(parts[1], copies, "training"),
    validation: hardened(parts[0], validationCopies, "validation"),
    test: hardened(parts[2], testCopies, "test"),
  });
}
