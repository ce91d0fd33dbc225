import { expect, test } from "vitest";
import { formatAgo, formatSpan } from "./time.js";

test.each([
  [0, "just now"],
  [-30, "just now"],
  [12.9, "12 s ago"],
  [3599, "59 min ago"],
  [86_399, "23 h ago"],
  [86_400 * 3, "3 d ago"],
  [86_400 * 100, "3 months ago"],
])("%s seconds before now is %s", (seconds, text) => {
  expect(formatAgo(1_700_000_000 - seconds, 1_700_000_000)).toBe(text);
});

test("a span without an end is not known", () => {
  expect([formatSpan(10, 75), formatSpan(10, undefined), formatSpan(20, 10)]).toEqual(["1 min 05 s", "–", "0 s"]);
});
