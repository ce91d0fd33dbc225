import { AssayError } from "../errors.js";

/** Images as a file holds them: same layout as `ImageSet`, any unit, 0 is black. */
export interface RawImages {
  readonly count: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly pixels: Uint8Array | Float32Array;
  readonly labels: Int32Array;
}

/** Training images to be split further, test images, and the names of the classes. */
export interface LabelledFiles {
  readonly training: RawImages;
  readonly test: RawImages;
  readonly classes: readonly string[];
}

/** Most pixel values of one data set: 1 GB as 32-bit floats. CIFAR-10 has 184 million. */
const maximumValues = 2 ** 28;

/** Throws AssayError where a data set would be larger than `maximumValues`. */
export function checkSize(origin: string, count: number, valuesPerImage: number): void {
  if (count * valuesPerImage <= maximumValues) return;
  throw new AssayError(
    "dataset-too-large",
    `${origin}: ${count} images of ${valuesPerImage} values are more than ${maximumValues} values.`,
    "Use fewer or smaller images.",
  );
}

/** Copies of the images at these indices, in their order. */
export function takeImages(images: RawImages, indices: Int32Array): RawImages {
  const { channels, height, width, pixels, labels } = images;
  const size = channels * height * width;
  const length = indices.length * size;
  const taken = pixels instanceof Uint8Array ? new Uint8Array(length) : new Float32Array(length);
  for (let i = 0; i < indices.length; i++) {
    taken.set(pixels.subarray(indices[i] * size, (indices[i] + 1) * size), i * size);
  }
  const count = indices.length;
  return { count, channels, height, width, pixels: taken, labels: Int32Array.from(indices, (index) => labels[index]) };
}
