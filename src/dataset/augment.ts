import { z } from "zod";
import { defineOptions } from "../options.js";
import type { Generator } from "../random/index.js";
import type { Dataset, ImageSet } from "./contract.js";
import { drawPartners, drawShare, mixRows } from "./mixup.js";
import { createNoise } from "./noise.js";
import { writeTransposed } from "./transpose.js";

/** How the images and labels of a batch are changed each time they are written. */
export const augmentationOptions = defineOptions({
  shift: z.int().min(0).max(32).default(0).describe("Largest shift along each axis, in pixels; what comes in is black"),
  flip: z.boolean().default(false).describe("Mirror half of the images, left to right"),
  noise: z
    .number()
    .min(0)
    .max(10)
    .default(0)
    .describe("Deviation of pixel noise, in deviations of the training pixels"),
  mixup: z.number().min(0).max(4).default(0).describe("Alpha of mixup (Zhang et al., ICLR 2018); 0 for none"),
  labelSmoothing: z.number().min(0).max(0.9).default(0).describe("Share of each label spread over all classes"),
});

/** Options of `createBatchWriter`. */
export type Augmentation = Partial<ReturnType<typeof augmentationOptions.parse>>;

/** Writes batches of one set of images. It keeps buffers, so each thread needs its own. */
export interface BatchWriter {
  /** Values of one image: channels x height x width. */
  readonly imageSize: number;
  /**
   * Writes the images with these indices, changed as the options say.
   *
   * @param indices one for each of the N samples; -1 for none, whose pixels and targets become zeros
   * @param pixels imageSize x N values: value (channel, row, column) of sample n at ((channel * height + row) * width + column) * N + n
   * @param targets classes x N soft labels: class c of sample n at c * N + n
   * @param generator the only source of randomness; not needed without augmentation
   */
  write(indices: Int32Array, pixels: Float32Array, targets: Float32Array, generator?: Generator): void;
}

/**
 * Assembles batches with the samples innermost, as the kernels of the trainer read them. Without augmentation this is a
 * transposing copy; nothing is allocated unless a batch is larger than all before it.
 *
 * @example
 * const { imageSize, write } = createBatchWriter(dataset, dataset.training, { shift: 2, flip: true });
 * const pixels = new Float32Array(imageSize * 32);
 * const targets = new Float32Array(dataset.classes.length * 32);
 * write(order.subarray(0, 32), pixels, targets, generator);
 */
export function createBatchWriter(dataset: Dataset, set: ImageSet, augmentation: Augmentation = {}): BatchWriter {
  const { channels, height, width } = dataset;
  const { shift = 0, flip = false, noise = 0, mixup = 0, labelSmoothing = 0 } = augmentation;
  const classes = dataset.classes.length;
  const plane = height * width;
  const imageSize = channels * plane;
  const isChanged = shift > 0 || flip || noise > 0;
  const black = blackLevels(dataset);
  const addNoise = noise > 0 ? createNoise(imageSize) : undefined;
  const off = labelSmoothing / classes;
  const on = 1 - labelSmoothing + off;

  let capacity = 0;
  let starts = new Int32Array(0);
  let partners = new Int32Array(0);
  let row = new Float32Array(0);
  let changed = new Float32Array(0);

  function grow(count: number): void {
    capacity = count;
    starts = new Int32Array(count);
    if (isChanged) changed = new Float32Array(count * imageSize);
    if (mixup === 0) return;
    partners = new Int32Array(count);
    row = new Float32Array(count);
  }

  /** Copies one image, shifted and mirrored. */
  function move(image: number, offset: number, down: number, right: number, isMirrored: boolean): void {
    const source = set.pixels;
    const step = isMirrored ? -1 : 1;
    const left = Math.max(0, right);
    const end = Math.min(width, width + right);
    for (let channel = 0; channel < channels; channel++) {
      const from = (image * channels + channel) * plane;
      const fill = black[channel];
      for (let line = 0; line < height; line++) {
        const place = offset + channel * plane + line * width;
        const sourceLine = line - down;
        if (sourceLine < 0 || sourceLine >= height || left >= end) {
          for (let column = 0; column < width; column++) changed[place + column] = fill;
          continue;
        }
        for (let column = 0; column < left; column++) changed[place + column] = fill;
        let at = from + sourceLine * width + (isMirrored ? width - 1 - (left - right) : left - right);
        for (let column = left; column < end; column++, at += step) changed[place + column] = source[at];
        for (let column = end; column < width; column++) changed[place + column] = fill;
      }
    }
  }

  function change(image: number, offset: number, generator: Generator): void {
    const down = shift > 0 ? generator.integer(2 * shift + 1) - shift : 0;
    const right = shift > 0 ? generator.integer(2 * shift + 1) - shift : 0;
    move(image, offset, down, right, flip && generator.integer(2) === 1);
    addNoise?.(changed, offset, noise, generator);
  }

  return {
    imageSize,
    write(indices, pixels, targets, generator) {
      const count = indices.length;
      if (pixels.length < imageSize * count || targets.length < classes * count) {
        throw new RangeError(`a batch of ${count} needs ${imageSize * count} pixels and ${classes * count} targets`);
      }
      if ((isChanged || mixup > 0) && generator === undefined) throw new TypeError("augmentation needs a generator");
      if (count > capacity) grow(count);
      targets.fill(0, 0, classes * count);
      let real = 0;
      for (let n = 0; n < count; n++) {
        const image = indices[n];
        starts[n] = image < 0 ? -1 : isChanged ? n * imageSize : image * imageSize;
        if (image < 0) continue;
        if (image >= set.count) throw new RangeError(`image ${image} of ${set.count}`);
        real = n + 1;
        if (isChanged) change(image, n * imageSize, generator!);
        if (off > 0) for (let label = 0; label < classes; label++) targets[label * count + n] = off;
        targets[set.labels[image] * count + n] = on;
      }
      writeTransposed(isChanged ? changed : set.pixels, starts, count, imageSize, pixels);
      if (mixup === 0) return;
      const share = drawShare(mixup, generator!);
      for (let n = 0; n < count; n++) partners[n] = n;
      drawPartners(partners, real, generator!);
      mixRows(pixels, imageSize, count, partners, share, row);
      mixRows(targets, classes, count, partners, share, row);
    },
  };
}

/** What black is after normalisation, for each channel. */
function blackLevels({ channels, normalisation }: Dataset): Float32Array {
  return Float32Array.from({ length: channels }, (_, channel) =>
    normalisation === undefined ? 0 : -normalisation.mean[channel] / normalisation.deviation[channel],
  );
}
