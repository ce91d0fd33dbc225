import type { CompareRuns } from "../../experiment/compare.js";
import { type Steps, valueAt } from "../../experiment/curve.js";
import { curveRules } from "../../experiment/curveRules.js";
import type { CompareReport, CompareResult, Summary } from "../../experiment/report.js";
import { summarise } from "../../experiment/summarise.js";
import type { Band, ComparedGroup, Quantity } from "../contract.js";
import { unitInWords } from "../quantities.js";
import { roundAll, roundTo } from "../report/rounding.js";
import { spreadPlaces } from "../spreadPlaces.js";
import type { MeasureName, StrategyComparison, StrategyMeasure } from "./contract.js";

/** Points of a curve, and runs of a strategy that are told apart, at most. */
const POINTS = 120;
const MOST_RUNS = 5000;
/** Steps of all runs, by one measure: beyond that the target cannot be changed any more. */
const MOST_STEPS = 40_000;
/** The first queries stand one by one, as far as their intervals take no time: each resamples all runs. */
const FIRST_QUERIES = 60;
const MOST_VALUES = 60_000;

const axes: Readonly<Record<MeasureName, string>> = {
  bestTest: "best test value",
  testOfBestLabel: "test value of the best label",
  bestLabel: "best label",
};

/** What `compareWithRuns` gives. */
export interface StrategyRuns {
  readonly report: CompareReport;
  readonly runs: CompareRuns;
  /** Unit of the labels; empty where it is not known. */
  readonly labelUnit: string;
}

/**
 * What a page about a comparison shows. The curves are those of the report, with its intervals, and go back to the first query.
 *
 * @param input at least one run was finished
 */
export function viewStrategies({ report, runs, labelUnit }: StrategyRuns): StrategyComparison {
  const measure = (name: MeasureName, unit: string): StrategyMeasure =>
    viewMeasure(report, runs, { name, unit: unitInWords(unit) });
  return {
    benchmark: report.benchmark,
    budget: report.budget,
    seeds: report.seeds,
    isComplete: report.complete,
    testUnit: unitInWords(report.testUnit),
    measures: [
      measure("bestTest", report.testUnit),
      measure("testOfBestLabel", report.testUnit),
      measure("bestLabel", labelUnit),
    ],
    strategies: report.results.map(({ spec, batch, runs: count, secondsPerRun, queriesToOptimum, recommendation }) => ({
      ...{ name: spec, batch, runs: count, secondsPerRun: secondsPerRun.median },
      optimum: {
        test: { queries: queriesToOptimum.test.cappedMean, share: queriesToOptimum.test.foundShare },
        label: { queries: queriesToOptimum.label.cappedMean, share: queriesToOptimum.label.foundShare },
      },
      ...(recommendation === undefined ? {} : { recommended: recommendation.test.mean }),
    })),
    facts: describe(report),
  };
}

function viewMeasure(
  report: CompareReport,
  runs: CompareRuns,
  { name, unit }: { readonly name: MeasureName; readonly unit: string },
): StrategyMeasure {
  const { budget } = report;
  const traced = report.results.map((result, place) => ({
    result,
    all: runs[place],
    // A run without any value can be neither drawn nor compared.
    runs: runs[place]
      .map(({ seed, steps }) => ({ seed, steps: steps[name] }))
      .filter(({ steps }) => steps.values.length > 0)
      .slice(0, MOST_RUNS),
  }));
  const groups = traced.map(
    ({ result, all, runs: kept }): Omit<ComparedGroup, "queriesToTarget"> => ({
      name: result.spec,
      studies: kept.map(({ seed }) => `seed ${seed}`),
      curve: curveOf(result, name, all, budget),
      final: roundAll(
        kept.map(({ steps }) => valueAt(steps, budget)),
        6,
      ),
    }),
  );
  const filled = groups.filter(({ final }) => final.length > 0);
  const target = Math.min(...filled.map(({ final }) => final.reduce((best, value) => Math.max(best, value))));
  const label: Quantity = { name: axes[name], unit, kind: "label", direction: "maximise" };
  const count = traced.reduce(
    (sum, group) => sum + group.runs.reduce((found, { steps }) => found + steps.values.length, 0),
    0,
  );
  return {
    name,
    words: curveRules[name],
    view: {
      ...{ subject: report.benchmark, budget, label, target },
      groups: groups.map((group, place) => ({
        ...group,
        queriesToTarget: traced[place].runs.map(({ steps }) => queriesTo(steps, target)),
      })),
    },
    ...(count > MOST_STEPS
      ? {}
      : {
          steps: traced.map((group) =>
            group.runs.map(({ steps }) => ({ queries: steps.queries, values: roundAll(steps.values, 6) })),
          ),
        }),
  };
}

function curveOf(result: CompareResult, name: MeasureName, runs: CompareRuns[number], budget: number): Band {
  const checkpoints = new Map(result.curve.map((point) => [point.queries, point[name]]));
  const singly = Math.min(FIRST_QUERIES, budget, Math.max(9, Math.floor(MOST_VALUES / runs.length)));
  const first = Array.from({ length: singly }, (_, place) => place + 1);
  const later = [...checkpoints.keys()].filter((queries) => queries > singly);
  const points = [...first, ...spreadPlaces(later.length, POINTS).map((place) => later[place])].flatMap((queries) =>
    known(queries, checkpoints.get(queries) ?? summarise(runs.map(({ steps }) => valueAt(steps[name], queries)))),
  );
  return {
    queries: points.map(({ queries }) => queries),
    low: points.map(({ low }) => low),
    middle: points.map(({ middle }) => middle),
    high: points.map(({ high }) => high),
  };
}

function known(queries: number, { mean, ci95: [low, high] }: Summary) {
  if (mean === null) return [];
  return [{ queries, low: roundTo(low ?? mean, 6), middle: roundTo(mean, 6), high: roundTo(high ?? mean, 6) }];
}

/** The first query from which on the value was at least the target; rounded as the target is. */
function queriesTo({ queries, values }: Steps, target: number): number | null {
  const place = values.findIndex((value) => roundTo(value, 6) >= target);
  return place < 0 ? null : queries[place];
}

function describe(report: CompareReport): StrategyComparison["facts"] {
  const { benchmark, budget, seeds, firstSeed, label, labelDescription, optimum, limits = [], feasible } = report;
  const last = firstSeed + seeds - 1;
  return [
    ["Benchmark", benchmark],
    ["Budget", `${budget} queries, the initial sample included`],
    ["Seeds", seeds === 1 ? String(firstSeed) : `${firstSeed} to ${last}, the same labels for all strategies`],
    ["Label rule", `${label}: ${labelDescription}`],
    ...limits.map(({ cost, bound, value, unit }) => [`Limit on ${cost}`, `${bound} ${value} ${unit}`.trim()] as const),
    ...(feasible === undefined
      ? []
      : [["Architectures within the limits", `${feasible.count} of ${feasible.of}`] as const]),
    ...(seeds > MOST_RUNS
      ? [
          [
            "Runs told apart",
            `the first ${MOST_RUNS} of each strategy: in the distribution and the queries to the target`,
          ] as const,
        ]
      : []),
    ["Best test value of the table", `${roundTo(optimum.test, 6)} ${unitInWords(report.testUnit)}`.trim()],
    ["Pack", report.packChecksum],
  ];
}
