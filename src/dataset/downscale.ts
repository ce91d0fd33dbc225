import type { RawImages } from "./rawImages.js";

/**
 * Averages images down to `side` x `side` pixels: each new pixel is the mean of the area that it covers, where old pixels count
 * by their part within it.
 *
 * @param side at most the height and the width
 */
export function downscale(images: RawImages, side: number): RawImages {
  const { count, channels, height, width } = images;
  if (side === height && side === width) return images;
  const rows = cover(height, side);
  const columns = cover(width, side);
  const pixels = new Float32Array(count * channels * side * side);
  const narrow = new Float64Array(height * side);
  for (let plane = 0; plane < count * channels; plane++) {
    for (let row = 0; row < height; row++) {
      const start = (plane * height + row) * width;
      for (let column = 0; column < side; column++) {
        const { first, weights } = columns[column];
        let sum = 0;
        for (let i = 0; i < weights.length; i++) sum += weights[i] * images.pixels[start + first + i];
        narrow[row * side + column] = sum;
      }
    }
    for (let row = 0; row < side; row++) {
      const { first, weights } = rows[row];
      for (let column = 0; column < side; column++) {
        let sum = 0;
        for (let i = 0; i < weights.length; i++) sum += weights[i] * narrow[(first + i) * side + column];
        pixels[(plane * side + row) * side + column] = sum;
      }
    }
  }
  return { ...images, height: side, width: side, pixels };
}

interface Cover {
  readonly first: number;
  readonly weights: Float64Array;
}

/** Which old pixels each new one covers, and their shares of it. */
function cover(length: number, side: number): Cover[] {
  return Array.from({ length: side }, (_, index) => {
    // In units of 1/side of an old pixel everything is a whole number.
    const from = index * length;
    const to = from + length;
    const first = Math.floor(from / side);
    const last = Math.ceil(to / side);
    const weights = Float64Array.from({ length: last - first }, (__, i) => {
      const start = (first + i) * side;
      return (Math.min(to, start + side) - Math.max(from, start)) / length;
    });
    return { first, weights };
  });
}
