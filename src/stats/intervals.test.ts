import { describe, expect, it } from "vitest";
import { createGenerator } from "../random/index.js";
import { bootstrapInterval } from "./bootstrapInterval.js";
import { meanInterval } from "./meanInterval.js";
import { median } from "./median.js";
import { studentQuantile } from "./studentQuantile.js";

/** In what share of many samples of a normal distribution around 10 the interval holds the 10. */
function coverage(interval: (values: Float64Array, repeat: number) => { low: number; high: number }): number {
  const generator = createGenerator("coverage");
  let held = 0;
  const repeats = 400;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const values = Float64Array.from({ length: 30 }, () => 10 + 2 * generator.normal());
    const { low, high } = interval(values, repeat);
    if (low <= 10 && 10 <= high) held++;
  }
  return held / repeats;
}

describe("studentQuantile", () => {
  it("gives the values that SciPy gives", () => {
    const known: [number, number, number][] = [
      [0.975, 1, 12.706204736432095],
      [0.975, 2, 4.302652729911275],
      [0.975, 29, 2.045229642132703],
      [0.95, 4.5, 2.065575887144095],
      [0.995, 1000, 2.580754698065942],
      [0.9, 100000, 1.2815600314493611],
    ];
    for (const [share, degrees, value] of known) expect(studentQuantile(share, degrees)).toBeCloseTo(value, 7);
  });

  it("is symmetric, 0 in the middle, and refuses nonsense", () => {
    expect(studentQuantile(0.025, 7)).toBe(-studentQuantile(0.975, 7));
    expect(studentQuantile(0.5, 7)).toBe(0);
    expect(() => studentQuantile(1, 7)).toThrow(RangeError);
    expect(() => studentQuantile(0.9, 0)).toThrow(RangeError);
  });
});

describe("meanInterval", () => {
  it("gives the values that SciPy gives", () => {
    const { low, high } = meanInterval([73.1, 73.4, 73.3]);
    expect(low).toBeCloseTo(72.8872083632927, 9);
    expect(high).toBeCloseTo(73.64612497004063, 9);
  });

  it("holds the mean as often as it says", () => {
    expect(coverage((values) => meanInterval(values, 0.8))).toBeCloseTo(0.8, 1);
  });

  it("is a point for equal values and NaN for too few", () => {
    expect(meanInterval([94.3, 94.3, 94.3])).toEqual({ low: 94.3, high: 94.3 });
    expect(meanInterval([1])).toEqual({ low: Number.NaN, high: Number.NaN });
  });
});

describe("bootstrapInterval", () => {
  it("holds the mean about as often as it says", () => {
    const held = coverage((values, repeat) =>
      bootstrapInterval(values, { generator: createGenerator(repeat), resamples: 300 }),
    );
    expect(held).toBeGreaterThan(0.89);
    expect(held).toBeLessThan(0.985);
  });

  it("is the same for the same generator and different for another", () => {
    const values = [1, 5, 2, 8, 3, 9];
    const interval = (seed: number) => bootstrapInterval(values, { generator: createGenerator(seed), resamples: 50 });
    expect(interval(1)).toEqual(interval(1));
    expect(interval(1)).not.toEqual(interval(2));
  });

  it("takes other statistics and widens with confidence", () => {
    const values = Float64Array.from({ length: 41 }, (_, i) => (i - 20) * Math.abs(i - 20));
    const narrow = bootstrapInterval(values, { generator: createGenerator(1), statistic: median, level: 0.5 });
    const wide = bootstrapInterval(values, { generator: createGenerator(1), statistic: median, level: 0.99 });
    expect(wide.low).toBeLessThan(narrow.low);
    expect(wide.high).toBeGreaterThan(narrow.high);
    expect(narrow.low).toBeLessThanOrEqual(0);
    expect(narrow.high).toBeGreaterThanOrEqual(0);
  });

  it("has NaN for no values and refuses bad options", () => {
    const generator = createGenerator(1);
    expect(bootstrapInterval([], { generator })).toEqual({ low: Number.NaN, high: Number.NaN });
    expect(bootstrapInterval([7], { generator })).toEqual({ low: 7, high: 7 });
    expect(() => bootstrapInterval([1], { generator, level: 1 })).toThrow(RangeError);
    expect(() => bootstrapInterval([1], { generator, resamples: 0 })).toThrow(RangeError);
  });
});
