import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeAll } from "../../encoding/index.js";
import { createMatrix, takeRows } from "../../kernels/matrix.js";
import { createGenerator } from "../../random/index.js";
import { createNasBench201 } from "../../space/index.js";
import { distinctPart, distinctRows } from "./distinctRows.js";
import { groupsOf } from "./groups.js";
import { poolMeans } from "./poolMeans.js";
import { createGaussianProcess, type GaussianProcess } from "./process.js";

const rows = encodeAll(createNasBench201(), "views");

function fitted(count: number): GaussianProcess {
  const generator = createGenerator("cells").split(count);
  const known = takeRows(rows, generator.choose(count, rows.rows));
  const process = createGaussianProcess({ groups: groupsOf(rows), columns: rows.columns });
  process.add(known);
  process.fit(
    Float64Array.from({ length: count }, () => generator.normal()),
    { iterations: 8 },
  );
  return process;
}

describe("distinct rows", () => {
  it("are told apart by every bit of the columns that count", () => {
    const value = fc.constantFrom(0, -0, 1, 0.1, -1, 1e-40);
    const table = fc.array(fc.tuple(value, value, value, value), { maxLength: 60 });
    fc.assert(
      fc.property(table, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 4 }), (list, start, most) => {
        const matrix = createMatrix(list.length, 4);
        for (const [row, numbers] of list.entries()) matrix.data.set(numbers, row * 4);
        const width = Math.min(most, 4 - start);
        const { first, kindOf, rows: copied } = distinctPart(matrix, { start, width });
        const text = (row: number): string => {
          const own = matrix.data.slice(row * 4 + start, row * 4 + start + width);
          return new Uint32Array(own.buffer).join();
        };
        expect(new Set(list.map((_, row) => text(row))).size).toBe(first.length);
        for (const row of list.keys()) expect(text(first[kindOf[row]])).toBe(text(row));
        for (const [kind, row] of first.entries()) {
          expect(kindOf[row]).toBe(kind);
          expect(copied.data.slice(kind * width, (kind + 1) * width).join()).toBe(
            matrix.data.slice(row * 4 + start, row * 4 + start + width).join(),
          );
        }
      }),
    );
  });

  it("are looked for once", () => {
    expect(distinctRows(rows)).toBe(distinctRows(rows));
    expect(distinctRows(rows).first.length).toBeLessThan(rows.rows / 2);
  });
});

describe("means of a pool", () => {
  it.each([1, 7, 120])(
    "of %d observations are those of row by row, up to the last bits of 32-bit floats",
    async (count) => {
      const process = fitted(count);
      const means = await poolMeans(process, rows);
      const expected = process.mean(rows);
      let worst = 0;
      for (let row = 0; row < rows.rows; row++) worst = Math.max(worst, Math.abs(means[row] - expected[row]));
      expect(worst).toBeLessThan(1e-5);
    },
  );

  it("are the same to the bit for rows that are equal", async () => {
    const means = await poolMeans(fitted(40), rows);
    const { first, kindOf } = distinctRows(rows);
    for (let row = 0; row < rows.rows; row++) expect(means[row]).toBe(means[first[kindOf[row]]]);
  });
});

describe("predictions of equal rows", () => {
  it("are those of each row by itself, to the bit", () => {
    const process = fitted(30);
    const chosen = createGenerator("asked").choose(9000, rows.rows);
    const { mean, variance } = process.predict(rows, chosen);
    for (let place = 0; place < chosen.length; place += 97) {
      const alone = process.predict(takeRows(rows, [chosen[place]]));
      expect([mean[place], variance[place]]).toEqual([alone.mean[0], alone.variance[0]]);
    }
  });
});
