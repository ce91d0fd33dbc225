import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createMatrix } from "../../kernels/matrix.js";
import { createNanoBench, createNasBench201, createTinyNasBench201 } from "../../space/index.js";
import { encode, fittingEncodings } from "../index.js";
import type { ViewGroup } from "./group.js";
import { headerNames, headerOf, headerWidth, readViews } from "./header.js";

const anyGroups = fc.array(
  fc.record({ kind: fc.constantFrom("dense" as const, "sparse" as const), size: fc.integer({ min: 1, max: 20 }) }).map(
    ({ kind, size }): ViewGroup => ({
      name: kind,
      kind,
      width: kind === "sparse" ? 2 * size : size,
      columnNames: [],
      spread: 1,
      write() {},
    }),
  ),
  { minLength: 1, maxLength: 5 },
);

function matrixOf(groups: readonly ViewGroup[], rows: number) {
  const header = headerOf(groups);
  const matrix = createMatrix(
    rows,
    groups.reduce((sum, { width }) => sum + width, header.length),
  );
  for (let row = 0; row < rows; row++) matrix.data.set(header, row * matrix.columns);
  return matrix;
}

describe("the header of views", () => {
  test("is read as it was written", () => {
    fc.assert(
      fc.property(anyGroups, fc.integer({ min: 1, max: 3 }), (groups, rows) => {
        const spans = readViews(matrixOf(groups, rows))!;
        expect(spans.map(({ kind, width }) => ({ kind, width }))).toEqual(
          groups.map(({ kind, width }) => ({ kind, width })),
        );
        let start = headerWidth(groups.length);
        for (const span of spans) {
          expect(span.start).toBe(start);
          start += span.width;
        }
        expect(headerNames(groups)).toHaveLength(headerWidth(groups.length));
      }),
    );
  });

  test("is not read where a number of it is wrong", () => {
    const change = fc.record({
      column: fc.nat(10),
      by: fc.constantFrom(-2, -1, 0.5, 1, 2, Number.NaN),
      row: fc.nat(1),
    });
    fc.assert(
      fc.property(anyGroups, change, (groups, { column, by, row }) => {
        const matrix = matrixOf(groups, 2);
        matrix.data[row * matrix.columns + (column % headerWidth(groups.length))] += by;
        expect(readViews(matrix)).toBeUndefined();
      }),
    );
  });

  test("is not read where columns are missing or too many", () => {
    fc.assert(
      fc.property(anyGroups, fc.constantFrom(-1, 1), (groups, by) => {
        const { columns, data } = matrixOf(groups, 1);
        const other = createMatrix(1, columns + by);
        other.data.set(data.subarray(0, Math.min(columns, columns + by)));
        expect(readViews(other)).toBeUndefined();
      }),
    );
  });

  test("is not found in rows of other encodings, nor in no rows", () => {
    for (const space of [createNasBench201(), createNanoBench(), createTinyNasBench201()]) {
      const architecture = new Int32Array(space.genes);
      space.enumeration!.write(7, architecture);
      for (const name of fittingEncodings(space)) {
        expect(readViews(encode(space, name, [architecture])) !== undefined).toBe(name === "views");
      }
      expect(readViews(encode(space, "views", []))).toBeUndefined();
    }
    expect(readViews({ rows: 1, columns: 0, data: new Float32Array(0) })).toBeUndefined();
  });
});
