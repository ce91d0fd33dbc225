import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createGenerator } from "../../random/index.js";
import type { Architecture, SearchSpace } from "../../space/contract.js";
import { createGridSpace } from "../conformanceSpace.js";
import { drawStrata } from "./costStart.js";

const grid = createGridSpace(4, 8, true);

function withCosts(...costs: ((architecture: Architecture) => number)[]): SearchSpace {
  return {
    ...grid,
    views: {
      ...grid.views,
      cost: {
        metrics: costs.map((_, i) => ({ name: `cost${i}`, unit: "" })),
        write: (architecture, values) =>
          void costs.forEach((cost, i) => {
            values[i] = cost(architecture);
          }),
      },
    },
  };
}

const sum = (architecture: Architecture): number => architecture.reduce((total, level) => total + level, 0);
const priced = withCosts(sum);

describe("drawStrata", () => {
  test("rises in cost from stratum to stratum, above the cheapest, for any number of them", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0, max: 0.95, noNaN: true }),
        fc.nat(),
        (strata, cheapest, seed) => {
          const drawn = drawStrata(priced, strata, cheapest, createGenerator(seed));
          expect(drawn).toHaveLength(strata);
          const ranges = drawn
            .map((members) => members.map(sum))
            .map((costs) => [Math.min(...costs), Math.max(...costs)]);
          for (let i = 1; i < strata; i++) expect(ranges[i][0]).toBeGreaterThanOrEqual(ranges[i - 1][1]);
          const sizes = drawn.map(({ length }) => length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
          const draws = Math.max(1_000, 20 * strata);
          expect(sizes.reduce((total, size) => total + size, 0)).toBe(draws - Math.floor(cheapest * draws));
        },
      ),
      { numRuns: 25 },
    );
  });

  test("is the same from the same generator, and in random order within a stratum", () => {
    const drawn = drawStrata(priced, 5, 0.3, createGenerator(1));
    expect(drawStrata(priced, 5, 0.3, createGenerator(1))).toEqual(drawn);
    const costs = drawn[2].map(sum);
    expect(costs).not.toEqual(costs.toSorted((a, b) => a - b));
  });

  test("leaves nothing out where there are no costs, or all cost the same", () => {
    for (const [space, count] of [
      [grid, 1_000],
      [withCosts(), 1_000],
      [withCosts(() => 7), 700],
    ] as const) {
      const drawn = drawStrata(space, 4, 0.3, createGenerator(1));
      expect(drawn.flat()).toHaveLength(count);
      const means = drawn.map((members) => members.reduce((total, member) => total + sum(member), 0) / members.length);
      expect(Math.max(...means) - Math.min(...means)).toBeLessThan(1.5);
    }
  });

  test("weighs several costs alike, whatever their units, and ignores one that never differs", () => {
    const first = ([level]: Architecture): number => level;
    const second = ([, level]: Architecture): number => 1e9 * level * level;
    const meanOf = (members: readonly Architecture[], gene: number): number =>
      members.reduce((total, member) => total + member[gene], 0) / members.length;
    const drawn = drawStrata(
      withCosts(first, second, () => 1),
      5,
      0.2,
      createGenerator(1),
    );
    for (const gene of [0, 1]) expect(meanOf(drawn[4], gene) - meanOf(drawn[0], gene)).toBeGreaterThan(2);
    expect(Math.abs(meanOf(drawn[4], 2) - meanOf(drawn[0], 2))).toBeLessThan(1);
  });

  test("copes with a space of two", () => {
    const tiny = { ...createGridSpace(1, 2, true), views: { ...priced.views } };
    expect(drawStrata(tiny, 5, 0.5, createGenerator(1)).every((members) => members.length > 0)).toBe(true);
  });
});
