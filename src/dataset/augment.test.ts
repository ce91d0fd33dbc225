import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createGenerator } from "../random/index.js";
import { type Augmentation, augmentationOptions, createBatchWriter } from "./augment.js";
import type { Dataset, ImageSet } from "./contract.js";
import { drawShare } from "./mixup.js";

const classes = ["a", "b", "c"];

function setOf(count: number, size: number, seed = 1): ImageSet {
  const generator = createGenerator(seed);
  return {
    count,
    pixels: Float32Array.from({ length: count * size }, () => generator.normal()),
    labels: Int32Array.from({ length: count }, (_, i) => i % classes.length),
  };
}

function datasetOf(channels: number, height: number, width: number, count = 9): Dataset {
  const set = setOf(count, channels * height * width);
  return { name: "made", channels, height, width, classes, training: set, validation: set, test: set };
}

function writeBatch(dataset: Dataset, indices: readonly number[], augmentation: Augmentation = {}, seed = 1) {
  const writer = createBatchWriter(dataset, dataset.training, augmentation);
  const pixels = new Float32Array(writer.imageSize * indices.length).fill(Number.NaN);
  const targets = new Float32Array(classes.length * indices.length).fill(Number.NaN);
  writer.write(Int32Array.from(indices), pixels, targets, createGenerator(seed));
  return { pixels, targets };
}

/** Values of one sample of a batch. */
function sampleOf(batch: Float32Array, sample: number, count: number): number[] {
  return Array.from({ length: batch.length / count }, (_, i) => batch[i * count + sample]);
}

describe("without augmentation", () => {
  test("a batch is the images, samples innermost", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.integer({ min: -1, max: 8 }), { minLength: 1, maxLength: 12 }),
        (channels, height, width, indices) => {
          const dataset = datasetOf(channels, height, width);
          const size = channels * height * width;
          const { pixels, targets } = writeBatch(dataset, indices);
          for (const [sample, index] of indices.entries()) {
            const expected = Array.from({ length: size }, (_, i) =>
              index < 0 ? 0 : dataset.training.pixels[index * size + i],
            );
            expect(sampleOf(pixels, sample, indices.length)).toEqual(expected);
            const label = index < 0 ? -1 : dataset.training.labels[index];
            expect(sampleOf(targets, sample, indices.length)).toEqual(classes.map((_, i) => (i === label ? 1 : 0)));
          }
        },
      ),
    );
  });

  test("buffers that are too small, unknown images and a missing generator are faults", () => {
    const dataset = datasetOf(1, 2, 2);
    const { write } = createBatchWriter(dataset, dataset.training);
    expect(() => write(Int32Array.of(0, 1), new Float32Array(7), new Float32Array(6))).toThrow(RangeError);
    expect(() => write(Int32Array.of(0, 1), new Float32Array(8), new Float32Array(5))).toThrow(RangeError);
    expect(() => write(Int32Array.of(9), new Float32Array(4), new Float32Array(3))).toThrow(/image 9 of 9/);
    const changing = createBatchWriter(dataset, dataset.training, { shift: 1 });
    expect(() => changing.write(Int32Array.of(0), new Float32Array(4), new Float32Array(3))).toThrow(TypeError);
  });
});

