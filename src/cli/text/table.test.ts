import pc from "picocolors";
import { expect, test } from "vitest";
import { drawTable } from "./table.js";
import { wrapText } from "./wrapText.js";

const plain = pc.createColors(false);

test("columns stand under their titles, cells may have several lines", () => {
  const columns = [{ title: "name" }, { title: "value", align: "right" as const }, { title: "notes", width: 10 }];
  const rows = [
    ["a", "1.5\n1–2", "one two three"],
    ["longer", "12", ""],
  ];
  expect(drawTable(columns, rows, plain)).toBe(
    [
      "name    value  notes",
      "──────────────────────",
      "a         1.5  one two",
      "          1–2  three",
      "longer     12",
    ].join("\n"),
  );
});

test("an empty table is its head", () => {
  expect(drawTable([{ title: "name" }], [], plain)).toBe("name\n────");
});

test("text is broken at spaces, and a word is never cut", () => {
  expect(wrapText("one two three", 7)).toBe("one two\nthree");
  expect(wrapText("one incomprehensibility two", 8, 2)).toBe("  one\n  incomprehensibility\n  two");
  expect(wrapText("", 10)).toBe("");
});
