import { expect, test } from "vitest";
import { createGenerator } from "../../random/index.js";
import { probabilityBest } from "./probabilityBest.js";

/** The same draws for every question. */
const probability = (mean: Float64Array, covariance: Float64Array, which: number): number =>
  probabilityBest(mean, covariance, which, createGenerator(1));

test("agrees with the known answer for two", () => {
  // The difference of two normals is normal: 1 apart, variance 1 + 0.5 - 2 * 0.25 = 1. The distribution function at 1 is 0.8413.
  const mean = Float64Array.of(1, 0);
  const covariance = Float64Array.of(1, 0.25, 0.25, 0.5);
  const first = probability(mean, covariance, 0);
  expect(Math.abs(first - 0.8413)).toBeLessThan(0.03);
  expect(probability(mean, covariance, 1)).toBeCloseTo(1 - first, 9);
});

test("is sure where two go up and down together, though neither is known", () => {
  expect(probability(Float64Array.of(0, 0.1), Float64Array.of(4, 4, 4, 4), 1)).toBeGreaterThan(0.99);
});

test("shares what is left among equals, and adds up to 1", () => {
  const mean = new Float64Array(4);
  const covariance = Float64Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? 0.3 : 0));
  const shares = [0, 1, 2, 3].map((which) => probability(mean, covariance, which));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  for (const share of shares) expect(Math.abs(share - 0.25)).toBeLessThan(0.04);
});

test("is 1 for one, and for the best of what is known for certain", () => {
  expect(probability(Float64Array.of(3), Float64Array.of(2), 0)).toBe(1);
  expect(probability(Float64Array.of(3, 2), new Float64Array(4), 0)).toBe(1);
});
