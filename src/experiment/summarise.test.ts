import { expect, test } from "vitest";
import { meanAndDeviation, summarise } from "./summarise.js";

test("one run has no spread", () => {
  expect(summarise([73.2])).toEqual({ mean: 73.2, std: 0, ci95: [73.2, 73.2] });
});

test("the interval holds the mean, and equal values give equal intervals", () => {
  const values = [72.1, 73.5, 73.0, 72.9, 73.4];
  const { mean, std, ci95 } = summarise(values);
  expect(mean).toBeCloseTo(72.98, 10);
  expect(std).toBeCloseTo(0.5541, 4);
  expect(ci95[0]!).toBeGreaterThan(72.1);
  expect(ci95[0]!).toBeLessThan(mean!);
  expect(ci95[1]!).toBeGreaterThan(mean!);
  expect(ci95[1]!).toBeLessThan(73.5);
  expect(summarise(values)).toEqual(summarise(values));
});

test("where nothing was measured there is no number", () => {
  expect(summarise([Number.NaN, 1])).toEqual({ mean: null, std: null, ci95: [null, null] });
  expect(meanAndDeviation([Number.NaN])).toEqual({ mean: null, std: 0 });
});
