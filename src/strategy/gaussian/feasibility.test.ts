import { expect, test } from "vitest";
import { groupsOf } from "../../predictor/gaussian/groups.js";
import { createCatalogue } from "../../space/catalogue.js";
import { createGridSpace } from "../conformanceSpace.js";
import { createFeatureSource } from "../features.js";
import { learnFeasibility } from "./feasibility.js";

const space = createGridSpace(3, 4, true);
const catalogue = createCatalogue(space);
const rows = createFeatureSource(catalogue).of(
  "views",
  Array.from({ length: catalogue.size }, (_, id) => id),
);
const limit = (id: number): boolean => catalogue.at(id)[0] < 2;

test("learns a limit that nobody stated", async () => {
  const known = Array.from({ length: 24 }, (_, i) => (i * 7) % catalogue.size);
  const features = createFeatureSource(catalogue).of("views", known);
  const feasibility = learnFeasibility(
    groupsOf(features),
    features,
    Uint8Array.from(known, (id) => (limit(id) ? 1 : 0)),
    20,
  );
  const chances = feasibility.logChances(rows);
  const leanings = await feasibility.leanings(rows);
  let right = 0;
  for (let id = 0; id < catalogue.size; id++) {
    expect(chances[id]).toBeLessThanOrEqual(0);
    expect(Number.isFinite(chances[id])).toBe(true);
    if (chances[id] > Math.log(0.5) === limit(id)) right++;
    expect(leanings[id] > 0).toBe(chances[id] > Math.log(0.5));
  }
  expect(right).toBeGreaterThan(0.8 * catalogue.size);
  expect(feasibility.logChances(rows, [5, 9])).toEqual(Float64Array.of(chances[5], chances[9]));
});

test("one failure takes little from what is not like it", () => {
  const known = Array.from({ length: 20 }, (_, i) => (i * 3) % catalogue.size);
  const features = createFeatureSource(catalogue).of("views", known);
  const outcomes = new Uint8Array(known.length).fill(1);
  outcomes[0] = 0;
  const chances = learnFeasibility(groupsOf(features), features, outcomes, 20).logChances(rows);
  expect(chances.filter((chance) => chance > Math.log(0.7)).length).toBeGreaterThan(0.8 * catalogue.size);
});
