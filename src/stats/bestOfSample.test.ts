import fc from "fast-check";
import { expect, test } from "vitest";
import { createBestOfSample } from "./bestOfSample.js";
import { createWeightedSummary } from "./weightedSummary.js";

/** Every sample of a size, and who is the largest of it; ties share. */
function countByHand(values: readonly number[], size: number): number[] {
  const chances = values.map(() => 0);
  let samples = 0;
  for (let mask = 0; mask < 1 << values.length; mask++) {
    const rows = values.map((_, row) => row).filter((row) => (mask >> row) & 1);
    if (rows.length !== size || rows.some((row) => Number.isNaN(values[row]))) continue;
    samples++;
    const largest = Math.max(...rows.map((row) => values[row]));
    const tied = values.map((_, row) => row).filter((row) => values[row] === largest);
    for (const row of tied) chances[row] += 1 / tied.length;
  }
  return chances.map((chance) => chance / samples);
}

test("the chances are those of counting every sample", () => {
  const value = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 5 }) }, fc.constant(Number.NaN));
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 8 }), (values, size) => {
      const known = values.filter((one) => !Number.isNaN(one)).length;
      fc.pre(known >= 1);
      const chances = createBestOfSample(Float64Array.from(values))(size);
      const expected = countByHand(values, Math.min(size, known));
      for (const [row, chance] of chances.entries()) expect(chance).toBeCloseTo(expected[row], 12);
    }),
  );
});

test("chances of a large table sum to one", () => {
  const values = Float64Array.from({ length: 15_625 }, (_, row) => (row * 7919) % 4001);
  const best = createBestOfSample(values);
  for (const count of [1, 60, 3000, 15_625, 20_000]) {
    expect(best(count).reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 9);
  }
  expect(() => best(0)).toThrow(RangeError);
});

test("the larger of two of four numbers", () => {
  const values = Float64Array.of(1, 2, 3, 4);
  const { mean, low, high } = createWeightedSummary(values)(createBestOfSample(values)(2));
  expect(mean).toBeCloseTo((2 * 1 + 3 * 2 + 4 * 3) / 6, 12);
  expect([low, high]).toEqual([2, 4]);
});

test("nothing with weight has no summary", () => {
  const empty = { mean: Number.NaN, low: Number.NaN, high: Number.NaN };
  expect(createWeightedSummary(Float64Array.of(Number.NaN))(Float64Array.of(1))).toEqual(empty);
  expect(createWeightedSummary(Float64Array.of(1))(Float64Array.of(0))).toEqual(empty);
});
