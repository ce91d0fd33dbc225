import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGenerator } from "../random/index.js";
import { hypervolume } from "../stats/hypervolume.js";
import { FrontCells } from "./expectedHypervolumeImprovement.js";
import { expectedImprovement } from "./expectedImprovement.js";

const value = fc.integer({ min: 0, max: 8 });
const front = fc.integer({ min: 2, max: 3 }).chain((objectives) =>
  fc.record({
    points: fc.array(fc.array(value, { minLength: objectives, maxLength: objectives }), { maxLength: 8 }),
    candidate: fc.array(fc.double({ min: -1, max: 9, noNaN: true }), {
      minLength: objectives,
      maxLength: objectives,
    }),
  }),
);

function gainOf(points: readonly number[][], candidate: readonly number[], reference: readonly number[]): number {
  const directions = reference.map(() => "maximise" as const);
  return hypervolume([...points, candidate], directions, reference) - hypervolume(points, directions, reference);
}

describe("expected hypervolume improvement", () => {
  it("is the improvement itself where everything is known", () => {
    fc.assert(
      fc.property(front, ({ points, candidate }) => {
        const reference = candidate.map(() => 0.5);
        const cells = new FrontCells(points, reference);
        const others = candidate.slice(1).map((mean) => ({ mean, standardDeviation: 0 }));
        const found = Math.exp(cells.logImprovement(candidate[0], 0, others));
        expect(found).toBeCloseTo(gainOf(points, candidate, reference), 8);
        const height = cells.heightAt(candidate.slice(1));
        if (found > 1e-9) expect(candidate[0]).toBeGreaterThan(height);
      }),
      { numRuns: 300 },
    );
  });

  it("is the mean improvement of many draws", () => {
    const generator = createGenerator(1);
    for (const [points, means, deviations] of [
      [
        [
          [3, 1],
          [2, 2],
          [1, 3],
        ],
        [2.2, 2.1],
        [0.8, 0.5],
      ],
      [
        [
          [3, 1],
          [2, 2],
          [1, 3],
        ],
        [1, 2.5],
        [1.5, 0],
      ],
      [
        [
          [3, 1, 2],
          [2, 2, 1],
          [1, 3, 3],
        ],
        [2, 2, 2],
        [1, 0.6, 0.4],
      ],
      [
        [
          [3, 1, 2],
          [2, 2, 1],
          [1, 3, 3],
        ],
        [3, 1.5, 2.5],
        [0.5, 0, 1],
      ],
    ] as const) {
      const reference = means.map(() => 0);
      const draws = 40_000;
      let sum = 0;
      const front = points.map((point) => [...point]);
      for (let draw = 0; draw < draws; draw++) {
        const candidate = means.map((mean, i) => mean + deviations[i] * generator.normal());
        sum += gainOf(front, candidate, reference);
      }
      const others = means.slice(1).map((mean, i) => ({ mean, standardDeviation: deviations[i + 1] }));
      const found = Math.exp(new FrontCells(front, reference).logImprovement(means[0], deviations[0], others));
      expect(Math.abs(found / (sum / draws) - 1)).toBeLessThan(0.03);
    }
  });

  it("is expected improvement times the room of the other objective where the front is empty", () => {
    const cells = new FrontCells([], [90, -100]);
    const found = Math.exp(cells.logImprovement(91, 2, [{ mean: -40, standardDeviation: 0 }]));
    expect(found).toBeCloseTo(60 * expectedImprovement(91, 2, 90), 10);
  });

  it("tells apart what is far below the front, and knows what has no chance", () => {
    const cells = new FrontCells([[50, 5]], [40, 0]);
    const worth = (mean: number) => cells.logImprovement(mean, 0.1, [{ mean: 4, standardDeviation: 0 }]);
    expect(worth(42)).toBeGreaterThan(worth(41));
    expect(worth(41)).toBeGreaterThan(Number.NEGATIVE_INFINITY);
    expect(cells.logImprovement(99, 1, [{ mean: -1, standardDeviation: 0 }])).toBe(Number.NEGATIVE_INFINITY);
    expect(cells.logImprovement(99, 1, [{ mean: Number.NaN, standardDeviation: 0 }])).toBeNaN();
  });
});
