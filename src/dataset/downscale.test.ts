import fc from "fast-check";
import { expect, test } from "vitest";
import { createGenerator } from "../random/index.js";
import { downscale } from "./downscale.js";
import type { RawImages } from "./rawImages.js";
import { stratifiedParts } from "./stratifiedParts.js";

function rawOf(count: number, channels: number, height: number, width: number): RawImages {
  const pixels = Uint8Array.from({ length: count * channels * height * width }, (_, i) => (i * 37 + (i >> 3)) & 255);
  return { count, channels, height, width, pixels, labels: new Int32Array(count) };
}

test("average pooling where sides divide", () => {
  const images = rawOf(1, 2, 4, 4);
  const { pixels, height, width } = downscale(images, 2);
  expect([height, width, pixels.length]).toEqual([2, 2, 8]);
  const p = images.pixels;
  expect(pixels[0]).toBeCloseTo((p[0] + p[1] + p[4] + p[5]) / 4, 4);
  expect(pixels[7]).toBeCloseTo((p[26] + p[27] + p[30] + p[31]) / 4, 4);
});

test("parts of pixels where they do not, and the mean of an image is kept", () => {
  const single: RawImages = { ...rawOf(1, 1, 3, 3), pixels: Uint8Array.of(0, 30, 60, 0, 30, 60, 0, 30, 60) };
  expect([...downscale(single, 2).pixels]).toEqual([10, 50, 10, 50]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.nat(), (height, width, number) => {
      const images = rawOf(1, 1, height, width);
      const small = downscale(images, 1 + (number % Math.min(height, width)));
      const mean = (values: Iterable<number>): number => {
        const all = [...values];
        return all.reduce((sum, value) => sum + value, 0) / all.length;
      };
      expect(mean(small.pixels)).toBeCloseTo(mean(images.pixels), 3);
    }),
  );
});

test("stratified parts are disjoint, of the asked size, in the shares of the classes", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 80 }),
      fc.nat(),
      fc.nat(),
      fc.integer(),
      (list, first, second, seed) => {
        const labels = Int32Array.from(list);
        const counts = [first % (labels.length + 1)];
        counts.push(second % (labels.length - counts[0] + 1));
        const parts = stratifiedParts(labels, 4, counts, createGenerator(seed));
        expect(parts.map(({ length }) => length)).toEqual(counts);
        const all = parts.flatMap((part) => [...part]);
        expect(new Set(all).size).toBe(all.length);
        for (let label = 0; label < 4; label++) {
          const total = list.filter((value) => value === label).length;
          const share = parts[0].filter((index) => labels[index] === label).length;
          expect(Math.abs(share - (counts[0] * total) / labels.length)).toBeLessThan(1);
        }
        expect(stratifiedParts(labels, 4, [counts[0]], createGenerator(seed))[0]).toEqual(parts[0]);
      },
    ),
  );
  expect(() => stratifiedParts(Int32Array.of(0), 1, [2], createGenerator(1))).toThrow(RangeError);
});
