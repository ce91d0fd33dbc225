import type { Benchmark, Labels } from "../benchmark/contract.js";
import type { Catalogue } from "../space/catalogue.js";
import type { Trial } from "../study/index.js";
import { largestValue, queriesToOptimum } from "./optimum.js";

/** A table of measurements with the labels of one run. */
export interface LabelledTable {
  readonly benchmark: Benchmark;
  readonly labels: Labels;
}

/**
 * The row of an architecture: its own, or that of the canonical architecture in a table that holds only those; undefined
 * where neither was measured.
 */
export function rowInTable(architecture: number, catalogue: Catalogue, { labels }: LabelledTable): number | undefined {
  if (!Number.isNaN(labels.values[architecture])) return architecture;
  const canonical = catalogue.find(catalogue.space.canonical(catalogue.at(architecture)));
  return canonical >= 0 && !Number.isNaN(labels.values[canonical]) ? canonical : undefined;
}

/** Ranks by label and by test value; 1 is the best, equal values have equal ranks. */
export function rankIn(
  row: number,
  { benchmark, labels }: LabelledTable,
): { label: number; test: number | null; labelled: number; of: number } {
  const above = (values: Float64Array): number => values.reduce((n, value) => (value > values[row] ? n + 1 : n), 0);
  const measured = (values: Float64Array): number => values.reduce((n, value) => (Number.isNaN(value) ? n : n + 1), 0);
  return {
    label: above(labels.values) + 1,
    test: Number.isNaN(benchmark.test[row]) ? null : above(benchmark.test) + 1,
    labelled: measured(labels.values),
    of: measured(benchmark.test),
  };
}

/** How near a search came to the best of its table. */
export function compareWithTable(trials: readonly Trial[], catalogue: Catalogue, table: LabelledTable) {
  const { benchmark, labels } = table;
  const rows = trials.map(({ architecture, label }) =>
    // A failed look-up found nothing, whatever else computes the same function.
    Number.isNaN(label) ? architecture : (rowInTable(architecture, catalogue, table) ?? architecture),
  );
  const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    bestTest: orNull(largestValue(Float64Array.from(rows, (row) => benchmark.test[row]))),
    optimum: { label: orNull(largestValue(labels.values)), test: orNull(largestValue(benchmark.test)) },
    queriesToOptimum: {
      label: queriesToOptimum(rows, labels.values) ?? null,
      test: queriesToOptimum(rows, benchmark.test) ?? null,
    },
  };
}
