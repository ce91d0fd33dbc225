import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGenerator } from "../random/index.js";
import { spaceConformance } from "./conformance.js";
import type { CostView } from "./contract.js";
import {
  createNasBench201,
  createSpace,
  createTinyNasBench201,
  formatLimits,
  limitsOf,
  parseLimit,
  restrictListedSpace,
  restrictSpace,
  wholeOf,
  withoutLimits,
} from "./index.js";
import { CONVOLUTION_3X3 } from "./nasbench201/cell.js";

const base = createNasBench201();
const tiny = createTinyNasBench201();
const CONVOLUTION = "|nor_conv_3x3~0|+|none~0|none~1|+|none~0|none~1|none~2|";

function at(index: number): Int32Array {
  const cell = new Int32Array(tiny.genes);
  tiny.enumeration.write(index, cell);
  return cell;
}

describe("tiny-nasbench201", () => {
  it("is the 4,096 cells without a 3x3 convolution, in the official order", () => {
    expect(tiny.size).toBe(4096n);
    const cells = Array.from({ length: 4096 }, (_, index) => at(index));
    expect(cells.some((cell) => cell.includes(CONVOLUTION_3X3))).toBe(false);
    expect(cells.map((cell) => base.enumeration!.indexOf(cell))).toEqual([...tiny.baseIndices]);
    expect([...tiny.baseIndices]).toEqual([...tiny.baseIndices].sort((a, b) => a - b));
    expect(createSpace("tiny-nasbench201")).toBe(tiny);
  });

  it("lies between 7.8 and 31.4 MFLOPs; the next cell of nasbench201 has 43.2", () => {
    const values = new Float64Array(2);
    const costs = (cell: Int32Array): number => {
      tiny.views.cost!.write(cell, values);
      return values[0];
    };
    const flops = Array.from({ length: 4096 }, (_, index) => costs(at(index)));
    expect(Math.min(...flops)).toBe(7_783_050);
    expect(Math.max(...flops)).toBe(31_376_010);
    expect(costs(base.parse(CONVOLUTION))).toBe(43_172_490);
  });

  it("has no place for other cells, and says why", () => {
    expect(tiny.enumeration.indexOf(base.parse(CONVOLUTION))).toBe(-1);
    expect(() => tiny.parse(CONVOLUTION)).toThrow(/43,172,490 flops \(MAC\), more than 35,000,000/);
    expect(() => tiny.parse("nonsense")).toThrow(/nasbench201/);
  });
});

describe("a restriction", () => {
  const options = { name: "part", description: "A part" };

  it("says what is wrong", () => {
    expect(() => restrictSpace(base, { ...options, limits: { latency: 5 } })).toThrow(
      /"latency" is no known cost of nasbench201/,
    );
    expect(() => restrictSpace(base, { ...options, limits: { flops: 5 } })).toThrow(
      /None of the 15,625 .* keeps flops<=5: the smallest flops is 7.783M/,
    );
    const { enumeration: _listed, ...unlisted } = base;
    expect(() => restrictListedSpace(unlisted, { ...options, limits: { flops: 5 } })).toThrow(/too large/);
  });

  it("draws another member where no edit stays inside", () => {
    // Two cells that are three edits apart are left where the mutation of the base is stuck and neighbours are none.
    const island = restrictListedSpace(
      { ...base, mutate: (cell) => cell.map(() => 3), neighbours: () => [] },
      {
        ...options,
        limits: { flops: 8e6 },
      },
    );
    const cell = island.sample(createGenerator(1));
    const mutant = island.mutate(cell, createGenerator(2));
    expect(island.enumeration.indexOf(mutant)).toBeGreaterThanOrEqual(0);
    expect(mutant).not.toEqual(cell);
  });
});

describe("limits on further costs", () => {
  const indexOf = (cell: Int32Array): number => base.enumeration!.indexOf(cell);
  const latency: CostView = {
    metrics: [{ name: "latency", unit: "milliseconds" }],
    write(cell, values) {
      values[0] = indexOf(cell) === 3 ? Number.NaN : indexOf(cell);
    },
  };

  it("keeps what both views allow, in the order of the whole; what is not known is outside", () => {
    const part = restrictListedSpace(base, { limits: ["latency<=0.01s", "flops<=1G"].map(parseLimit), costs: latency });
    expect([...part.baseIndices]).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9, 10]);
    expect(part.feasible).toEqual({ count: 10, of: 15_625, isExact: true });
    expect(part.name).toBe("nasbench201");
    expect(part.views).toBe(base.views);
    expect(formatLimits(limitsOf(part))).toBe("latency<=10ms and flops<=1G");
    expect(part.limitedCosts(base.parse(CONVOLUTION))).toEqual([
      { name: "latency", unit: "milliseconds", value: indexOf(base.parse(CONVOLUTION)) },
      { name: "flops", unit: "MAC", value: 43_172_490 },
    ]);
    const third = new Int32Array(6);
    base.enumeration!.write(3, third);
    expect(() => part.parse(base.format(third))).toThrow(/its latency is not known/);
    expect(() => part.parse(CONVOLUTION)).toThrow(/it has [\d,]+ latency \(milliseconds\), more than 10/);
  });

  it("can be parts of parts; a named part has no limits of its own", () => {
    expect(limitsOf(tiny)).toEqual([]);
    const part = restrictListedSpace(tiny, { limits: [parseLimit("flops>=31M")] });
    const smaller = restrictListedSpace(part, { limits: [parseLimit("params<=1M")] });
    expect(formatLimits(limitsOf(smaller))).toBe("flops>=31M and params<=1M");
    expect(wholeOf(smaller)).toBe(tiny.base);
    // What the name of a part says stays when the limits that were set on it are taken away.
    expect(withoutLimits(smaller)).toBe(tiny);
    expect(withoutLimits(tiny)).toBe(tiny);
    expect(withoutLimits(base)).toBe(base);
    const cells = Array.from({ length: 4096 }, (_, index) => at(index));
    expect(cells.filter((cell) => smaller.keeps(cell))).toHaveLength(Number(smaller.size));
    expect(smaller.keeps(base.parse(CONVOLUTION))).toBe(false);
  });

  const suite = spaceConformance(restrictSpace(base, { limits: ["flops<=60M", "params>=0.1M"].map(parseLimit) }), {
    mutantsAreNeighbours: true,
    canonicalCost: "never raises",
  });
  for (const { name, skip, run } of suite) if (skip === undefined) it(`between limits: ${name}`, run);

  it("lists just what keeps the limits", () => {
    const values = new Float64Array(2);
    fc.assert(
      fc.property(fc.double({ min: 5e6, max: 3e8, noNaN: true }), fc.boolean(), (value, isMost) => {
        const limit = { cost: "flops", bound: isMost ? "at most" : "at least", value, unit: "" } as const;
        let expected = 0;
        const cell = new Int32Array(6);
        for (let index = 0; index < 15_625; index++) {
          base.enumeration!.write(index, cell);
          base.views.cost!.write(cell, values);
          if (isMost ? values[0] <= value : values[0] >= value) expected++;
        }
        if (expected === 0) expect(() => restrictSpace(base, { limits: [limit] })).toThrow(/None of the 15,625/);
        else expect(restrictSpace(base, { limits: [limit] }).size).toBe(BigInt(expected));
      }),
      { numRuns: 20 },
    );
  });
});
