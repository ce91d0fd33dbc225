import type { Dataset, ImageSet, Normalisation } from "./contract.js";
import type { RawImages } from "./rawImages.js";

/** Raw images of the three splits. */
export interface RawSplits {
  readonly training: RawImages;
  readonly validation: RawImages;
  readonly test: RawImages;
}

/** The data set of some raw images: every channel gets mean 0 and deviation 1 over the training images. */
export function normalisedDataset(name: string, classes: readonly string[], splits: RawSplits): Dataset {
  const { channels, height, width } = splits.training;
  const normalisation = measure(splits.training);
  const normalised = (images: RawImages): ImageSet => ({
    count: images.count,
    pixels: apply(images, normalisation),
    labels: images.labels,
  });
  return {
    name,
    channels,
    height,
    width,
    classes,
    training: normalised(splits.training),
    validation: normalised(splits.validation),
    test: normalised(splits.test),
    normalisation,
  };
}

function measure({ count, channels, height, width, pixels }: RawImages): Normalisation {
  const plane = height * width;
  const mean = new Float64Array(channels);
  const deviation = new Float64Array(channels);
  for (let channel = 0; channel < channels; channel++) {
    let sum = 0;
    forEachPlane(count, channels, plane, channel, (start) => {
      for (let i = start; i < start + plane; i++) sum += pixels[i];
    });
    const average = sum / (count * plane);
    let squares = 0;
    forEachPlane(count, channels, plane, channel, (start) => {
      for (let i = start; i < start + plane; i++) squares += (pixels[i] - average) * (pixels[i] - average);
    });
    mean[channel] = average;
    deviation[channel] = Math.sqrt(squares / (count * plane)) || 1;
  }
  return { mean, deviation };
}

function apply({ count, channels, height, width, pixels }: RawImages, normalisation: Normalisation): Float32Array {
  const plane = height * width;
  const scaled = new Float32Array(pixels.length);
  for (let channel = 0; channel < channels; channel++) {
    const average = normalisation.mean[channel];
    const factor = 1 / normalisation.deviation[channel];
    forEachPlane(count, channels, plane, channel, (start) => {
      for (let i = start; i < start + plane; i++) scaled[i] = (pixels[i] - average) * factor;
    });
  }
  return scaled;
}

function forEachPlane(
  count: number,
  channels: number,
  plane: number,
  channel: number,
  visit: (start: number) => void,
): void {
  for (let image = 0; image < count; image++) visit((image * channels + channel) * plane);
}
