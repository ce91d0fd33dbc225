import { expect, test } from "vitest";
import type { MapLayout } from "./mapLayout.js";
import { stepTowards } from "./pointSteps.js";

const layout: MapLayout = {
  width: 100,
  height: 100,
  xs: Float32Array.of(50, 60, 53, 80, 50, 50),
  ys: Float32Array.of(50, 55, 50, 50, 10, 70),
  radius: 2,
};

test("a step goes to the nearest point that lies more ahead than aside, and far enough to get on", () => {
  expect(stepTowards(layout, 0, "right")).toBe(1);
  expect(stepTowards(layout, 0, "up")).toBe(4);
  expect(stepTowards(layout, 0, "down")).toBe(5);
  expect(stepTowards(layout, 0, "left")).toBeUndefined();
  expect(stepTowards(layout, 3, "left")).toBe(2);
  expect(stepTowards(layout, undefined, "right")).toBe(1);
});

test("every point is reached from somewhere when the map is large enough", () => {
  const large: MapLayout = { ...layout, xs: layout.xs.map((x) => 10 * x), ys: layout.ys.map((y) => 10 * y) };
  const reached = new Set<number>();
  for (const point of large.xs.keys())
    for (const direction of ["left", "right", "up", "down"] as const) {
      const next = stepTowards(large, point, direction);
      if (next !== undefined) reached.add(next);
    }
  expect([...reached].sort()).toEqual([0, 1, 2, 3, 4, 5]);
});
