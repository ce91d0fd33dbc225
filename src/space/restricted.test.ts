import { describe, expect, it } from "vitest";
import { createGenerator } from "../random/index.js";
import { createNasBench201, createSpace, createTinyNasBench201, restrictSpace } from "./index.js";
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
      /"latency".*no cost of nasbench201/,
    );
    expect(() => restrictSpace(base, { ...options, limits: { flops: 5 } })).toThrow(/keeps the limits/);
    const { enumeration: _listed, ...unlisted } = base;
    expect(() => restrictSpace(unlisted, { ...options, limits: { flops: 5 } })).toThrow(/too large/);
  });

  it("draws another member where no edit stays inside", () => {
    // Two cells that are three edits apart are left where the mutation of the base is stuck and neighbours are none.
    const island = restrictSpace(
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
