import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { largest } from "../kernels/topK.js";
import type { Dataset, ImageSet } from "./contract.js";
import { datasets, openDataset } from "./index.js";
import { parseDigits } from "./parseDigits.js";

const splits = ({ training, validation, test: reported }: Dataset): ImageSet[] => [training, validation, reported];

function perClass({ labels }: ImageSet, classes = 10): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]++;
  return counts;
}

function spread(counts: readonly number[]): number {
  return Math.max(...counts) - Math.min(...counts);
}

function moments(pixels: Float32Array): { mean: number; deviation: number } {
  const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
  const square = pixels.reduce((sum, value) => sum + (value - mean) ** 2, 0) / pixels.length;
  return { mean, deviation: Math.sqrt(square) };
}

function fingerprint(dataset: Dataset): string {
  const hash = createHash("sha256");
  for (const { pixels, labels } of splits(dataset)) hash.update(pixels).update(labels);
  return hash.digest("hex").slice(0, 16);
}

/** Test accuracy (percent) of a vote of the nearest training images. */
function accuracyOfNeighbours({ training, test: reported }: Dataset, neighbours: number): number {
  const size = 64;
  const distances = new Float64Array(training.count);
  let right = 0;
  for (let image = 0; image < reported.count; image++) {
    for (let other = 0; other < training.count; other++) {
      let sum = 0;
      for (let i = 0; i < size; i++) {
        const difference = reported.pixels[image * size + i] - training.pixels[other * size + i];
        sum -= difference * difference;
      }
      distances[other] = sum;
    }
    const votes = new Array<number>(10).fill(0);
    for (const other of largest(distances, neighbours)) votes[training.labels[other]]++;
    if (votes.indexOf(Math.max(...votes)) === reported.labels[image]) right++;
  }
  return (100 * right) / reported.count;
}

describe("digits", () => {
  test("every digit is in one split, each class in its share, normalised over the training images", async () => {
    const dataset = await openDataset("digits");
    expect(dataset).toMatchObject({ name: "digits", channels: 1, height: 8, width: 8 });
    expect(splits(dataset).map(({ count }) => count)).toEqual([1079, 359, 359]);
    for (const set of splits(dataset)) {
      expect(set.pixels.length).toBe(set.count * 64);
      expect(spread(perClass(set))).toBeLessThan(7);
    }
    const { mean, deviation } = moments(dataset.training.pixels);
    expect(mean).toBeCloseTo(0, 5);
    expect(deviation).toBeCloseTo(1, 5);
    const { normalisation } = dataset;
    const raw = (value: number): number => value * normalisation!.deviation[0] + normalisation!.mean[0];
    const seen = new Set(splits(dataset).flatMap(({ pixels }) => Array.from(pixels, (value) => raw(value).toFixed(3))));
    expect([...seen].map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 17 }, (_, value) => value));
  });

  test("the split follows from its seed; fewer training images leave validation and test as they are", async () => {
    const [first, again, other, few] = await Promise.all(
      ["digits", "digits", "digits:seed=1", "digits:images=100"].map((spec) => openDataset(spec)),
    );
    expect(fingerprint(first)).toBe(fingerprint(again));
    expect(fingerprint(first)).not.toBe(fingerprint(other));
    expect(few.training.count).toBe(100);
    expect(spread(perClass(few.training))).toBeLessThan(2);
    expect(few.test.labels).toEqual(first.test.labels);
    expect(few.validation.labels).toEqual(first.validation.labels);
  });

  test("what cannot be split says so", async () => {
    await expect(openDataset("digits:images=1500")).rejects.toThrow(/has 1079 training images beside/);
    await expect(openDataset("digits:images=5")).rejects.toThrow(/5 are asked for, and 10 are the least/);
    await expect(openDataset("digits:validation=0.7,test=0.7")).rejects.toThrow(/has 0 training images/);
    await expect(openDataset("digts")).rejects.toMatchObject({ hint: 'Did you mean "digits"?' });
    await expect(openDataset("digits:image=3")).rejects.toMatchObject({ hint: 'Did you mean "images"?' });
  });

  test("a damaged file is named with its line", () => {
    const line = `${"3,".repeat(64)}7`;
    expect(parseDigits(`${line}\n${line}\n`, "d.csv").labels).toEqual(Int32Array.of(7, 7));
    for (const bad of ["1,2", line.replace("3", "17"), line.replace(/7$/, "10"), line.replace("3", "x"), `${line},0`]) {
      expect(() => parseDigits(`${line}\n${bad}`, "d.csv")).toThrow(/^d\.csv, line 2: not 64 grey values/);
    }
  });
});

describe("hard-digits", () => {
  test("few digits to train on, many distorted copies to measure with", async () => {
    const dataset = await openDataset("hard-digits");
    expect(splits(dataset).map(({ count }) => count)).toEqual([2400, 2000, 2391]);
    for (const set of splits(dataset)) expect(spread(perClass(set))).toBeLessThan(0.02 * set.count);
    expect(moments(dataset.training.pixels).deviation).toBeCloseTo(1, 5);
    const { labels } = dataset.validation;
    expect(labels.subarray(0, 400)).toEqual(labels.subarray(400, 800));
    // Benchmarks that ship were made with exactly these images.
    expect(fingerprint(dataset)).toMatchInlineSnapshot(`"c01a57a5c0ad9ff3"`);
  });

  test("is much harder than the plain digits for the nearest neighbours, and far from chance", async () => {
    expect(accuracyOfNeighbours(await openDataset("digits"), 9)).toBeCloseTo(97.2, 1);
    expect(accuracyOfNeighbours(await openDataset("hard-digits"), 9)).toBeCloseTo(61.8, 1);
  });

  test("without distortion the copies are the digits", async () => {
    const dataset = await openDataset("hard-digits:shift=0,noise=0,fading=0,copies=2,validationCopies=1,testCopies=1");
    const { pixels, count } = dataset.training;
    expect(count).toBe(1200);
    expect(pixels.subarray(0, 600 * 64)).toEqual(pixels.subarray(600 * 64));
    expect(splits(dataset).reduce((sum, set) => sum + set.count, 0)).toBe(1797 + 600);
  });

  test("more copies leave the earlier ones as they are, up to normalisation", async () => {
    const [few, many] = await Promise.all([openDataset("hard-digits"), openDataset("hard-digits:testCopies=5")]);
    expect(many.test.count).toBe(5 * 797);
    const shorter = { ...many, test: { ...few.test, pixels: many.test.pixels.subarray(0, few.test.pixels.length) } };
    expect(fingerprint(shorter)).toBe(fingerprint(few));
  });

  test("too many digits asked for are refused", async () => {
    await expect(openDataset("hard-digits:images=1400")).rejects.toThrow(/images=1400 and validation=400 leave 0/);
  });
});

test("every data set is registered under its own name and describes its options", () => {
  for (const [name, definition] of Object.entries(datasets)) {
    expect(definition.name).toBe(name);
    expect(definition.options.parse({})).toBeTypeOf("object");
  }
});
