import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { extentOf, quantileOf, roomyExtent } from "./extent.js";
import { paretoFront } from "./paretoFront.js";
import { brokenPath, cutBand, lonePoints, stepPath } from "./paths.js";
import { powerTicks, queryScale } from "./queryScale.js";
import { nearestTarget } from "./targets.js";
import { thin } from "./thin.js";

describe("the Pareto front", () => {
  test("takes the best label for each cost", () => {
    expect(paretoFront([1, 2, 3, 2, null], [10, 30, 20, 30, 99], "minimise", "maximise")).toEqual([0, 1]);
    expect(paretoFront([1, 2, 3], [3, 2, 1], "maximise", "maximise")).toEqual([0, 1, 2]);
  });

  test("holds exactly what no point beats", () => {
    const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(points, (list) => {
        const [xs, ys] = [list.map(([x]) => x), list.map(([, y]) => y)];
        const front = paretoFront(xs, ys, "minimise", "maximise").map((place) => String(list[place]));
        const unbeaten = list.filter(([x, y]) => !list.some(([a, b]) => a <= x && b >= y && (a < x || b > y)));
        expect(new Set(front)).toEqual(new Set(unbeaten.map(String)));
        expect(front.length).toBe(new Set(front).size);
      }),
    );
  });
});

describe("scales", () => {
  test("of queries begin at one where they have logarithms", () => {
    const scale = queryScale(true, 100, 0, 200);
    expect([scale(0), scale(1), scale(10), scale(100)]).toEqual([0, 0, 100, 200]);
    expect(scale.ticks()).toEqual([1, 2, 5, 10, 20, 50, 100]);
    expect(queryScale(false, 3, 0, 30).ticks(10)).toEqual([0, 1, 2, 3]);
    expect(powerTicks(1)).toEqual([1]);
  });

  test("leave out what is not there", () => {
    expect(extentOf([null, 3, Number.NaN], [1])).toEqual([1, 3]);
    expect(extentOf([null])).toBeUndefined();
    expect(roomyExtent([5, 5])).toEqual([4.75, 5.25]);
    expect(roomyExtent([0, 0])).toEqual([-1, 1]);
    expect(quantileOf([4, 1, 2, 3], 0.5)).toBe(2.5);
  });
});

describe("paths", () => {
  const identity = Object.assign((value: number) => value, { ticks: () => [] });

  test("hold the last value", () => {
    expect(stepPath([[1, 5]], identity, identity, 9)).toBe("M1,5L9,5L9,5");
    expect(stepPath([], identity, identity, 9)).toBe("");
  });

  test("break where a value is missing", () => {
    expect(brokenPath([1, 2, null, 3, 4], (index) => index, identity)).toBe("M0,1L1,2M3,3L4,4");
  });

  test("show values without a neighbour by a point", () => {
    expect(lonePoints([1, null, 2, 3, null, 4])).toEqual([0, 5]);
    expect(lonePoints([])).toEqual([]);
  });

  test("of a band end at the last query of a study", () => {
    const list = [1, 2, 3];
    expect(cutBand({ queries: list, low: list, middle: list, high: list }, 2).middle).toEqual([1, 2]);
  });
});

test("the nearest target within reach is touched", () => {
  const targets = [
    { x: 0, y: 0, title: "a" },
    { x: 10, y: 0, title: "b" },
  ];
  expect(nearestTarget(targets, 8, 0)?.title).toBe("b");
  expect(nearestTarget(targets, 100, 0)).toBeUndefined();
});

test("thinned lists keep their ends", () => {
  const list = Array.from({ length: 1000 }, (_, index) => index);
  const few = thin(list, 10);
  expect([few.length, few[0], few[9]]).toEqual([10, 0, 999]);
  expect(thin([1, 2], 10)).toEqual([1, 2]);
});
