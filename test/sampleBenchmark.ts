import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Benchmark, benchmarkFromPack, createPack, type PackContents, savePack } from "../src/benchmark/index.js";
import { createGenerator } from "../src/random/index.js";
import { createNasBench201 } from "../src/space/index.js";

/*
 * A small benchmark for tests that need no measurements: the NAS-Bench-201 space with accuracies worked out from the
 * operations of each cell. Made-up numbers of a plausible shape.
 */

const worth = [0, 3, 9, 12, 5];

/** Columns and metadata of the sample benchmark. */
export function samplePackContents(name = "sample/cells"): PackContents {
  const space = createNasBench201();
  const { size, write } = space.enumeration!;
  const generator = createGenerator("sample benchmark");
  const test = new Float64Array(size);
  const first = new Float64Array(size);
  const second = new Float64Array(size);
  const label = new Float64Array(size);
  const genes = new Int32Array(space.genes);
  for (let row = 0; row < size; row++) {
    write(row, genes);
    let sum = 10;
    for (let i = 0; i < genes.length; i++) sum += worth[genes[i]] * (1 + 0.1 * i);
    if (genes[3] === 1 && genes[0] === 3) sum += 4;
    test[row] = Math.round(1000 * (sum + generator.normal())) / 1000;
    first[row] = test[row] - 1 + 0.3 * generator.normal();
    second[row] = test[row] - 1 + 0.3 * generator.normal();
    label[row] = (first[row] + second[row]) / 2;
  }
  const accuracy = (column: string, split: string, seed: string) => ({
    name: column,
    unit: "percent",
    split,
    seed,
    epoch: 200,
    description: "made up",
  });
  return {
    metadata: {
      name,
      title: "Made-up accuracies of NAS-Bench-201 cells",
      space: { name: "nasbench201", options: {} },
      metrics: [
        accuracy("valid_accuracy", "validation", "mean"),
        accuracy("valid_accuracy_1", "validation", "1"),
        accuracy("valid_accuracy_2", "validation", "2"),
        accuracy("test_accuracy", "test", "mean"),
      ],
      label: "valid_accuracy",
      labelRule: "mean",
      seedLabels: { 1: "valid_accuracy_1", 2: "valid_accuracy_2" },
      test: "test_accuracy",
      source: "made up for tests",
      licence: "none",
      notes: ["made-up numbers"],
      estimationCodes: [
        { name: "early", columns: ["valid_accuracy_1", "valid_accuracy_2"], cost: 0.015, description: "made up" },
        { name: "score", columns: ["valid_accuracy_2"], cost: 0, description: "made up" },
      ],
    },
    columns: new Map([
      ["valid_accuracy", label],
      ["valid_accuracy_1", first],
      ["valid_accuracy_2", second],
      ["test_accuracy", test],
    ]),
    text: new Map(),
  };
}

/** The sample benchmark in memory. */
export function sampleBenchmark(): Benchmark {
  return benchmarkFromPack(createPack(samplePackContents()));
}

/** A fresh folder that holds the sample benchmark as a pack, good for ASSAY_DATA. Call `remove` at the end. */
export function sampleDataFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "assay-test-"));
  savePack(samplePackContents(), join(folder, "sample", "cells.parquet"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
