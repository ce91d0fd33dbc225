import { expect, test } from "vitest";
import { samplePackContents } from "../../test/sampleBenchmark.js";
import { benchmarkFromPack, type Column, createPack } from "../benchmark/index.js";
import { createGenerator } from "../random/index.js";
import { createCatalogue } from "../space/catalogue.js";
import { compareWithTable, rankIn, rowInTable } from "./tableStanding.js";

const whole = benchmarkFromPack(createPack(samplePackContents()));
const catalogue = createCatalogue(whole.space);
const canonicalOf = (id: number): number => catalogue.idOf(whole.space.canonical(catalogue.at(id)));

/** The sample benchmark with the rows of canonical cells only. */
function canonicalTable() {
  const contents = samplePackContents();
  const rows = Int32Array.from({ length: 300 }, (_, id) => id).filter((id) => canonicalOf(id) === id);
  const columns = new Map(
    [...contents.columns].map(([name, values]) => [name, Float64Array.from(rows, (id) => values[id])]),
  );
  const pack = createPack({
    metadata: { ...contents.metadata, rowIndex: "index" },
    columns: new Map<string, Column>([["index", rows], ...columns]),
    text: new Map(),
  });
  const benchmark = benchmarkFromPack(pack);
  return { benchmark, labels: benchmark.labels("mean", createGenerator(1)) };
}

const table = canonicalTable();
const alias = Array.from({ length: 300 }, (_, id) => id).find((id) => canonicalOf(id) !== id && canonicalOf(id) < 300)!;

test("an architecture stands in the row of what computes the same function", () => {
  const canonical = canonicalOf(alias);
  expect(rowInTable(canonical, catalogue, table)).toBe(canonical);
  expect(rowInTable(alias, catalogue, table)).toBe(canonical);
  expect(rowInTable(15_000, catalogue, table)).toBeUndefined();
});

test("ranks count what is better among what was measured", () => {
  const { values } = table.labels;
  const best = values.reduce(
    (first, value, row) => (value > values[first] || Number.isNaN(values[first]) ? row : first),
    0,
  );
  const rank = rankIn(best, table);
  expect(rank.label).toBe(1);
  expect(rank.labelled).toBe(values.filter((value) => !Number.isNaN(value)).length);
});

test("only what succeeded counts as found", () => {
  const { values } = table.labels;
  const best = values.reduce(
    (first, value, row) => (value > values[first] || Number.isNaN(values[first]) ? row : first),
    0,
  );
  const trial = (architecture: number, label: number) => ({ number: 0, architecture, label, metrics: {}, seconds: 0 });
  const found = compareWithTable([trial(alias, 1), trial(best, 2)], catalogue, table);
  expect(found.queriesToOptimum.label).toBe(2);
  expect(compareWithTable([trial(alias, Number.NaN)], catalogue, table).bestTest).toBeNull();
});
