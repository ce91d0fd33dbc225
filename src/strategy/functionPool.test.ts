import { describe, expect, it } from "vitest";
import { createGenerator } from "../random/index.js";
import { createCatalogue } from "../space/catalogue.js";
import { createTinyNasBench201 } from "../space/index.js";
import { createGridSpace } from "./conformanceSpace.js";
import { createFeatureSource } from "./features.js";
import { functionPool } from "./functionPool.js";
import { createHistory } from "./history.js";

const tiny = createCatalogue(createTinyNasBench201());
const features = createFeatureSource(tiny);

/** What tells functions apart, worked out anew. */
function functionOf(id: number): string {
  const { canonical, distinct } = tiny.space;
  const settled = canonical(tiny.at(id));
  return (distinct?.(settled) ?? settled).join();
}

const functions = new Map<string, number[]>();
for (let id = 0; id < tiny.size; id++) functions.set(functionOf(id), [...(functions.get(functionOf(id)) ?? []), id]);
const [several] = [...functions.values()].filter((entries) => entries.length > 40);

describe("functionPool", () => {
  it("has one entry of each function, with the features of that entry", () => {
    const history = createHistory(tiny, undefined);
    const pool = functionPool(history, features, "one-hot", createGenerator(1));
    const entries = Array.from({ length: pool.features.rows }, (_, row) => pool.idOf(row));
    expect(entries).toHaveLength(functions.size);
    expect(new Set(entries.map(functionOf)).size).toBe(functions.size);
    expect([...pool.eligible()]).toEqual([...entries.keys()]);
    expect([...pool.features.data]).toEqual([...features.of("one-hot", entries).data]);
  });

  it("draws which entry it is by lot", () => {
    const history = createHistory(tiny, undefined);
    const drawn = Array.from({ length: 60 }, (_, seed) => {
      const pool = functionPool(history, features, "one-hot", createGenerator(seed));
      const row = Array.from({ length: functions.size }, (_, at) => at).find((at) => several.includes(pool.idOf(at)));
      return pool.idOf(row as number);
    });
    // 60 draws of more than 40 entries.
    expect(new Set(drawn).size).toBeGreaterThan(20);
    expect(drawn.some((id) => id > several[several.length / 2])).toBe(true);
    expect(drawn.some((id) => id < several[several.length / 2])).toBe(true);
  });

  it("keeps a known function in the ranking under its known entry, and out of the choice", () => {
    const history = createHistory(tiny, undefined);
    history.propose(several[3]);
    const pool = functionPool(history, features, "one-hot", createGenerator(1));
    const rows = Array.from({ length: pool.features.rows }, (_, row) => row);
    const own = rows.filter((row) => several.includes(pool.idOf(row)));
    expect(own.map(pool.idOf)).toEqual([several[3]]);
    expect([...pool.eligible()]).toEqual(rows.filter((row) => row !== own[0]));
  });

  it("is the whole space where every entry is a function of its own", () => {
    const grid = createCatalogue(createGridSpace(3, 4, true));
    const pool = functionPool(createHistory(grid, undefined), createFeatureSource(grid), "one-hot", createGenerator(1));
    expect(Array.from({ length: pool.features.rows }, (_, row) => pool.idOf(row))).toEqual([...Array(64).keys()]);
  });
});
