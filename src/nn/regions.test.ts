import { expect, test } from "vitest";
import { type Axis, stretchesOf } from "./regions.js";

const axis = (count: number, step: number, size: number): Axis => ({ count, step, size, source: 4, target: 4 });

test.each([
  ["cuts off both edges of a window of three", [-1, 0, 1], axis(5, 1, 5), [1, 3, 1]],
  ["cuts off the near edge only where steps of two end inside", [-1, 0, 1], axis(2, 2, 4), [1, 1]],
  ["leaves a window of one whole", [0], axis(4, 1, 4), [4]],
  ["knows an image of one place", [-1, 0, 1], axis(1, 1, 1), [1]],
])("%s", (_, offsets, places, counts) => {
  const stretches = stretchesOf(offsets, places);
  expect(stretches.map(({ count }) => count)).toEqual(counts);
  for (const { first, count, inside } of stretches) {
    for (let place = first; place < first + count; place++) {
      for (const offset of offsets) {
        const at = place * places.step + offset;
        expect(inside(offset)).toBe(at >= 0 && at < places.size);
      }
    }
  }
});
