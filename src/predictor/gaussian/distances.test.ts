import { expect, test } from "vitest";
import { createKernels } from "../../kernels/kernels.js";
import { createGenerator } from "../../random/index.js";
import { Distances, packRows } from "./distances.js";
import type { DistanceGroup } from "./groups.js";

const COLUMNS = 40;
const COUNT = 11;

/** Rows of a dense part and a sparse one, whose unused pairs have the column -1. */
function randomRows(name: string, highest: number): Float32Array {
  const generator = createGenerator("distances").split(name);
  const rows = new Float32Array(COUNT * COLUMNS).map(() => generator.normal());
  for (let pair = 20; pair < COUNT * COLUMNS; pair += pair % COLUMNS === 38 ? 22 : 2) {
    rows[pair] = generator.uniform() < 0.3 ? -1 : generator.integer(highest);
  }
  return rows;
}

/** Columns may repeat in a random sparse row: the last counts in the measured row, all in the others, so none may. */
function withoutRepeats(rows: Float32Array): Float32Array {
  for (let row = 0; row < COUNT; row++) {
    const seen = new Set<number>();
    for (let pair = row * COLUMNS + 20; pair < (row + 1) * COLUMNS; pair += 2) {
      if (seen.has(rows[pair])) rows[pair] = -1;
      seen.add(rows[pair]);
    }
  }
  return rows;
}

function plainDistance({ kind, start, width, scale }: DistanceGroup, some: Float32Array, others: Float32Array): number {
  const difference = new Map<number, number>();
  for (const [rows, sign] of [[some, 1] as const, [others, -1] as const]) {
    for (let place = start; place < start + width; place += kind === "sparse" ? 2 : 1) {
      const column = kind === "sparse" ? rows[place] : place;
      const value = kind === "sparse" ? rows[place + 1] : rows[place];
      if (column >= 0) difference.set(column, (difference.get(column) ?? 0) + sign * value);
    }
  }
  return scale * [...difference.values()].reduce((sum, value) => sum + value * value, 0);
}

const groups: readonly DistanceGroup[] = [
  { kind: "dense", start: 0, width: 20, scale: 1 },
  { kind: "dense", start: 3, width: 7, scale: 0.3 },
  { kind: "dense", start: 5, width: 1, scale: 2 },
  { kind: "sparse", start: 20, width: 20, scale: 1.5 },
];

test.each(groups)("are those of plain sums, and the same in both builds: $kind, $width columns", (group) => {
  const given = withoutRepeats(randomRows("given", 12));
  // Columns that no given row has count as well.
  const measured = withoutRepeats(randomRows("measured", 30));
  const [relaxed, portable] = [false, true].map((isPortable) =>
    createKernels({ portable: isPortable }).run((arena) => {
      const distances = new Distances(arena, packRows(group, given, COLUMNS, COUNT));
      const found = new Float64Array(COUNT * COUNT);
      // In two parts, neither of a whole number of vectors.
      for (let row = 0; row < COUNT; row++) {
        distances.write(measured, row * COLUMNS, 0, 5, found, row * COUNT);
        distances.write(measured, row * COLUMNS, 5, COUNT - 5, found, row * COUNT + 5);
      }
      return found;
    }),
  );
  expect(portable).toEqual(relaxed);
  for (let row = 0; row < COUNT; row++) {
    for (let other = 0; other < COUNT; other++) {
      const own = measured.subarray(row * COLUMNS, (row + 1) * COLUMNS);
      const expected = plainDistance(group, own, given.subarray(other * COLUMNS, (other + 1) * COLUMNS));
      expect(relaxed[row * COUNT + other]).toBeCloseTo(expected, 10);
    }
  }
});

test("equal rows are at distance 0 exactly", () => {
  const rows = withoutRepeats(randomRows("given", 12));
  for (const group of groups) {
    const found = new Float64Array(1);
    createKernels().run((arena) => {
      const distances = new Distances(arena, packRows(group, rows, COLUMNS, COUNT));
      for (let row = 0; row < COUNT; row++) {
        distances.write(rows, row * COLUMNS, row, 1, found);
        expect(found[0]).toBe(0);
      }
    });
  }
});
