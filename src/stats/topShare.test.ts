import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGenerator } from "../random/index.js";
import { precisionAtK } from "./precisionAtK.js";
import { recallAtK } from "./recallAtK.js";

describe("recallAtK and precisionAtK", () => {
  it("count the best that are found", () => {
    expect(recallAtK([5, 4, 3, 2, 1], [5, 1, 4, 2, 3], 2)).toBe(0.5);
    expect(recallAtK([5, 4, 3, 2, 1], [5, 1, 4, 2, 3], 4, 2)).toBe(0.5);
    expect(recallAtK([5, 4, 3, 2, 1], [5, 1, 4, 2, 3], 5, 2)).toBe(1);
    expect(precisionAtK([5, 4, 3, 2, 1], [5, 1, 4, 2, 3], 2, 3)).toBe(1);
    expect(precisionAtK([5, 4, 3, 2, 1], [5, 1, 4, 2, 3], 4, 2)).toBe(0.25);
  });

  it("gives a constant prediction what guessing gives, wherever the best stand", () => {
    expect(recallAtK([9, 8, 1, 1, 1, 1, 1, 1], new Float64Array(8), 2)).toBe(0.25);
    expect(recallAtK([1, 1, 1, 1, 1, 1, 8, 9], new Float64Array(8), 2)).toBe(0.25);
  });

  it("is the expectation over random orders of ties", () => {
    const truth = [3, 2, 2, 2, 1, 1];
    const predicted = [1, 1, 2, 1, 1, 0];
    const generator = createGenerator(5);
    let total = 0;
    const repeats = 4000;
    for (let repeat = 0; repeat < repeats; repeat++) {
      const best = (values: number[]) => {
        const order = generator.shuffle([0, 1, 2, 3, 4, 5]);
        return new Set(order.sort((i, j) => values[j] - values[i]).slice(0, 3));
      };
      const found = best(predicted);
      for (const item of best(truth)) if (found.has(item)) total++;
    }
    expect(recallAtK(truth, predicted, 3)).toBeCloseTo(total / 3 / repeats, 1);
  });

  it("does not depend on the order of the rows", () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), { minLength: 3 });
    fc.assert(
      fc.property(pairs, (list) => {
        const backwards = list.slice().reverse();
        const recall = (rows: [number, number][]) =>
          recallAtK(
            rows.map(([x]) => x),
            rows.map(([, y]) => y),
            3,
          );
        expect(recall(list)).toBeCloseTo(recall(backwards), 12);
        expect(recall(list)).toBeGreaterThanOrEqual(0);
        expect(recall(list)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it("takes NaN as worst", () => {
    expect(recallAtK([1, Number.NaN, 3], [1, Number.NaN, 3], 2)).toBe(1);
    expect(recallAtK([1, 2, 3], [1, 2, Number.NaN], 1)).toBe(0);
  });

  it("refuses what cannot be counted", () => {
    expect(() => recallAtK([1, 2], [1, 2], 0)).toThrow(RangeError);
    expect(() => recallAtK([1, 2], [1, 2], 3)).toThrow(RangeError);
    expect(() => recallAtK([1, 2], [1, 2], 1.5)).toThrow(RangeError);
    expect(() => precisionAtK([1, 2], [1], 1)).toThrow(RangeError);
  });
});
