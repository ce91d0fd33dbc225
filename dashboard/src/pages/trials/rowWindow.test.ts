import { expect, test } from "vitest";
import { rowWindow, scrollToRow } from "./rowWindow.js";

test("rows in view and some around them are drawn", () => {
  expect(rowWindow(0, 320, 32, 100_000)).toEqual([0, 22]);
  expect(rowWindow(3_200, 320, 32, 100_000)).toEqual([88, 122]);
  expect(rowWindow(1e9, 320, 32, 50)).toEqual([38, 50]);
  expect(rowWindow(0, 320, 32, 0)).toEqual([0, 0]);
});

test("scrolling goes no further than needed", () => {
  expect(scrollToRow(5, 0, 400, 32, 36)).toBeUndefined();
  expect(scrollToRow(2, 320, 400, 32, 36)).toBe(64);
  expect(scrollToRow(20, 0, 400, 32, 36)).toBe(20 * 32 + 32 + 36 - 400);
});
