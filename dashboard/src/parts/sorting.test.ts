import { expect, test } from "vitest";
import { compareValues, nextSorting, sortPlaces } from "./sorting.js";

test("what is not there comes last either way", () => {
  const values = [3, null, 1, Number.NaN, 2];
  const sort = (isDescending: boolean) => [...sortPlaces(values.keys(), (place) => values[place], isDescending)];
  expect(sort(false)).toEqual([2, 4, 0, 1, 3]);
  expect(sort(true)).toEqual([0, 4, 2, 1, 3]);
});

test("texts are ordered as people do, equals stay in place", () => {
  const names = ["run10", "Run2", "run2"];
  expect([...sortPlaces(names.keys(), (place) => names[place], false)]).toEqual([1, 2, 0]);
  expect([...sortPlaces([2, 1, 0], (place) => names[place], true)]).toEqual([0, 2, 1]);
  expect(compareValues("a", undefined, true)).toBe(-1);
});

test("a second click turns the order round", () => {
  expect(nextSorting({ key: "a", isDescending: true }, "a", true)).toEqual({ key: "a", isDescending: false });
  expect(nextSorting<"a" | "b">({ key: "a", isDescending: true }, "b", true)).toEqual({ key: "b", isDescending: true });
});
