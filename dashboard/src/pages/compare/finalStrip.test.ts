import { expect, test } from "vitest";
import { spreadDots } from "./finalStrip.js";

test("dots at the same place lie beside each other, as far as there are lanes", () => {
  expect(spreadDots([10, 10, 10, 10, 10, 10], 4)).toEqual([0, -4, 4, -8, 8, 0]);
  expect(spreadDots([10, 18, 14], 4)).toEqual([0, 0, -4]);
  expect(spreadDots([], 4)).toEqual([]);
});
