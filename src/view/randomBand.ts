import { expectRandomSearch, singleTrainingLabels } from "../experiment/randomSearch.js";
import { createGenerator } from "../random/index.js";
import type { Band } from "./contract.js";
import type { Subject } from "./subject.js";

/** What decides the labels of a study. */
export interface LabelChoice {
  readonly seed: number;
  readonly label: string | undefined;
}

/** What random search would find on the table of a study, exactly; undefined where there is no table. */
export function viewRandomSearch({ table }: Subject, { seed, label }: LabelChoice, queries: number): Band | undefined {
  if (table === undefined || queries < 1) return undefined;
  const { benchmark, isLive } = table;
  const labels = benchmark.labels(isLive ? "mean" : label, createGenerator(seed).split("labels"));
  const [columns, words] = isLive ? singleTrainingLabels(benchmark, labels) : [[labels.values], labels.rule];
  const { curve } = expectRandomSearch(columns, benchmark.test, Math.min(queries, benchmark.test.length), words);
  const known = curve.filter(({ mean, low, high }) => mean !== null && low !== null && high !== null);
  return {
    queries: known.map((point) => point.queries),
    low: known.map(({ low }) => low!),
    middle: known.map(({ mean }) => mean!),
    high: known.map(({ high }) => high!),
  };
}
