import fc from "fast-check";
import { expect, test } from "vitest";
import { createMatrix, type Matrix } from "../../kernels/matrix.js";
import { createGenerator } from "../../random/index.js";
import { createBreath } from "./breath.js";
import { distinctRows } from "./distinctRows.js";
import { layOut } from "./layout.js";
import { findNearest } from "./nearest.js";
import { placeBetween } from "./placeBetween.js";
import { QuadTree } from "./quadTree.js";

const CLUSTERS = 3;
const EACH = 40;

/** Three clusters far from each other, in eight dimensions; each row twice. */
function clusters(): Matrix {
  const generator = createGenerator("clusters");
  const rows = createMatrix(2 * CLUSTERS * EACH, 8);
  for (let row = 0; row < rows.rows; row++) {
    const original = row % (CLUSTERS * EACH);
    for (let column = 0; column < 8; column++) {
      const centre = column === original % CLUSTERS ? 20 : 0;
      rows.data[row * 8 + column] = row === original ? centre + generator.normal() : rows.data[original * 8 + column];
    }
  }
  return rows;
}

test.each(["UMAP", "t-SNE"] as const)("%s keeps clusters apart, the same each time", async (method) => {
  const rows = clusters();
  const make = () => layOut(rows, method, createGenerator(1), createBreath());
  const layout = await make();
  expect(await make()).toEqual(layout);
  const { x, y } = layout;
  expect([...x, ...y].every((value) => value >= 0 && value <= 1)).toBe(true);
  for (let row = 0; row < rows.rows; row++) {
    let nearest = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let other = 0; other < rows.rows; other++) {
      const square = (x[row] - x[other]) ** 2 + (y[row] - y[other]) ** 2;
      if (other !== row && other % (CLUSTERS * EACH) !== row % (CLUSTERS * EACH) && square < least)
        [nearest, least] = [other, square];
    }
    expect((nearest % (CLUSTERS * EACH)) % CLUSTERS).toBe((row % (CLUSTERS * EACH)) % CLUSTERS);
  }
});

test.each([1, 2, 3, 5])("lays out %i rows", async (count) => {
  const rows = createMatrix(count, 2);
  rows.data.set(Array.from({ length: 2 * count }, (_, i) => i * i));
  for (const method of ["UMAP", "t-SNE"] as const) {
    const { x, y } = await layOut(rows, method, createGenerator(1), createBreath());
    expect([...x, ...y].every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(x).toHaveLength(count);
  }
});

test("finds the nearest rows as a full sort does", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 4, maxLength: 60 }),
      fc.integer({ min: 1, max: 8 }),
      async (numbers, count) => {
        const rows = createMatrix(numbers.length >> 1, 2);
        rows.data.set(numbers.slice(0, rows.data.length));
        const found = await findNearest(rows, count, createBreath());
        for (let row = 0; row < rows.rows; row++) {
          const square = (other: number): number =>
            (rows.data[2 * row] - rows.data[2 * other]) ** 2 + (rows.data[2 * row + 1] - rows.data[2 * other + 1]) ** 2;
          const others = Array.from({ length: rows.rows }, (_, i) => i).filter((i) => i !== row);
          others.sort((a, b) => square(a) - square(b) || a - b);
          expect([...found.indices.subarray(row * found.count, (row + 1) * found.count)]).toEqual(
            others.slice(0, count),
          );
        }
      },
    ),
  );
});

test("a tree opened to the leaves sums up what a loop does", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 4, maxLength: 80 }), (numbers) => {
      const places = Float64Array.from(numbers.slice(0, numbers.length & ~1), (value) => value / 4);
      const tree = new QuadTree(places);
      const found = new Float64Array(3);
      for (let point = 0; 2 * point < places.length; point++) {
        const sums = [0, 0, 0];
        for (let other = 0; 2 * other < places.length; other++) {
          if (other === point) continue;
          const x = places[2 * point] - places[2 * other];
          const y = places[2 * point + 1] - places[2 * other + 1];
          const weight = 1 / (1 + x * x + y * y);
          sums[0] += weight * weight * x;
          sums[1] += weight * weight * y;
          sums[2] += weight;
        }
        tree.repulsion(point, 0, found);
        for (const [i, sum] of sums.entries()) expect(found[i]).toBeCloseTo(sum, 9);
      }
    }),
  );
});

test("equal rows are found, and further rows stand between their nearest", async () => {
  const rows = createMatrix(4, 1);
  rows.data.set([1, 2, 1, 5]);
  expect([...distinctRows(rows).placeOf]).toEqual([0, 1, 0, 2]);
  const further = createMatrix(1, 1);
  further.data[0] = 5;
  const { x, y } = await placeBetween(rows, { x: [0, 0, 0, 1], y: [0, 0, 0, 0.5] }, further, createBreath());
  expect([x[0], y[0]]).toEqual([1, 0.5]);
});
