import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGenerator } from "../random/index.js";
import { kendallTau } from "./kendall.js";

// Not the sign of a difference, which is NaN between two infinities.
function order(x: number, y: number): number {
  return Number(x > y) - Number(x < y);
}

function naiveTau(a: readonly number[], b: readonly number[]): number {
  let difference = 0;
  let untiedInFirst = 0;
  let untiedInSecond = 0;
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < i; j++) {
      difference += order(a[i], a[j]) * order(b[i], b[j]);
      if (a[i] !== a[j]) untiedInFirst++;
      if (b[i] !== b[j]) untiedInSecond++;
    }
  }
  return difference / Math.sqrt(untiedInFirst) / Math.sqrt(untiedInSecond);
}

const manyTies = fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: 0, max: 4 })), { maxLength: 60 });
const fewTies = fc.array(fc.tuple(fc.double({ noNaN: true }), fc.double({ noNaN: true })), { maxLength: 60 });

describe("kendallTau", () => {
  it("gives the values that SciPy gives", () => {
    expect(kendallTau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])).toBeCloseTo(-0.4714045207910316, 14);
    expect(kendallTau([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8], [2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5])).toBeCloseTo(
      0.17109647770728875,
      14,
    );
  });

  it("is 1 for the same order and -1 for the opposite order", () => {
    const rising = Float64Array.from({ length: 1000 }, (_, i) => i * i);
    expect(kendallTau(rising, rising)).toBe(1);
    expect(kendallTau(rising, rising.slice().reverse())).toBe(-1);
  });

  for (const [name, pairs] of Object.entries({ "many ties": manyTies, "few ties": fewTies })) {
    it(`agrees with counting all pairs, with ${name}`, () => {
      fc.assert(
        fc.property(pairs, (list) => {
          const a = list.map(([x]) => x);
          const b = list.map(([, y]) => y);
          const expected = naiveTau(a, b);
          if (Number.isNaN(expected)) expect(kendallTau(a, b)).toBeNaN();
          else expect(kendallTau(a, b)).toBeCloseTo(expected, 12);
        }),
      );
    });
  }

  it("is antisymmetric and symmetric", () => {
    fc.assert(
      fc.property(fewTies, (list) => {
        const a = list.map(([x]) => x);
        const b = list.map(([, y]) => y);
        const tau = kendallTau(a, b);
        if (Number.isNaN(tau)) return;
        expect(kendallTau(b, a)).toBeCloseTo(tau, 12);
        expect(
          kendallTau(
            a,
            b.map((value) => -value),
          ),
        ).toBeCloseTo(-tau, 12);
      }),
    );
  });

  it("handles the size of a whole search space", () => {
    const generator = createGenerator(1);
    const a = Float64Array.from({ length: 100_000 }, () => generator.uniform());
    const b = Float64Array.from({ length: 100_000 }, () => generator.uniform());
    expect(Math.abs(kendallTau(a, b))).toBeLessThan(0.01);
  });

  it("is NaN where the order says nothing", () => {
    expect(kendallTau([], [])).toBeNaN();
    expect(kendallTau([1], [2])).toBeNaN();
    expect(kendallTau([1, 1, 1], [1, 2, 3])).toBeNaN();
    expect(kendallTau([1, 2, 3], [5, 5, 5])).toBeNaN();
    expect(kendallTau([1, Number.NaN, 3], [1, 2, 3])).toBeNaN();
    expect(kendallTau([1, 2, 3], [1, Number.NaN, 3])).toBeNaN();
  });

  it("takes 0 and -0 as equal and knows infinities", () => {
    expect(kendallTau([0, -0, 1], [1, 2, 3])).toBeCloseTo(naiveTau([0, 0, 1], [1, 2, 3]), 14);
    expect(kendallTau([Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY], [1, 2, 3])).toBe(1);
  });

  it("refuses lists of different lengths", () => {
    expect(() => kendallTau([1, 2], [1])).toThrow(RangeError);
  });
});
