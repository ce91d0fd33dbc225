import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { largest } from "./topK.js";

/** The definition, by a full stable sort. */
function sorted(values: readonly number[], positions: readonly number[]): number[] {
  const key = (position: number) => (Number.isNaN(values[position]) ? Number.NEGATIVE_INFINITY : values[position]);
  return [...positions].sort((a, b) => {
    if (Number.isNaN(values[a]) !== Number.isNaN(values[b])) return Number.isNaN(values[a]) ? 1 : -1;
    return key(a) === key(b) ? a - b : key(b) - key(a);
  });
}

const valueLists = fc.array(
  fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double(), fc.constant(Number.NaN), fc.constant(-0)),
);

describe("largest", () => {
  it("equals the head of a stable sort, ties by position, NaN last", () => {
    fc.assert(
      fc.property(valueLists, fc.nat(40), (values, count) => {
        const positions = values.map((_, position) => position);
        expect([...largest(values, count)]).toEqual(sorted(values, positions).slice(0, count));
        expect([...largest(Float64Array.from(values), count)]).toEqual(sorted(values, positions).slice(0, count));
      }),
    );
  });

  it("looks only at the given positions, whatever their order", () => {
    fc.assert(
      fc.property(
        valueLists,
        fc.nat(20),
        fc.infiniteStream(fc.boolean()),
        fc.boolean(),
        (values, count, kept, turn) => {
          const positions = values.map((_, position) => position).filter(() => kept.next().value);
          const given = Int32Array.from(turn ? positions.toReversed() : positions);
          expect([...largest(values, count, given)]).toEqual(sorted(values, positions).slice(0, count));
          expect([...given]).toEqual(turn ? positions.toReversed() : positions);
        },
      ),
    );
  });

  it("finds the best of many, in rising, falling and mixed order", () => {
    const size = 100_000;
    const mixed = Float64Array.from({ length: size }, (_, i) => (i * 7919) % size);
    expect([...largest(mixed, 3)].map((position) => mixed[position])).toEqual([size - 1, size - 2, size - 3]);
    expect([...largest(mixed.toSorted(), 3)]).toEqual([size - 1, size - 2, size - 3]);
    expect([...largest(mixed.toSorted().reverse(), 3)]).toEqual([0, 1, 2]);
    expect(largest(mixed, size).every((position, rank) => mixed[position] === size - 1 - rank)).toBe(true);
  });

  it("returns nothing where nothing is asked for or there", () => {
    expect(largest([], 5)).toHaveLength(0);
    expect(largest([1, 2], 0)).toHaveLength(0);
    expect(largest([1, 2], -1)).toHaveLength(0);
    expect(largest([1, 2], 1, new Int32Array(0))).toHaveLength(0);
  });
});
