import type { Generator } from "../random/index.js";
import type { RawImages } from "./rawImages.js";

/** How images are made harder. */
export interface Distortion {
  /** Largest shift along each axis, in pixels; what comes in is black. */
  readonly shift: number;
  /** Standard deviation of the noise of each pixel, as a share of `white`. */
  readonly noise: number;
  /** Strokes fade by a factor from [1 - fading, 1]. */
  readonly fading: number;
  /** The raw value of white. */
  readonly white: number;
}

/**
 * Distorted copies of some images: image `i` of copy `c` is at `c * count + i`. What a copy looks like depends on the generator's
 * seed, the copy and the image only, so more copies leave the earlier ones as they are.
 */
export function distort(images: RawImages, copies: number, distortion: Distortion, generator: Generator): RawImages {
  const { count, channels, height, width } = images;
  const size = channels * height * width;
  const pixels = new Float32Array(copies * count * size);
  const labels = new Int32Array(copies * count);
  for (let copy = 0; copy < copies; copy++) {
    const dice = generator.split(copy);
    for (let image = 0; image < count; image++) {
      const place = copy * count + image;
      labels[place] = images.labels[image];
      distortOne(images, image, pixels, place * size, distortion, dice.split(image));
    }
  }
  return { count: copies * count, channels, height, width, pixels, labels };
}

function distortOne(
  images: RawImages,
  image: number,
  target: Float32Array,
  offset: number,
  { shift, noise, fading, white }: Distortion,
  dice: Generator,
): void {
  const { channels, height, width, pixels } = images;
  const down = dice.integer(2 * shift + 1) - shift;
  const right = dice.integer(2 * shift + 1) - shift;
  const strength = 1 - fading * dice.uniform();
  let place = offset;
  for (let channel = 0; channel < channels; channel++) {
    const start = (image * channels + channel) * height * width;
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const fromRow = row - down;
        const fromColumn = column - right;
        const inside = fromRow >= 0 && fromRow < height && fromColumn >= 0 && fromColumn < width;
        const value = inside ? pixels[start + fromRow * width + fromColumn] : 0;
        target[place++] = strength * value + noise * white * dice.normal();
      }
    }
  }
}
