import { z } from "zod";
import type { OptionValues } from "../options.js";
import type { Catalogue } from "../space/catalogue.js";
import type { Recommendation } from "../strategy/contract.js";
import { explanationSchema, writeExplanation } from "../strategy/explanations.js";
import { bestTrial, type SearchResult, type Trial } from "../study/index.js";
import { version } from "../version.js";
import { costSchema, costsOf, limitedCostsOf, trainedCosts } from "./costs.js";
import { curveRules } from "./curveRules.js";
import { estimationCostsSchema, reportEstimation } from "./estimationCosts.js";
import { frontSchema, reportFront } from "./frontReport.js";
import { limitFields, reportLimits } from "./limits.js";
import { largestValue } from "./optimum.js";
import { expectRandomSearch, randomSearchSchema, singleTrainingLabels } from "./randomSearch.js";
import { recommendationSchema, reportRecommendation } from "./recommendation.js";
import type { SearchSetup } from "./searchSetup.js";
import { compareWithTable, type LabelledTable, rankIn, rowInTable } from "./tableStanding.js";

const number = z.number().nullable();

const trialSchema = z.object({
  number: z.int().min(0),
  architecture: z.string().describe("text form; the space parses it"),
  label: number.describe("null where the evaluation failed"),
  metrics: z.record(z.string(), number),
  curves: z.record(z.string(), z.array(number)).optional().describe("one number for each epoch of a training"),
  explanation: explanationSchema.optional().describe("why the strategy suggested it, where it says so"),
  values: z.array(z.number()).optional().describe("of each objective, where there are several"),
  failure: z.string().optional(),
  attempts: z.int().optional().describe("where the first failed"),
  log: z.string().optional().describe("file that keeps what the evaluation printed"),
  seconds: z.number(),
});

/** What `assay search` writes. Stable like the other reports. */
export const searchReportSchema = z.object({
  schema: z.literal(1),
  kind: z.literal("search"),
  version: z.string(),
  space: z.string(),
  benchmark: z.string().optional(),
  packChecksum: z.string().optional(),
  ...limitFields,
  strategy: z.string(),
  spec: z.string(),
  options: z.record(z.string(), z.unknown()),
  label: z.string().describe("label rule, or the name of the evaluator"),
  labelDescription: z.string(),
  curveRules: z.record(z.string(), z.string()),
  training: z
    .object({ dataset: z.string(), settings: z.record(z.string(), z.unknown()) })
    .optional()
    .describe("where the built-in trainer trained each architecture; `label` is then what it gave"),
  seed: z.int(),
  budget: z.int().positive(),
  batch: z.int().positive(),
  queries: z.int().min(0),
  failures: z.int().min(0),
  ended: z.enum(["budget", "exhausted", "stopped", "hopeless"]),
  best: trialSchema
    .extend({
      costs: z.array(costSchema),
      table: z
        .object({ label: number, test: number })
        .optional()
        .describe("after live trainings: what the table says of the architecture, mean over its training seeds"),
      rank: z
        .object({ label: z.int(), test: z.int().nullable(), labelled: z.int(), of: z.int() })
        .optional()
        .describe(
          "1 is best; label among the labelled architectures of the table, test among all that have a test value",
        ),
    })
    .optional()
    .describe("the trial with the best label; absent where every evaluation failed"),
  recommendation: recommendationSchema
    .optional()
    .describe("what the strategy would choose; absent where it does not say, and where the search was stopped"),
  front: frontSchema.optional().describe("the Pareto front, where there are several objectives"),
  bestTest: number.optional().describe("the best test value among all queried"),
  optimum: z.object({ label: number, test: number }).optional().describe("the best values of the whole table"),
  queriesToOptimum: z
    .object({ label: z.int().nullable(), test: z.int().nullable() })
    .optional()
    .describe("null where it was not found"),
  estimationCodes: estimationCostsSchema.optional().describe("absent where none were asked for"),
  randomSearch: randomSearchSchema.optional().describe("what random search finds with as many queries"),
  study: z
    .object({ name: z.string(), storage: z.string() })
    .optional()
    .describe("where the trials are kept, if they are"),
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
  /** What the strategy recommends, from `strategy.recommend`. */
  readonly recommendation?: Recommendation | undefined;
  /** Where the trials are kept. */
  readonly study?: { readonly name: string; readonly storage: string };
  /** Where the labels come from a table; with `training`, the table that live results are compared with. */
  readonly table?: LabelledTable;
  /** Where the built-in trainer gave the labels. */
  readonly training?: SearchTraining;
  /** Work out what random search finds on the table. Default: with live trainings only. */
  readonly randomSearch?: boolean;
}

/** What the built-in trainer was told in a search. */
export interface SearchTraining {
  readonly dataset: string;
  readonly settings: OptionValues;
}

/**
 * Everything that is known at the end of a search, as data.
 *
 * @example
 * const result = await search({ ...setup, budget: 40 });
 * const report = reportSearch({ setup, result, spec: "weaknas", seed: 1, budget: 40, seconds: 60 });
 * const figure = searchProgressFigure(report);
 */
export function reportSearch(input: SearchReportInput): SearchReport {
  const { setup, result, table, training } = input;
  const { space } = setup.catalogue;
  const write = ({ curves, explanation, values, ...trial }: Trial): z.infer<typeof trialSchema> => ({
    ...trial,
    ...(curves === undefined ? {} : { curves: mapValues(curves, (series) => series.map(orNull)) }),
    ...(explanation === undefined ? {} : { explanation: writeExplanation(explanation) }),
    architecture: space.format(setup.catalogue.at(trial.architecture)),
    label: orNull(trial.label),
    metrics: mapValues(trial.metrics, orNull),
    ...(values === undefined ? {} : { values: [...values] }),
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
    ...reportLimits(space),
    strategy: setup.definition.name,
    spec: input.spec,
    options: { ...setup.options },
    ...describeLabels(input),
    curveRules,
    ...(training === undefined ? {} : { training: { dataset: training.dataset, settings: { ...training.settings } } }),
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
            costs:
              training === undefined
                ? costsOf(space, setup.catalogue.at(best.architecture))
                : trainedCosts(best.metrics, limitedCostsOf(space, setup.catalogue.at(best.architecture))),
            ...(table === undefined ? {} : standingOf(best, setup.catalogue, table, training !== undefined)),
          },
        }),
    ...reportRecommendation({
      recommendation: input.recommendation,
      trials: result.trials,
      catalogue: setup.catalogue,
      table,
      isTrained: training !== undefined,
    }),
    ...reportFront(result.trials, setup.objectives, training === undefined ? table : undefined),
    ...(table === undefined ? {} : compareWithTable(result.trials, setup.catalogue, table)),
    ...(training === undefined ? {} : { bestTest: orNull(largestTest(result.trials)) }),
    ...reportEstimation(setup.estimation),
    ...outlook(input),
    ...(input.study === undefined ? {} : { study: input.study }),
    seconds: input.seconds,
    trials: result.trials.map(write),
  };
}

