import { expect, test } from "vitest";
import { cappedMean, medianOf } from "./summaries.js";

test("runs that never reached the target are not left out", () => {
  expect(cappedMean([10, null], 100)).toBe(55);
  expect([medianOf([10, null, 20]), medianOf([10, null]), medianOf([3, 1, 2, 4]), medianOf([])]).toEqual([
    20,
    undefined,
    2.5,
    undefined,
  ]);
});
