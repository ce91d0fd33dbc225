import fc from "fast-check";
import { expect, test } from "vitest";
import { traceCurve, traceSteps, valueAt } from "./curve.js";

test("the two rules differ where the best label is not the best test value", () => {
  const labels = Float64Array.of(1, 3, 2, 4);
  const test = Float64Array.of(10, 20, 50, 40);
  expect(traceCurve([0, 1, 2, 3], labels, test, [1, 2, 3, 4])).toEqual({
    queries: [1, 2, 3, 4],
    bestLabel: [1, 3, 3, 4],
    testOfBestLabel: [10, 20, 20, 40],
    bestTest: [10, 20, 50, 50],
  });
});

test("the earliest of equal labels stays, a missing label is a query that found nothing", () => {
  const labels = Float64Array.of(Number.NaN, 5, 5);
  const test = Float64Array.of(30, 10, 20);
  const curve = traceCurve([0, 1, 2], labels, test, [1, 3]);
  expect(curve.bestLabel).toEqual([Number.NaN, 5]);
  expect(curve.testOfBestLabel).toEqual([Number.NaN, 10]);
  expect(curve.bestTest).toEqual([30, 30]);
});

test("steps are the curve at every query", () => {
  const value = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(Number.NaN));
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { maxLength: 25 }), (rows) => {
      const labels = Float64Array.from(rows, ([label]) => label);
      const tests = Float64Array.from(rows, ([, measured]) => measured);
      const order = rows.map((_, row) => row);
      const steps = traceSteps(order, labels, tests);
      const everyQuery = rows.map((_, row) => row + 1);
      const curve = traceCurve(order, labels, tests, everyQuery);
      for (const rule of ["bestLabel", "testOfBestLabel", "bestTest"] as const) {
        expect(steps[rule].values.every((each, i, all) => i === 0 || each !== all[i - 1])).toBe(true);
        // A test value may be missing later on, where labels decide; the steps then keep what was known.
        const known = curve[rule].map(
          (each, i, all) => all.slice(0, i + 1).findLast((one) => !Number.isNaN(one)) ?? each,
        );
        expect(everyQuery.map((query) => valueAt(steps[rule], query))).toEqual(known);
      }
    }),
  );
});

test("a run that ended early keeps its last values", () => {
  const values = Float64Array.of(7, 8);
  expect(traceCurve([0, 1], values, values, [10, 20]).bestTest).toEqual([8, 8]);
});

test("equals the maximum over every prefix", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer(), fc.integer()), { minLength: 1, maxLength: 30 }), (pairs) => {
      const labels = Float64Array.from(pairs, ([label]) => label);
      const test = Float64Array.from(pairs, ([, value]) => value);
      const order = pairs.map((_, i) => i);
      const checkpoints = pairs.map((_, i) => i + 1);
      const curve = traceCurve(order, labels, test, checkpoints);
      for (const queries of checkpoints) {
        const prefix = labels.slice(0, queries);
        const best = Math.max(...prefix);
        expect(curve.bestLabel[queries - 1]).toBe(best);
        expect(curve.testOfBestLabel[queries - 1]).toBe(test[prefix.indexOf(best)]);
        expect(curve.bestTest[queries - 1]).toBe(Math.max(...test.slice(0, queries)));
      }
    }),
  );
});
