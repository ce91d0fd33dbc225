import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mean } from "./mean.js";
import { median } from "./median.js";
import { quantile } from "./quantile.js";
import { standardDeviation } from "./standardDeviation.js";

describe("mean and standardDeviation", () => {
  it("give known values", () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(2.138089935299395, 14);
  });

  it("are NaN where there is too little or a NaN", () => {
    expect(mean([])).toBeNaN();
    expect(mean([1, Number.NaN])).toBeNaN();
    expect(standardDeviation([1])).toBeNaN();
    expect(standardDeviation([1, Number.NaN])).toBeNaN();
  });

  it("deviates by exactly 0 where all values are equal", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), fc.integer({ min: 2, max: 50 }), (value, count) => {
        expect(standardDeviation(new Array(count).fill(value))).toBe(0);
      }),
    );
  });

  it("does not lose small deviations on a large mean", () => {
    expect(standardDeviation([1e9 + 1, 1e9 + 2, 1e9 + 3])).toBeCloseTo(1, 9);
  });
});

describe("quantile and median", () => {
  it("interpolate as NumPy does", () => {
    const shares = [0, 0.1, 0.25, 0.5, 0.9, 1];
    const expected = [1, 1.6, 2.5, 4, 6.4, 7];
    shares.forEach((share, i) => {
      expect(quantile([7, 1, 5, 3], share)).toBeCloseTo(expected[i], 12);
    });
    expect(median([3, 1, 2, 10])).toBe(2.5);
    expect(median([3])).toBe(3);
  });

  it("leave their argument as it is and are NaN for nothing or NaN", () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
    expect(median([])).toBeNaN();
    expect(quantile([Number.NaN, 1, 2], 0)).toBeNaN();
  });

  it("know infinities and refuse shares beyond 0 and 1", () => {
    expect(quantile([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0], 0.75)).toBe(Number.POSITIVE_INFINITY);
    expect(() => quantile([1], 1.1)).toThrow(RangeError);
    expect(() => quantile([1], Number.NaN)).toThrow(RangeError);
  });
});
