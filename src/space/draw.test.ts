import { expect, it } from "vitest";
import { createGenerator } from "../random/index.js";
import { createCatalogue } from "./catalogue.js";
import { drawUnseen } from "./draw.js";
import { createNasBench201 } from "./index.js";

const listed = createNasBench201();
const { enumeration: _listed, ...sampledOnly } = listed;

it("empties a listed space and then stops", () => {
  const catalogue = createCatalogue(listed);
  const generator = createGenerator(1);
  const most = drawUnseen(catalogue, 15_620, () => false, generator);
  const seen = new Set(most);
  expect(seen.size).toBe(15_620);
  const rest = drawUnseen(catalogue, 10, (id) => seen.has(id), generator);
  expect(new Set([...most, ...rest]).size).toBe(15_625);
  expect(rest).toHaveLength(5);
  expect(drawUnseen(catalogue, 3, () => true, generator)).toEqual([]);
});

it("empties a space that is only sampled and then stops", () => {
  const tiny = {
    ...sampledOnly,
    size: 5n,
    sample: (generator: ReturnType<typeof createGenerator>) => Int32Array.of(0, 0, 0, generator.integer(5), 0, 0),
  };
  const catalogue = createCatalogue(tiny);
  const generator = createGenerator(2);
  const first = drawUnseen(catalogue, 3, () => false, generator);
  const rest = drawUnseen(catalogue, 9, (id) => first.includes(id), generator);
  expect(new Set([...first, ...rest]).size).toBe(5);
  expect(rest).toHaveLength(2);
});

it("ends where the stated size is only an upper bound", () => {
  const overstated = { ...sampledOnly, size: 10n ** 19n, sample: () => Int32Array.of(1, 2, 3, 0, 0, 0) };
  expect(drawUnseen(createCatalogue(overstated), 2, () => false, createGenerator(3))).toEqual([0]);
});

it("draws every unseen architecture equally often", () => {
  const catalogue = createCatalogue(listed);
  const counts = new Map<number, number>();
  const generator = createGenerator(4);
  for (let round = 0; round < 600; round++) {
    const [id] = drawUnseen(catalogue, 1, (candidate) => candidate >= 6, generator);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const expected = 100;
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  expect([...counts.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  expect(chiSquare).toBeLessThan(20);
});
