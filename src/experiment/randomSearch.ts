import { z } from "zod";
import type { Benchmark, Labels } from "../benchmark/contract.js";
import { createBestOfSample, createWeightedSummary, type WeightedSummary } from "../stats/index.js";

const number = z.number().nullable();
const rangeSchema = z.object({ mean: number, low: number, high: number });

/** What random search finds on a table, exactly. `low` and `high` are the 5 % and 95 % quantiles over its runs. */
export const randomSearchSchema = z.object({
  queries: z.int().positive(),
  labels: z.string().describe("which labels it chooses by"),
  bestLabel: rangeSchema.describe("the best label that it sees"),
  test: rangeSchema.describe("test value in the table of the architecture with the best label"),
  curve: z.array(rangeSchema.extend({ queries: z.int().positive() })).describe("the best label after so many queries"),
});

export type RandomSearchOutlook = z.infer<typeof randomSearchSchema>;

/** At most this many points; a curve of thousands says no more. */
const POINTS = 100;

/**
 * What random search would find on a table with so many queries: it draws architectures without replacement and chooses
 * the one with the best label. Worked out from the chances of each architecture, without drawing any.
 *
 * @param columns labels that it may see; with several (one for each training seed) each is as likely
 * @param test what its choice is worth
 * @param labels the columns in words
 */
export function expectRandomSearch(
  columns: readonly Float64Array[],
  test: Float64Array,
  queries: number,
  labels: string,
): RandomSearchOutlook {
  const best = columns.map((column) => createBestOfSample(column));
  const rows = test.length;
  const chances = new Float64Array(rows * columns.length);
  const seen = new Float64Array(rows * columns.length);
  const worth = new Float64Array(rows * columns.length);
  for (const [i, column] of columns.entries()) {
    seen.set(column, i * rows);
    worth.set(test, i * rows);
  }
  const summariseSeen = createWeightedSummary(seen);
  const after = (count: number): Float64Array => {
    for (const [i, chancesAfter] of best.entries()) chances.set(chancesAfter(count), i * rows);
    return chances;
  };
  const curve = checkpointsUpTo(queries).map((count) => ({ queries: count, ...range(summariseSeen(after(count))) }));
  const { queries: _, ...bestLabel } = curve[curve.length - 1];
  return { queries, labels, bestLabel, test: range(createWeightedSummary(worth)(after(queries))), curve };
}

/** The labels that a live training is a draw of: those of single training seeds where a table has them, else their mean. */
export function singleTrainingLabels({ metadata, pack }: Benchmark, mean: Labels): [Float64Array[], string] {
  const seeds = Object.values(metadata.seedLabels);
  if (seeds.length === 0) return [[mean.values], mean.rule];
  return [seeds.map((name) => Float64Array.from(pack.column(name))), "one training seed of the table"];
}

function checkpointsUpTo(queries: number): number[] {
  if (queries <= POINTS) return Array.from({ length: queries }, (_, i) => i + 1);
  return Array.from({ length: POINTS }, (_, i) => Math.round(1 + (i * (queries - 1)) / (POINTS - 1)));
}

function range({ mean, low, high }: WeightedSummary): z.infer<typeof rangeSchema> {
  return { mean: orNull(mean), low: orNull(low), high: orNull(high) };
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
