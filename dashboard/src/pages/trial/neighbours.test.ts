import { expect, test } from "vitest";
import { differingPart } from "./neighbours.js";

test.each([
  ["|conv_3x3~0|+|skip~1|", "|conv_1x1~0|+|skip~1|", "conv_3x3"],
  ["abc", "abc", ""],
  ["a b", "a c", "b"],
  ["", "a", ""],
])("%j differs from %j in %j", (text, other, part) => {
  expect(text.slice(...differingPart(text, other)).trim()).toBe(part);
});
