import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ranks } from "./ranks.js";
import { spearman } from "./spearman.js";

describe("ranks", () => {
  it("shares the mean place among ties and leaves NaN out", () => {
    expect([...ranks([10, 30, 10, 20])]).toEqual([1.5, 4, 1.5, 3]);
    expect([...ranks([2, Number.NaN, 1])]).toEqual([2, Number.NaN, 1]);
    expect([...ranks([])]).toEqual([]);
  });

  it("counts for each value the smaller ones and half of the equal ones", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 })), (values) => {
        const expected = values.map((value) => {
          const smaller = values.filter((other) => other < value).length;
          const equal = values.filter((other) => other === value).length;
          return smaller + (equal + 1) / 2;
        });
        expect([...ranks(values)]).toEqual(expected);
      }),
    );
  });
});

describe("spearman", () => {
  it("gives the values that SciPy gives", () => {
    expect(spearman([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])).toBeCloseTo(-0.5407380704358752, 14);
    expect(spearman([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8], [2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5])).toBeCloseTo(
      0.1415796863640157,
      14,
    );
  });

  it("does not change when values are bent without changing their order", () => {
    const list = fc.array(fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer()), { minLength: 2 });
    fc.assert(
      fc.property(list, (pairs) => {
        const a = pairs.map(([x]) => x);
        const b = pairs.map(([, y]) => y);
        const bent = a.map((value) => value * value * value + value);
        expect(spearman(bent, b)).toEqual(spearman(a, b));
      }),
    );
  });

  it("is NaN where the order says nothing", () => {
    expect(spearman([1], [1])).toBeNaN();
    expect(spearman([2, 2], [1, 2])).toBeNaN();
    expect(spearman([1, Number.NaN], [1, 2])).toBeNaN();
  });

  it("refuses lists of different lengths", () => {
    expect(() => spearman([1, 2], [1])).toThrow(RangeError);
  });
});
