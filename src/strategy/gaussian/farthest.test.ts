import * as fc from "fast-check";
import { expect, test } from "vitest";
import { encodeAll } from "../../encoding/index.js";
import { takeRows } from "../../kernels/matrix.js";
import { createNasBench201 } from "../../space/index.js";
import { createGridSpace } from "../conformanceSpace.js";
import { farthestFirst } from "./farthest.js";

const rows = encodeAll(createGridSpace(4, 3, true), "views");

test("puts last what is known, and first what differs from all of it in more than one choice", () => {
  const all = Array.from({ length: rows.rows }, (_, row) => row);
  const differing = (first: number, second: number): number => {
    let count = 0;
    for (let gene = 0; gene < 4; gene++)
      if (Math.floor(first / 3 ** gene) % 3 !== Math.floor(second / 3 ** gene) % 3) count++;
    return count;
  };
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(80), { minLength: 1, maxLength: 6 }), (known) => {
      const order = farthestFirst(takeRows(rows, known), rows);
      expect(order.toSorted((a, b) => a - b)).toEqual(all);
      expect(order.slice(-known.length).toSorted((a, b) => a - b)).toEqual(known.toSorted((a, b) => a - b));
      const nearest = (row: number): number => Math.min(...known.map((other) => differing(row, other)));
      expect(nearest(order[0])).toBeGreaterThan(1);
    }),
    { numRuns: 40 },
  );
});

test("keeps the order of equals, and of all where nothing is known", () => {
  const some = takeRows(rows, [5, 3, 9, 3]);
  expect(farthestFirst(takeRows(rows, []), some)).toEqual([0, 1, 2, 3]);
  expect(farthestFirst(takeRows(rows, [3]), some).slice(-2)).toEqual([1, 3]);
  expect(farthestFirst(some, takeRows(rows, []))).toEqual([]);
});

test("reads sparse groups: what computes the same is near", () => {
  const space = createNasBench201();
  const [own, same, other] = [
    "|nor_conv_3x3~0|+|none~0|skip_connect~1|+|none~0|none~1|skip_connect~2|",
    "|skip_connect~0|+|none~0|nor_conv_3x3~1|+|none~0|none~1|skip_connect~2|",
    "|avg_pool_3x3~0|+|avg_pool_3x3~0|none~1|+|skip_connect~0|none~1|none~2|",
  ].map((text) => space.enumeration!.indexOf(space.parse(text)));
  const all = encodeAll(space, "views");
  expect(farthestFirst(takeRows(all, [own]), takeRows(all, [same, other]))).toEqual([1, 0]);
});
