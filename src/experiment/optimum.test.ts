import fc from "fast-check";
import { expect, test } from "vitest";
import { largestValue, queriesToOptimum, summariseOptimum } from "./optimum.js";

test("every architecture tied at the best value counts", () => {
  const values = Float64Array.of(94.373333, 90, 94.373333, Number.NaN);
  expect(largestValue(values)).toBe(94.373333);
  expect(queriesToOptimum([1, 2, 0], values)).toBe(2);
  expect(queriesToOptimum([1, 0, 2], values)).toBe(2);
  expect(queriesToOptimum([1, 3], values)).toBeUndefined();
  expect(queriesToOptimum([], values)).toBeUndefined();
});

test("a tie that differs by rounding only is a tie; the next value of a table is not", () => {
  const third = 281.52 / 3;
  expect(queriesToOptimum([0], Float64Array.of(third, third * (1 + 2e-16)))).toBe(1);
  expect(queriesToOptimum([0], Float64Array.of(94.37, 94.373333))).toBeUndefined();
});

test("runs that did not find the optimum count with the budget", () => {
  expect(summariseOptimum([50, undefined, 70], 150)).toEqual({ cappedMean: 90, median: 70, foundShare: 2 / 3 });
  expect(summariseOptimum([undefined, undefined], 150)).toEqual({ cappedMean: 150, median: 150, foundShare: 0 });
  expect(summariseOptimum([10, 20, undefined, undefined], 100)).toEqual({
    cappedMean: 57.5,
    median: 60,
    foundShare: 0.5,
  });
});

test("the query found is the first with the best value", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 40 }), (list) => {
      const values = Float64Array.from(list);
      const order = list.map((_, i) => i);
      expect(queriesToOptimum(order, values)).toBe(list.indexOf(Math.max(...list)) + 1);
    }),
  );
});
