import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AssayError } from "../../errors.js";
import { type FieldType, readTable, type Table } from "./csv.js";
import { readMaybeGzip } from "./gzip.js";
import { parseNumber } from "./number.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-csv-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function tableOf(text: string | Uint8Array, fields: Record<string, FieldType>): Table {
  const path = join(folder, "table.csv");
  writeFileSync(path, text);
  return readTable(path, new Map(Object.entries(fields)));
}

const parse = (text: string): number | undefined => parseNumber(Buffer.from(text), 0, text.length);

describe("numbers", () => {
  test("are read exactly as JavaScript reads them", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        expect(parse(`${value}`)).toBe(Number(`${value}`));
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: -999_999, max: 999_999 }), fc.nat(20), (whole, places) => {
        const text = (whole / 1000).toFixed(places);
        expect(parse(text)).toBe(Number(text));
      }),
    );
    const digits = fc.stringMatching(/^-?\d{1,25}(\.\d{0,25})?$/);
    fc.assert(
      fc.property(digits, (text) => {
        expect(parse(text)).toBe(Number(text));
      }),
    );
  });
  test.each(["", "-", ".", "1.2.3", "0x10", "1e", "1 ", " 1", "one", "1,5", "--1", "+"])("%j is none", (text) => {
    expect(parse(text)).toBeUndefined();
  });
  test("nan and inf, as Python writes them", () => {
    expect(["nan", "NaN", "inf", "-inf", "Infinity"].map(parse)).toEqual([
      Number.NaN,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
  });
});

describe("tables", () => {
  test("are read with any line ending, with and without gzip, byte order mark and last line feed", () => {
    const lines = ["id,name,value", "1,a,2.5", "2,,", "3,c,-1"];
    for (const text of [lines.join("\n"), `${lines.join("\n")}\n`, `\uFEFF${lines.join("\r\n")}\r\n`]) {
      for (const bytes of [text, gzipSync(text)]) {
        const table = tableOf(bytes, { id: "int32", name: "text", value: "double" });
        expect(table.rows).toBe(3);
        expect([...table.numbers("id")]).toEqual([1, 2, 3]);
        expect(table.text("name")).toEqual(["a", "", "c"]);
        expect([...table.numbers("value")]).toEqual([2.5, Number.NaN, -1]);
      }
    }
  });
  test("may be empty", () => {
    expect(tableOf("id,value\n", { id: "int32" }).rows).toBe(0);
  });
  test.each<[string, RegExp]>([
    ["id,value\n1,2\n1\n", /table\.csv, line 3: 1 fields where the header has 2/],
    ["id,value\n1,2,3\n", /line 2: 3 fields/],
    ["id,value\n1,2\n\n", /line 3, column "id": .*got nothing/],
    ["id,value\n1.5,2\n", /line 2, column "id": expected a whole number of 32 bits, got "1\.5"/],
    ["id,value\n,2\n", /column "id": expected a whole number of 32 bits, got nothing/],
    ["id,value\n4294967296,2\n", /whole number of 32 bits/],
    ["id,value\n1,two\n", /line 2, column "value": expected a number, got "two"/],
    ["id,val\n1,2\n", /no column "value"/],
    ["", /no column "id"/],
  ])("%j is refused", (text, message) => {
    expect(() => tableOf(text, { id: "int32", value: "double" })).toThrow(AssayError);
    expect(() => tableOf(text, { id: "int32", value: "double" })).toThrow(message);
  });
  test("in damaged or bursting gzip are refused", () => {
    const packed = gzipSync("id\n".repeat(100_000));
    expect(() => tableOf(packed.subarray(0, 100), { id: "int32" })).toThrow(/Cannot unpack/);
    writeFileSync(join(folder, "bomb.gz"), packed);
    expect(readMaybeGzip(join(folder, "bomb.gz")).length).toBe(300_000);
    expect(() => readMaybeGzip(join(folder, "bomb.gz"), 100_000)).toThrow(/Cannot unpack/);
    expect(() => readMaybeGzip(join(folder, "absent.gz"))).toThrow(/Cannot read/);
  });
});
