import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { writeCsv } from "./csv.js";

function cellOf(text: string): string {
  return parse(writeCsv({ columns: ["text"], rows: [[text]] }), { columns: false })[1][0] as string;
}

test("numbers are numbers, what is not there is empty", () => {
  expect(writeCsv({ columns: ["a", "b", "c"], rows: [[-1.5, null, Number.NaN]] })).toBe("a,b,c\r\n-1.5,,\r\n");
});

test.each(["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "\r\n=1", "|x"])(
  "%j is no formula",
  (text) => {
    expect(cellOf(text)).toBe(`'${text}`);
  },
);

test.each(["|nor_conv_3x3~0|", "a,b", 'say "no"', "two\nlines", "<img src=x>", "-12.5"])("%j comes back", (text) => {
  expect(cellOf(text).replace(/^'/, "")).toBe(text);
});

test("any text comes back, at most with an apostrophe in front", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (text) => {
      const cell = cellOf(text);
      expect(cell === text || cell === `'${text}`).toBe(true);
      expect(/^\s*[=+@]/.test(cell)).toBe(false);
    }),
  );
});
