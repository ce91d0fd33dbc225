import { z } from "zod";
import type { Benchmark, Labels } from "../benchmark/contract.js";
import type { SearchSpace } from "../space/contract.js";
import { bestTrial, type SearchResult, type Trial } from "../study/index.js";
import { version } from "../version.js";
import { curveRules } from "./curveRules.js";
import { estimationCostsSchema, reportEstimation } from "./estimationCosts.js";
import { largestValue, queriesToOptimum } from "./optimum.js";
import type { SearchSetup } from "./searchSetup.js";

const number = z.number().nullable();

const trialSchema = z.object({
  number: z.int().min(0),
  architecture: z.string().describe("text form; the space parses it"),
  label: number.describe("null where the evaluation failed"),
  metrics: z.record(z.string(), number),
  failure: z.string().optional(),
  seconds: z.number(),
});

const costSchema = z.object({ name: z.string(), unit: z.string(), value: z.number() });

/** What `assay search` writes. Stable like the other reports. */
export const searchReportSchema = z.object({
  schema: z.literal(1),
  kind: z.literal("search"),
  version: z.string(),
  space: z.string(),
  benchmark: z.string().optional(),
  packChecksum: z.string().optional(),
  strategy: z.string(),
  spec: z.string(),
  options: z.record(z.string(), z.unknown()),
  label: z.string().describe("label rule, or the name of the evaluator"),
  labelDescription: z.string(),
  curveRules: z.record(z.string(), z.string()),
  seed: z.int(),
  budget: z.int().positive(),
  batch: z.int().positive(),
  queries: z.int().min(0),
  failures: z.int().min(0),
  ended: z.enum(["budget", "exhausted", "stopped", "hopeless"]),
  best: trialSchema
    .extend({
      costs: z.array(costSchema),
      rank: z
        .object({ label: z.int(), test: z.int().nullable(), labelled: z.int(), of: z.int() })
        .optional()
        .describe(
          "1 is best; label among the labelled architectures of the table, test among all that have a test value",
        ),
    })
    .optional()
    .describe("the trial with the best label; absent where every evaluation failed"),
  bestTest: number.optional().describe("the best test value among all queried"),
  optimum: z.object({ label: number, test: number }).optional().describe("the best values of the whole table"),
  queriesToOptimum: z
    .object({ label: z.int().nullable(), test: z.int().nullable() })
    .optional()
    .describe("null where it was not found"),
  estimationCodes: estimationCostsSchema.optional().describe("absent where none were asked for"),
  seconds: z.number(),
  trials: z.array(trialSchema),
});

export type SearchReport = z.infer<typeof searchReportSchema>;

export interface SearchReportInput {
  readonly setup: SearchSetup;
  readonly result: SearchResult;
  readonly spec: string;
  readonly seed: number;
  readonly budget: number;
  readonly seconds: number;
  /** Where the labels come from a table. */
  readonly table?: { readonly benchmark: Benchmark; readonly labels: Labels };
}

/** Everything that is known at the end of a search, as data. */
export function reportSearch(input: SearchReportInput): SearchReport {
  const { setup, result, table } = input;
  const { space } = setup.catalogue;
  const write = (trial: Trial): z.infer<typeof trialSchema> => ({
    ...trial,
    architecture: space.format(setup.catalogue.at(trial.architecture)),
    label: orNull(trial.label),
    metrics: Object.fromEntries(Object.entries(trial.metrics).map(([name, value]) => [name, orNull(value)])),
  });
  const best = bestTrial(result.trials);
  return {
    schema: 1,
    kind: "search",
    version,
    space: space.name,
    ...(table === undefined
      ? {}
      : { benchmark: table.benchmark.name, packChecksum: table.benchmark.metadata.checksum }),
    strategy: setup.definition.name,
    spec: input.spec,
    options: { ...setup.options },
    label: table?.labels.rule ?? setup.evaluator.name,
    labelDescription: table?.labels.description ?? `what ${setup.evaluator.name} gives`,
    curveRules,
    seed: input.seed,
    budget: input.budget,
    batch: setup.batch,
    queries: result.trials.length,
    failures: result.trials.filter((trial) => trial.failure !== undefined).length,
    ended: result.ended,
    ...(best === undefined
      ? {}
      : {
          best: {
            ...write(best),
            costs: costsOf(space, setup.catalogue.at(best.architecture)),
            ...(table === undefined ? {} : { rank: rankOf(best.architecture, table) }),
          },
        }),
    ...(table === undefined ? {} : standing(result.trials, table)),
    ...reportEstimation(setup.estimation),
    seconds: input.seconds,
    trials: result.trials.map(write),
  };
}

function standing(
  trials: readonly Trial[],
  { benchmark, labels }: NonNullable<SearchReportInput["table"]>,
): Pick<SearchReport, "bestTest" | "optimum" | "queriesToOptimum"> {
  const architectures = trials.map((trial) => trial.architecture);
  return {
    bestTest: orNull(largestValue(Float64Array.from(architectures, (row) => benchmark.test[row]))),
    optimum: { label: orNull(largestValue(labels.values)), test: orNull(largestValue(benchmark.test)) },
    queriesToOptimum: {
      label: queriesToOptimum(architectures, labels.values) ?? null,
      test: queriesToOptimum(architectures, benchmark.test) ?? null,
    },
  };
}

function rankOf(
  row: number,
  { benchmark, labels }: NonNullable<SearchReportInput["table"]>,
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

function costsOf(space: SearchSpace, architecture: Int32Array): z.infer<typeof costSchema>[] {
  const view = space.views.cost;
  if (view === undefined) return [];
  const values = new Float64Array(view.metrics.length);
  view.write(architecture, values);
  return view.metrics.map(({ name, unit }, i) => ({ name, unit, value: values[i] }));
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
