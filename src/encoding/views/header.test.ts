import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createMatrix } from "../../kernels/matrix.js";
import { createNanoBench, createNasBench201, createTinyNasBench201 } from "../../space/index.js";
import { encode, fittingEncodings } from "../index.js";
import { headerNames, headerOf, headerWidth, type NamedSpan, readViews, type ViewSpan } from "./header.js";

/** Spans that overlap as they like; the last one reaches the end. */
const anySpans = fc
  .array(
    fc.record({
      kind: fc.constantFrom("dense" as const, "sparse" as const),
      gap: fc.nat(9),
      size: fc.integer({ min: 1, max: 20 }),
      spread: fc.float({ min: Math.fround(1e-3), max: 10, noNaN: true }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((drawn) =>
    drawn.map(
      ({ kind, gap, size, spread }): NamedSpan => ({
        name: kind,
        kind,
        start: headerWidth(drawn.length) + gap,
        width: kind === "sparse" ? 2 * size : size,
        spread,
      }),
    ),
  );

function endOf(spans: readonly ViewSpan[]): number {
  return Math.max(...spans.map(({ start, width }) => start + width));
}

function matrixOf(spans: readonly ViewSpan[], rows: number, columns = endOf(spans)) {
  const matrix = createMatrix(rows, columns);
  for (let row = 0; row < rows; row++) matrix.data.set(headerOf(spans), row * columns);
  return matrix;
}

describe("the header of views", () => {
  test("is read as it was written", () => {
    fc.assert(
      fc.property(anySpans, fc.integer({ min: 1, max: 3 }), (spans, rows) => {
        expect(readViews(matrixOf(spans, rows))).toEqual(spans.map(({ name: _, ...span }) => span));
        expect(headerOf(spans)).toHaveLength(headerWidth(spans.length));
        expect(headerNames(spans)).toHaveLength(headerWidth(spans.length));
      }),
    );
  });

  test("is not read where rows differ in it", () => {
    const change = fc.record({
      column: fc.nat(20),
      by: fc.constantFrom(-2, -1, 0.5, 1, 2, Number.NaN),
      row: fc.nat(1),
    });
    fc.assert(
      fc.property(anySpans, change, (spans, { column, by, row }) => {
        const matrix = matrixOf(spans, 2);
        matrix.data[row * matrix.columns + (column % headerWidth(spans.length))] += by;
        expect(readViews(matrix)).toBeUndefined();
      }),
    );
  });

  test.each<[string, Partial<ViewSpan>]>([
    ["starts in the header", { start: 8 }],
    ["starts between columns", { start: 9.5 }],
    ["is empty", { width: 0 }],
    ["is wider than the row", { width: 12 }],
    ["is wide by half a column", { width: 4.5 }],
    ["has half a pair", { kind: "sparse", width: 5 }],
    ["has no spread", { spread: 0 }],
    ["has a negative spread", { spread: -1 }],
    ["has an infinite spread", { spread: Number.POSITIVE_INFINITY }],
    ["has a spread that is not a number", { spread: Number.NaN }],
  ])("is not read where a span %s", (_, change) => {
    const whole: ViewSpan = { kind: "dense", start: 9, width: 11, spread: 1 };
    const part: ViewSpan = { kind: "dense", start: 12, width: 4, spread: 0.25 };
    expect(readViews(matrixOf([whole, part], 1, 20))).toEqual([whole, part]);
    expect(readViews(matrixOf([whole, { ...part, ...change }], 1, 20))).toBeUndefined();
  });

  test("is not read where a kind or the number of spans is unknown", () => {
    const matrix = matrixOf([{ kind: "dense", start: 5, width: 4, spread: 1 }], 1);
    for (const [column, value] of [
      [1, 2],
      [0, 1],
      [0, -1.5],
      [0, -2],
      [0, Number.NaN],
    ]) {
      const other = { ...matrix, data: matrix.data.slice() };
      other.data[column] = value;
      expect(readViews(other)).toBeUndefined();
    }
    expect(readViews(matrix)).toHaveLength(1);
  });

  test("is not read where columns are missing or too many", () => {
    fc.assert(
      fc.property(anySpans, fc.constantFrom(-1, 1), (spans, by) => {
        const { columns, data } = matrixOf(spans, 1);
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
        expect(readViews(encode(space, name, [architecture])) !== undefined).toBe(name.startsWith("views"));
      }
      expect(readViews(encode(space, "views", []))).toBeUndefined();
    }
    expect(readViews({ rows: 1, columns: 0, data: new Float32Array(0) })).toBeUndefined();
  });
});
