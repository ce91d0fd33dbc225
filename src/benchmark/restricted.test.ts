import { describe, expect, it } from "vitest";
import { sampleBenchmark, samplePackContents } from "../../test/sampleBenchmark.js";
import { createGenerator } from "../random/index.js";
import { createNasBench201, parseLimit, restrictSpace } from "../space/index.js";
import {
  benchmarkFromHandle,
  benchmarkFromPack,
  costsOfBenchmark,
  createPack,
  findCost,
  lookUpCosts,
  readEstimationTable,
  restrictBenchmark,
} from "./index.js";

const whole = sampleBenchmark();
const space = restrictSpace(whole.space, { limits: [parseLimit("flops<=35M")] });
const part = restrictBenchmark(whole, space);
const rowOf = (row: number): number => {
  const genes = new Int32Array(6);
  space.enumeration!.write(row, genes);
  return whole.space.enumeration!.indexOf(genes);
};

describe("a part of a benchmark", () => {
  it("has the rows of its space, with the values and labels that they have in the whole", () => {
    expect(part.name).toBe("sample/cells with flops<=35M");
    expect(part.metadata).toMatchObject({ name: part.name, rows: 4096, checksum: whole.metadata.checksum });
    for (const rule of [undefined, "mean", "seed:2", "random-seed", "noisy(0.5)", "test_accuracy"]) {
      const [all, some] = [whole, part].map((one) => one.labels(rule, createGenerator(3).split("labels")));
      expect(some.values).toHaveLength(4096);
      expect(some.rule).toBe(all.rule);
      for (const row of [0, 1, 777, 4095]) expect(some.values[row]).toBe(all.values[rowOf(row)]);
    }
    for (const row of [0, 1, 777, 4095]) {
      expect(part.test[row]).toBe(whole.test[rowOf(row)]);
      expect(part.pack.column("valid_accuracy_1")[row]).toBe(whole.pack.column("valid_accuracy_1")[rowOf(row)]);
    }
    expect(() => part.labels("seed:9", createGenerator(1))).toThrow(/no training seed "9"/);
  });

  it("has its own estimation codes, and takes those of the whole", () => {
    const own = readEstimationTable(part, "early");
    const other = readEstimationTable(part, "early", whole);
    expect(own.codes.rows).toBe(4096);
    expect(other.codes.data).toEqual(own.codes.data);
  });

  it("opens on other threads, and so do parts of parts", () => {
    const smaller = restrictBenchmark(part, restrictSpace(part.space, { limits: [parseLimit("params>=0.1M")] }));
    expect(smaller.name).toBe("sample/cells with flops<=35M with params>=100k");
    for (const one of [part, smaller]) {
      const opened = benchmarkFromHandle(structuredClone(one.handle()));
      expect(opened.name).toBe(one.name);
      expect(opened.space.size).toBe(one.space.size);
      expect(opened.test).toEqual(one.test);
      const labels = [opened, one].map(({ labels }) => labels("noisy(1)", createGenerator(1)).values);
      expect(labels[0]).toEqual(labels[1]);
    }
  });

  it("is refused for a space that is no part of the benchmark's", () => {
    expect(() => restrictBenchmark(whole, createNasBench201())).toThrow(/no listed part of nasbench201/);
    expect(() => restrictBenchmark(part, space)).toThrow(/no listed part/);
  });
});

describe("costs that a benchmark looks up", () => {
  const contents = samplePackContents("sample/costs");
  const table = benchmarkFromPack(
    createPack({
      ...contents,
      metadata: {
        ...contents.metadata,
        metrics: [
          ...contents.metadata.metrics,
          { name: "pixel3_latency", unit: "milliseconds", description: "made up" },
          { name: "train_time", unit: "seconds", description: "made up" },
          { name: "latency", unit: "milliseconds", description: "made up" },
        ],
      },
      columns: new Map([
        ...contents.columns,
        ["pixel3_latency", Float32Array.from({ length: 15_625 }, (_, row) => (row === 2 ? Number.NaN : row % 100))],
        ["train_time", new Float64Array(15_625)],
        ["latency", new Float64Array(15_625)],
      ]),
    }),
  );

  it("are named after the device, or as their column; what only a training tells is none", () => {
    expect(costsOfBenchmark(table.metadata)).toEqual([
      { name: "latency.pixel3", unit: "milliseconds" },
      { name: "latency", unit: "milliseconds" },
    ]);
    expect(findCost(table.metadata, "pixel3_latency")?.name).toBe("pixel3_latency");
    expect(() => lookUpCosts(table, ["train_time"], table.space)).toThrow(/known only after a training/);
    expect(() => lookUpCosts(table, ["test_accuracy"], table.space)).toThrow(/known only after a training/);
    expect(() => lookUpCosts(table, ["latency.pixel4"], table.space)).toThrow(/has no cost "latency.pixel4"/);
  });

  it("restrict the space, and other spaces of the same architectures", () => {
    const limits = [parseLimit("latency.pixel3<=3ms")];
    const quick = restrictSpace(table.space, { limits, costs: lookUpCosts(table, ["latency.pixel3"], table.space) });
    // Rows 0, 1, 3 of each hundred and row 2 of all but the first, whose latency is unknown.
    expect(quick.size).toBe(157n * 4n - 4n + 3n);
    const small = restrictSpace(space, { limits, costs: lookUpCosts(table, ["latency.pixel3"], space) });
    expect(small.size).toBeLessThan(quick.size);
    const smaller = restrictBenchmark(part, small);
    expect(smaller.test.every((value) => part.test.includes(value))).toBe(true);
  });
});
