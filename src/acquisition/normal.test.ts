import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectedImprovement, logExpectedImprovement } from "./expectedImprovement.js";
import { logStandardImprovement, normalCumulative } from "./normal.js";
import { probabilityOfImprovement } from "./probabilityOfImprovement.js";

// Reference values: mpmath with 50 to 80 digits.
const cumulative: [number, number][] = [
  [-12.5, 3.732564298877713e-36],
  [-6, 9.86587645037698e-10],
  [-3, 0.0013498980316300946],
  [-2.9, 0.0018658133003840384],
  [-2.8, 0.0025551303304279342],
  [-1, 0.15865525393145705],
  [-0.3, 0.3820885778110474],
  [0, 0.5],
  [0.7, 0.758036347776927],
  [2.5, 0.9937903346742238],
  [5, 0.9999997133484281],
  [40, 1],
];
const logImprovement: [number, number][] = [
  [-1e6, -500000000028.55],
  [-1000, -500014.73445209116],
  [-50, -1258.744182868461],
  [-31, -488.2900233978372],
  [-29, -428.1570826442731],
  [-12, -77.90910054500735],
  [-6, -22.578879392169796],
  [-3, -7.869686059603029],
  [-2.83, -7.281871771853666],
  [-1, -2.4851210257126413],
  [-0.99, -2.4661143916690493],
  [-0.5, -1.6205162643873199],
  [0, -0.9189385332046728],
  [0.5, -0.3598276837450638],
  [3, 1.0987396653277077],
];

function expectRelative(value: number, reference: number, tolerance: number): void {
  expect(Math.abs(value - reference)).toBeLessThanOrEqual(Math.max(1e-300, Math.abs(reference) * tolerance));
}

describe("normal distribution", () => {
  it.each(cumulative)("has the share below %d", (z, reference) => {
    expectRelative(normalCumulative(z), reference, 2e-13);
  });

  it.each(logImprovement)("has the logarithm of the improvement at %d", (z, reference) => {
    expectRelative(logStandardImprovement(z), reference, 1e-12);
  });

  it("never falls as z grows, across the joints of its formulas too", () => {
    for (let step = -5000; step < 5000; step++) {
      const rises =
        normalCumulative((step + 1) / 500) >= normalCumulative(step / 500) &&
        logStandardImprovement((step + 1) / 100) > logStandardImprovement(step / 100);
      if (!rises) expect.fail(`falls after step ${step}`);
    }
  });
});

describe("improvement", () => {
  it("is the plain gain where the prediction is certain", () => {
    expect(expectedImprovement(3, 0, 1)).toBeCloseTo(2, 12);
    expect(expectedImprovement(1, 0, 1)).toBe(0);
    expect(expectedImprovement(0, 0, 1)).toBe(0);
    expect(expectedImprovement(3, 1e-320, 1)).toBeCloseTo(2, 12);
    expect(probabilityOfImprovement(3, 0, 1)).toBe(1);
    expect(probabilityOfImprovement(1, 0, 1)).toBe(0);
    expect(probabilityOfImprovement(0, 0, 1)).toBe(0);
  });

  it("tells hopeless candidates apart", () => {
    expect(expectedImprovement(0, 1, 60)).toBe(0);
    expect(logExpectedImprovement(1, 1, 60)).toBeGreaterThan(logExpectedImprovement(0, 1, 60));
    expect(logExpectedImprovement(0, 1.1, 60)).toBeGreaterThan(logExpectedImprovement(0, 1, 60));
  });

  it("is a number for any prediction, and at least the plain gain", () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e150, max: 1e150 });
    const deviation = fc.double({ noNaN: true, min: 0, max: 1e150 });
    fc.assert(
      fc.property(finite, deviation, finite, (mean, standardDeviation, best) => {
        const expected = expectedImprovement(mean, standardDeviation, best);
        const probability = probabilityOfImprovement(mean, standardDeviation, best);
        expect(expected).not.toBeNaN();
        expect(logExpectedImprovement(mean, standardDeviation, best)).not.toBeNaN();
        expect(expected).toBeGreaterThanOrEqual(Math.max(0, mean - best) * (1 - 1e-9));
        expect(probability).toBeGreaterThanOrEqual(0);
        expect(probability).toBeLessThanOrEqual(1);
      }),
    );
  });
});
