import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { solvePositiveDefinite } from "./cholesky.js";
import { nextFloatAbove } from "./tree/nextFloat.js";
import { toWholeUnits } from "./wholeUnits.js";

describe("toWholeUnits", () => {
  it("keeps every value to a tiny share of the largest, whatever the scale", () => {
    const list = fc.array(fc.double({ noNaN: true, min: -1, max: 1 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(
        list,
        fc.constantFrom(1e-30, 1e-3, 1, 95, 1e9, 1e30),
        fc.constantFrom(1, 100, 1e6),
        (shares, scale, terms) => {
          const values = Float64Array.from(shares, (share) => share * scale);
          const whole = toWholeUnits(values, terms);
          const largest = Math.max(...values.map(Math.abs));
          whole.values.forEach((count, i) => {
            expect(Number.isSafeInteger(count)).toBe(true);
            expect(Math.abs(count) * terms).toBeLessThan(2 ** 53);
            expect(Math.abs(count * whole.unit - values[i])).toBeLessThanOrEqual(largest * 1e-9 + 1e-250);
          });
        },
      ),
    );
  });

  it("uses a power of two, so that scaling by it is exact", () => {
    for (const largest of [0.3, 1, 7, 1024]) {
      const { unit } = toWholeUnits(Float64Array.of(largest, -largest / 3), 100);
      expect(Number.isInteger(Math.log2(unit))).toBe(true);
      expect(largest / unit).toBeGreaterThan(2 ** 38);
    }
    expect(toWholeUnits(new Float64Array(3), 5)).toEqual({ unit: 1, values: new Float64Array(3) });
  });
});

describe("nextFloatAbove", () => {
  it("is the neighbour of a 32-bit float and the next one above other numbers", () => {
    expect(nextFloatAbove(0)).toBe(2 ** -149);
    expect(nextFloatAbove(1)).toBe(1 + 2 ** -23);
    expect(nextFloatAbove(-1)).toBe(-1 + 2 ** -24);
    expect(nextFloatAbove(0.1)).toBe(Math.fround(0.1));
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e30, max: 1e30 }), (value) => {
        const next = nextFloatAbove(value);
        expect(next).toBeGreaterThan(value);
        expect(Math.fround(next)).toBe(next);
        expect(Math.fround((next + value) / 2) <= value || Math.fround((next + value) / 2) === next).toBe(true);
      }),
    );
  });
});

describe("solvePositiveDefinite", () => {
  it("solves systems of any size", () => {
    const size = fc.integer({ min: 1, max: 8 });
    const entries = fc.array(fc.double({ noNaN: true, min: -2, max: 2 }), { minLength: 72, maxLength: 72 });
    fc.assert(
      fc.property(size, entries, (n, numbers) => {
        const matrix = new Float64Array(n * n);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            for (let k = 0; k < n; k++) matrix[i * n + j] += numbers[i * n + k] * numbers[j * n + k];
          }
          matrix[i * n + i] += 1;
        }
        const expected = Float64Array.from(numbers.slice(64, 64 + n));
        const right = expected.map((_, i) => expected.reduce((sum, value, j) => sum + matrix[i * n + j] * value, 0));
        solvePositiveDefinite(matrix, n, right);
        right.forEach((value, i) => {
          expect(value).toBeCloseTo(expected[i], 8);
        });
      }),
    );
  });

  it("gives directions without information the answer 0", () => {
    const right = Float64Array.of(6, 6, 5);
    solvePositiveDefinite(Float64Array.of(3, 3, 0, 3, 3, 0, 0, 0, 0), 3, right);
    expect(right[0]).toBeCloseTo(2, 12);
    expect([right[1], right[2]]).toEqual([0, 0]);
  });
});
