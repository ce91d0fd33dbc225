import { expect, test } from "vitest";
import { cutText, textRoom, wrapWords } from "./textRoom.js";

test("words are wrapped, and long ones broken", () => {
  const lines = wrapWords("one two three fourfivesixseveneight nine", 70, 12);
  expect(lines.join(" ").replaceAll(" ", "")).toBe("onetwothreefourfivesixseveneightnine");
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) expect(textRoom(line, 12)).toBeLessThanOrEqual(70);
  expect(wrapWords("", 100, 12)).toEqual([]);
});

test("an architecture is broken between its parts", () => {
  const cell = "|nor_conv_3x3~0|+|skip_connect~0|nor_conv_3x3~1|";
  const lines = wrapWords(cell, 150, 12);
  expect(lines.join("")).toBe(cell);
  expect(lines.slice(0, -1).every((line) => line.endsWith("|") || line.endsWith("+"))).toBe(true);
});

test("a text without room is cut, whole letters only", () => {
  expect(cutText("short", 100, 12)).toBe("short");
  const cut = cutText("😀".repeat(50), 100, 12);
  expect(cut).toMatch(/^(?:😀)+…$/u);
  expect(textRoom(cut, 12)).toBeLessThanOrEqual(100);
});