describe("augmentation", () => {
  const many = Array.from({ length: 400 }, (_, i) => i % 9);

  test("equal generators give equal batches, and the writer's past does not count", () => {
    const dataset = datasetOf(2, 5, 4);
    const all: Augmentation = { shift: 2, flip: true, noise: 0.5, mixup: 0.8, labelSmoothing: 0.1 };
    const first = writeBatch(dataset, many, all);
    const writer = createBatchWriter(dataset, dataset.training, all);
    const pixels = new Float32Array(first.pixels.length);
    const targets = new Float32Array(first.targets.length);
    writer.write(Int32Array.of(1, 2, 3, 4), pixels, targets, createGenerator(7));
    writer.write(Int32Array.from(many), pixels, targets, createGenerator(1));
    expect(pixels).toEqual(first.pixels);
    expect(targets).toEqual(first.targets);
    expect(writeBatch(dataset, many, all, 2).pixels).not.toEqual(first.pixels);
  });

  test.each([false, true])("shifts by every amount, with black coming in (mirrored: %s)", (flip) => {
    const plain = datasetOf(2, 4, 3);
    const normalisation = { mean: Float64Array.of(3, 1), deviation: Float64Array.of(2, 4) };
    const dataset: Dataset = { ...plain, normalisation };
    const black = [-1.5, -0.25];
    const { pixels } = writeBatch(dataset, many, { shift: flip ? 2 : 4, flip });
    const seen = new Set<string>();
    const wanted = (index: number, down: number, right: number, isMirrored: boolean): number[] =>
      Array.from({ length: 24 }, (_, i) => {
        const [channel, row, column] = [Math.floor(i / 12), (Math.floor(i / 3) % 4) - down, (i % 3) - right];
        if (row < 0 || row > 3 || column < 0 || column > 2) return black[channel];
        const from = isMirrored ? 2 - column : column;
        return dataset.training.pixels[index * 24 + channel * 12 + row * 3 + from];
      });
    for (const [sample, index] of many.entries()) {
      const values = sampleOf(pixels, sample, many.length).join();
      const found: string[] = [];
      for (let down = -4; down <= 4; down++) {
        for (let right = -4; right <= 4; right++) {
          for (const isMirrored of flip ? [false, true] : [false]) {
            if (wanted(index, down, right, isMirrored).join() === values) found.push(`${down} ${right} ${isMirrored}`);
          }
        }
      }
      expect(found.length).toBeGreaterThan(0);
      if (found.length === 1) seen.add(found[0]);
    }
    // Shifts by the whole width or height leave nothing to tell them apart.
    expect(seen.size).toBe(flip ? 5 * 5 * 2 : 7 * 5);
  });

  test("noise has the deviation that was asked for and differs between samples", () => {
    const dataset = datasetOf(1, 8, 8);
    const plain = writeBatch(dataset, many).pixels;
    const { pixels } = writeBatch(dataset, many, { noise: 0.5 });
    const noise = pixels.map((value, i) => value - plain[i]);
    const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.sqrt(noise.reduce((sum, value) => sum + value * value, 0) / noise.length)).toBeCloseTo(0.5, 1);
    expect(new Set(noise.subarray(0, 400)).size).toBeGreaterThan(350);
  });

  test("mixup mixes pixels and labels alike, its own image first; padding stays empty", () => {
    const dataset = datasetOf(1, 2, 2);
    const indices = [0, 1, 2, 3, 4, 5, -1, -1];
    const plain = writeBatch(dataset, indices);
    const { pixels, targets } = writeBatch(dataset, indices, { mixup: 1 });
    let share = 0;
    for (let sample = 0; sample < 6; sample++) {
      const values = sampleOf(pixels, sample, 8);
      const own = sampleOf(plain.pixels, sample, 8);
      const mixed = sampleOf(targets, sample, 8);
      const weight = Math.max(...mixed);
      if (weight < 1) share = weight;
      expect(mixed.indexOf(weight)).toBe(dataset.training.labels[sample]);
      expect(weight).toBeGreaterThanOrEqual(0.5);
      expect(mixed.reduce((sum, value) => sum + value)).toBeCloseTo(1, 6);
      const partners = [0, 1, 2, 3, 4, 5].filter((partner) => {
        const other = sampleOf(plain.pixels, partner, 8);
        return values.every((value, i) => Math.abs(value - (share * own[i] + (1 - share) * other[i])) < 1e-5);
      });
      if (share > 0) expect(partners.length).toBe(1);
    }
    expect(share).toBeGreaterThan(0);
    for (const sample of [6, 7]) {
      expect(sampleOf(pixels, sample, 8)).toEqual([0, 0, 0, 0]);
      expect(sampleOf(targets, sample, 8)).toEqual([0, 0, 0]);
    }
  });

  test("shares of mixup follow the Beta distribution, folded at one half", () => {
    const generator = createGenerator(3);
    const mean = (alpha: number): number => {
      let sum = 0;
      for (let i = 0; i < 4000; i++) sum += drawShare(alpha, generator);
      return sum / 4000;
    };
    // max(share, 1 - share) of the uniform distribution has mean 3/4; of Beta(2, 2) it has 11/16.
    expect(mean(1)).toBeCloseTo(0.75, 1);
    expect(Math.abs(mean(1) - 0.75)).toBeLessThan(0.01);
    expect(Math.abs(mean(2) - 0.6875)).toBeLessThan(0.01);
    expect(mean(0.001)).toBeGreaterThan(0.99);
  });

  test("label smoothing spreads its share over all classes", () => {
    const { targets } = writeBatch(datasetOf(1, 1, 1), [1, 2, 0, 1], { labelSmoothing: 0.3 });
    for (const [i, expected] of [0.1, 0.8, 0.1].entries()) expect(sampleOf(targets, 0, 4)[i]).toBeCloseTo(expected, 6);
  });

  test("options have their defaults: none", () => {
    expect(augmentationOptions.parse({})).toEqual({ shift: 0, flip: false, noise: 0, mixup: 0, labelSmoothing: 0 });
  });
});
