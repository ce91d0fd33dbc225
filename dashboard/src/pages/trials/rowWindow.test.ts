import { expect, test } from "vitest";
import { headHeight, isFar, rowHeight, rowWindow, scrollToRow } from "./rowWindow.js";

test("the window holds all rows in view, wherever that is", () => {
  const [height, count] = [600, 100_000];
  const { size } = rowWindow(0, height, count);
  const last = count * rowHeight + headHeight - height;
  for (let top = 0; top <= last; top += 9977) {
    const { first, size: same } = rowWindow(top, height, count);
    const lowest = Math.min(count, Math.ceil((top + height - headHeight) / rowHeight));
    expect([same, first >= 0, first <= Math.floor(top / rowHeight), first + size >= lowest]).toEqual([
      ...[size, true, true, true],
    ]);
  }
  expect(size).toBeLessThan(60);
});

test("it moves by several rows at a time, and no further than the ends", () => {
  const firsts = Array.from({ length: 400 }, (_, step) => rowWindow(5_000 * rowHeight + step, 600, 100_000).first);
  expect(new Set(firsts).size).toBeLessThanOrEqual(5);
  expect(rowWindow(-80, 600, 100_000).first).toBe(0);
  expect(rowWindow(1e9, 600, 100_000)).toEqual({ first: 100_000 - rowWindow(0, 600, 100_000).size, size: 35 });
  expect(rowWindow(0, 600, 7)).toEqual({ first: 0, size: 7 });
  expect(rowWindow(90, 600, 0)).toEqual({ first: 0, size: 0 });
});

test("scrolling goes no further than needed", () => {
  expect(scrollToRow(5, 0, 400)).toBeUndefined();
  expect(scrollToRow(2, 320, 400)).toBe(2 * rowHeight);
  expect(scrollToRow(20, 0, 400)).toBe(21 * rowHeight + headHeight - 400);
});

test("a window is far where it shows rows that were not painted in advance", () => {
  expect([isFar(100, 106), isFar(100, 94), isFar(100, 107), isFar(100, 0)]).toEqual([false, false, true, true]);
});
