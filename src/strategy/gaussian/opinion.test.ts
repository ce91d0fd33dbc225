import { describe, expect, test } from "vitest";
import { expectedImprovement } from "../../acquisition/expectedImprovement.js";
import { addLogarithms, logShareOf, momentsOf } from "./opinion.js";

describe("opinions", () => {
  test("add their shares of the expected improvement", () => {
    const opinions = [
      { weight: 0.75, best: 1, improvementNoise: 0 },
      { weight: 0.25, best: 0.4, improvementNoise: 0.5 },
    ];
    const sum = addLogarithms(logShareOf(opinions[0])(0.8, 0.09), logShareOf(opinions[1])(0.2, 0.25));
    const expected = 0.75 * expectedImprovement(0.8, 0.3, 1) + 0.25 * expectedImprovement(0.2, Math.sqrt(0.75), 0.4);
    expect(Math.exp(sum)).toBeCloseTo(expected, 12);
  });

  test("of one model alone are its expected improvement, to the bit", () => {
    const alone = { weight: 1, best: 1, improvementNoise: 0 };
    const share = addLogarithms(Number.NEGATIVE_INFINITY, logShareOf(alone)(0.8, 0.09));
    expect(Math.exp(share)).toBe(expectedImprovement(0.8, 0.3, 1));
    expect(momentsOf([{ weight: 1, mean: 0.8, variance: 0.09 }])).toEqual({ mean: 0.8, variance: 0.09 });
  });

  test("far below what numbers can hold are still told apart", () => {
    expect(addLogarithms(-1000, -1000)).toBeCloseTo(-1000 + Math.LN2, 12);
    expect(addLogarithms(-2000, -1000)).toBe(-1000);
    expect(addLogarithms(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY);
    // A variance that rounding made negative is none.
    expect(logShareOf({ weight: 1, best: 1, improvementNoise: 0 })(0.5, -1e-12)).toBe(Number.NEGATIVE_INFINITY);
  });

  test("that differ make the value less certain", () => {
    const said = [
      { weight: 0.5, mean: 1, variance: 0.1 },
      { weight: 0.5, mean: 3, variance: 0.3 },
    ];
    const { mean, variance } = momentsOf(said);
    expect(mean).toBe(2);
    expect(variance).toBeCloseTo(1.2, 12);
  });
});
