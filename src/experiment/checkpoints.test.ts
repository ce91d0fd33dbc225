import fc from "fast-check";
import { expect, test } from "vitest";
import { curveCheckpoints, tableCheckpoints } from "./checkpoints.js";

test("curves have every multiple of 10 and the budget", () => {
  expect(curveCheckpoints(150)).toEqual(Array.from({ length: 15 }, (_, i) => 10 * (i + 1)));
  expect(curveCheckpoints(25)).toEqual([10, 20, 25]);
  expect(curveCheckpoints(3)).toEqual([3]);
});

test("tables show the places that papers show", () => {
  expect(tableCheckpoints(150)).toEqual([50, 100, 150]);
  expect(tableCheckpoints(100)).toEqual([50, 100]);
  expect(tableCheckpoints(200)).toEqual([50, 100, 200]);
  expect(tableCheckpoints(1000)).toEqual([250, 500, 1000]);
  expect(tableCheckpoints(30)).toEqual([10, 20, 30]);
  expect(tableCheckpoints(1)).toEqual([1]);
});

test("a table shows only places that the curve has, growing, at most three, the budget last", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), (budget) => {
      const shown = tableCheckpoints(budget);
      const all = new Set(curveCheckpoints(budget));
      expect(shown.length).toBeLessThanOrEqual(3);
      expect(shown.at(-1)).toBe(budget);
      expect(shown.every((queries) => all.has(queries))).toBe(true);
      expect([...shown].sort((a, b) => a - b)).toEqual(shown);
    }),
  );
});
