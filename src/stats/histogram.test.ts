import fc from "fast-check";
import { expect, test } from "vitest";
import { histogram } from "./histogram.js";

test("counts every finite value once, in at most as many intervals as allowed", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true })),
      fc.integer({ min: 2, max: 40 }),
      (values, most) => {
        const { from, width, counts } = histogram([...values, Number.NaN], most);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
        expect(counts.length).toBeLessThanOrEqual(most);
        for (const value of values) {
          expect(value).toBeGreaterThanOrEqual(from - width * 1e-6);
          expect(value).toBeLessThan(from + counts.length * width * (1 + 1e-6));
        }
      },
    ),
  );
});

test("chooses round widths", () => {
  expect(histogram([40, 41.5, 43], 4)).toEqual({ from: 40, width: 1, counts: [1, 1, 0, 1] });
  expect(histogram([0.1, 0.35, 0.9], 5)).toEqual({ from: 0, width: 0.2, counts: [1, 1, 0, 0, 1] });
  expect(histogram([7, 7], 5)).toEqual({ from: 7, width: 1, counts: [2] });
  expect(histogram([], 5)).toEqual({ from: 0, width: 1, counts: [] });
});
