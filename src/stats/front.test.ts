import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crowdingDistance } from "./crowdingDistance.js";
import { hypervolume } from "./hypervolume.js";
import { type Direction, paretoFront } from "./paretoFront.js";
import { referencePoint } from "./referencePoint.js";

const direction = fc.constantFrom<Direction>("maximise", "minimise");
/** Small whole numbers: ties and equal points are common, and cells can be counted. */
const cloud = fc.integer({ min: 1, max: 3 }).chain((objectives) =>
  fc.record({
    directions: fc.array(direction, { minLength: objectives, maxLength: objectives }),
    points: fc.array(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: objectives, maxLength: objectives }), {
      maxLength: 25,
    }),
  }),
);

function gain(direction: Direction, better: number, worse: number): number {
  return direction === "maximise" ? better - worse : worse - better;
}

function dominates(directions: readonly Direction[], a: readonly number[], b: readonly number[]): boolean {
  const gains = directions.map((direction, i) => gain(direction, a[i], b[i]));
  return gains.every((value) => value >= 0) && gains.some((value) => value > 0);
}

describe("paretoFront", () => {
  it("is what no other point dominates", () => {
    fc.assert(
      fc.property(cloud, ({ directions, points }) => {
        const expected = Array.from(points.keys()).filter(
          (i) => !points.some((other) => dominates(directions, other, points[i])),
        );
        expect(paretoFront(points, directions)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("leaves out what is not a number", () => {
    expect(
      paretoFront(
        [
          [Number.NaN, 1],
          [2, 2],
          [9, Number.NaN],
        ],
        ["maximise", "minimise"],
      ),
    ).toEqual([1]);
    expect(paretoFront([], ["maximise", "maximise"])).toEqual([]);
  });

  it("refuses four objectives", () => {
    expect(() => paretoFront([[1, 2, 3, 4]], Array(4).fill("maximise"))).toThrow(/one, two or three/);
  });
});

describe("hypervolume", () => {
  it("counts the unit cells that a point covers", () => {
    fc.assert(
      fc.property(cloud, ({ directions, points }) => {
        const worst = directions.map((one) => (one === "maximise" ? 1 : 5));
        let covered = 0;
        const cells = 6 ** directions.length;
        for (let cell = 0; cell < cells; cell++) {
          const depth = directions.map((_, i) => Math.floor(cell / 6 ** i) % 6);
          const isCovered = points.some((point) =>
            directions.every((one, i) => gain(one, point[i], worst[i]) >= depth[i] + 1),
          );
          if (isCovered) covered++;
        }
        expect(hypervolume(points, directions, worst)).toBe(covered);
      }),
      { numRuns: 300 },
    );
  });

  it("knows the volumes of a few fronts", () => {
    const maximise: Direction[] = ["maximise", "maximise", "maximise"];
    expect(
      hypervolume(
        [
          [3, 1],
          [1, 3],
          [2, 2],
        ],
        ["maximise", "maximise"],
        [0, 0],
      ),
    ).toBe(6);
    expect(hypervolume([[93, 40]], ["maximise", "minimise"], [90, 100])).toBe(180);
    expect(
      hypervolume(
        [
          [2, 2, 1],
          [1, 1, 2],
        ],
        maximise,
        [0, 0, 0],
      ),
    ).toBe(5);
    expect(hypervolume([[1, 1, 1]], maximise, [1, 0, 0])).toBe(0);
    expect(hypervolume([], ["maximise"], [0])).toBe(0);
  });

  it("refuses a reference point of another length", () => {
    expect(() => hypervolume([[1, 2]], ["maximise", "minimise"], [0])).toThrow(/2 finite numbers/);
  });
});

describe("referencePoint", () => {
  it("lies a tenth of the range beyond the worst", () => {
    const points = [
      [93, 40],
      [91, 10],
      [80, 50],
      [Number.NaN, 1000],
    ];
    expect(referencePoint(points, ["maximise", "minimise"])).toEqual([80 - 1.3, 50 + 4]);
    expect(referencePoint(points, ["maximise", "minimise"], "front")).toEqual([91 - 0.2, 40 + 3]);
    expect(referencePoint([[2, 0]], ["maximise", "minimise"])).toEqual([1.8, 1]);
    expect(referencePoint([], ["maximise"])).toBeUndefined();
  });
});

describe("crowdingDistance", () => {
  it("is infinite at the ends and the room between neighbours elsewhere", () => {
    expect(
      Array.from(
        crowdingDistance([
          [4, 0],
          [0, 4],
          [1, 2],
        ]),
      ),
    ).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 2]);
    expect(
      Array.from(
        crowdingDistance([
          [1, 1],
          [1, 1],
        ]),
      ),
    ).toEqual([0, 0]);
    expect(crowdingDistance([])).toHaveLength(0);
  });
});
