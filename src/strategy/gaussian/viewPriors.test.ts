import { describe, expect, test } from "vitest";
import { viewNames } from "../../encoding/index.js";
import type { LogNormal } from "../../predictor/gaussian/parameters.js";
import { createNanoBench, createNasBench101, createNasBench201 } from "../../space/index.js";
import { viewPriors } from "./viewPriors.js";

const medians = (beliefs: unknown): number[] => (beliefs as readonly LogNormal[]).map(({ median }) => median);

describe("viewPriors", () => {
  test.each([
    ["nasbench201", createNasBench201()],
    ["nasbench101", createNasBench101()],
    ["nanobench", createNanoBench()],
  ])("expects most of sizes and operations, for every group of %s", (_, space) => {
    const names = viewNames(space);
    const { amplitude, length, noise } = viewPriors(names);
    const amplitudes = medians(amplitude);
    expect(amplitudes).toHaveLength(names.length);
    expect(medians(length)).toHaveLength(names.length);
    expect(noise?.median).toBeLessThan(0.1);
    const of = (name: string): number => amplitudes[names.indexOf(name)];
    expect(Math.min(of("summary"), of("operations"))).toBeGreaterThan(2 * Math.max(of("paths"), of("shape")));
  });

  test("expects the same of a group whatever others there are, and has room for groups that it does not know", () => {
    const all = viewPriors(["paths", "summary", "operations", "shape", "codes"]);
    const some = viewPriors(["operations", "codes"]);
    for (const of of [(given: typeof all) => medians(given.amplitude), (given: typeof all) => medians(given.length)]) {
      expect(of(some)).toEqual([of(all)[2], of(all)[4]]);
    }
  });

  test("expects nothing particular where there is no graph", () => {
    for (const names of [["choices", "summary", "levels", "counts"], ["summary"], ["choices"], []]) {
      expect(viewPriors(names)).toEqual({});
    }
  });
});