/** Labels of a table have a rule; others are named after what gave them. */
function describeLabels({ setup, table, training }: SearchReportInput): { label: string; labelDescription: string } {
  const { name } = setup.evaluator;
  if (training !== undefined) {
    const settings = Object.entries(training.settings).map(([option, value]) => `${option}=${value}`);
    const how = settings.length === 0 ? "the trainer's defaults" : settings.join(", ");
    return {
      label: name,
      labelDescription: `validation accuracy of one training on ${training.dataset} (${how}); percent; its seed follows from the seed of the search and the architecture`,
    };
  }
  return {
    label: table?.labels.rule ?? name,
    labelDescription: table?.labels.description ?? `what ${name} gives`,
  };
}

function outlook({ table, training, result, randomSearch = training !== undefined }: SearchReportInput) {
  const queries = result.trials.length;
  if (table === undefined || !randomSearch || queries === 0) return {};
  const { benchmark, labels } = table;
  const [columns, words] =
    training === undefined ? ([[labels.values], labels.rule] as const) : singleTrainingLabels(benchmark, labels);
  return { randomSearch: expectRandomSearch(columns, benchmark.test, queries, words) };
}

/** The rank of the best trial, and after live trainings what the table says of it; nothing where it was never measured. */
function standingOf({ architecture }: Trial, catalogue: Catalogue, table: LabelledTable, isLive: boolean) {
  const row = rowInTable(architecture, catalogue, table);
  if (row === undefined) return {};
  const { benchmark, labels } = table;
  const values = { label: orNull(labels.values[row]), test: orNull(benchmark.test[row]) };
  return { rank: rankIn(row, table), ...(isLive ? { table: values } : {}) };
}

function largestTest(trials: readonly Trial[]): number {
  return largestValue(Float64Array.from(trials, ({ metrics }) => metrics["test"] ?? Number.NaN));
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
