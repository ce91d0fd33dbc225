import { createGenerator, type Generator } from "../random/index.js";

/**
 * Makes a function that adds normal noise to `size` values. Drawing a normal number for each pixel would cost more than the rest of
 * the batch, so a table is drawn once, always the same, and every image reads it from a random place with a random sign.
 */
export function createNoise(
  size: number,
): (values: Float32Array, offset: number, deviation: number, generator: Generator) => void {
  const generator = createGenerator("noise of batches");
  const places = 1 << 16;
  const table = Float32Array.from({ length: places + size }, () => generator.normal());
  return (values, offset, deviation, dice) => {
    const start = dice.integer(2 * places);
    const from = start >> 1;
    const factor = start & 1 ? deviation : -deviation;
    for (let i = 0; i < size; i++) values[offset + i] += factor * table[from + i];
  };
}
