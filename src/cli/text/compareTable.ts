import { tableCheckpoints } from "../../experiment/checkpoints.js";
import type { CompareReport, CompareResult, Summary } from "../../experiment/report.js";
import type { Colours } from "../terminal.js";
import { describeEstimation } from "./estimationCosts.js";
import { describeLimits } from "./limits.js";
import { formatPlainSeconds, formatValue, unitSuffix } from "./numbers.js";
import { wrapSpec } from "./spec.js";
import { drawTable } from "./table.js";
import { wrapText } from "./wrapText.js";

const SPEC_WIDTH = 21;

const RECOMMENDED = [
  "recommended: mean over the runs in which the strategy named an architecture; it",
  "costs no query, and need not have been evaluated (evaluated: share that was).",
];

/** The tables of a comparison, by both curve rules, no wider than 80 letters. */
export function drawCompareTables(report: CompareReport, colours: Colours): string {
  const unit = unitSuffix(report.testUnit);
  const checkpoints = tableCheckpoints(report.budget);
  const columns = (optimum: string) => [
    { title: "strategy" },
    ...checkpoints.map((queries) => ({ title: `@${queries}`, align: "right" as const })),
    { title: optimum, align: "right" as const },
    { title: "s/run", align: "right" as const },
  ];
  const rows = (rule: "bestTest" | "testOfBestLabel", optimum: "test" | "label") =>
    report.results.map((result) => [
      wrapSpec(result.spec, SPEC_WIDTH),
      ...checkpoints.map((queries) =>
        describe(result.curve.find((point) => point.queries === queries)?.[rule], report),
      ),
      describeOptimum(result, optimum),
      formatPlainSeconds(result.secondsPerRun.median),
    ]);
  const isRecommended = report.results.some(({ recommendation }) => recommendation !== undefined);
  const runs = report.seeds === 1 ? "1 run" : `${report.seeds} runs`;
  const limits = describeLimits(report);
  return [
    `${colours.bold(report.benchmark)}, ${runs} per strategy, ${report.budget} queries, optimum ${formatValue(report.optimum.test)}${unit}`,
    ...(limits === undefined ? [] : [wrapText(limits, 80)]),
    "",
    `Best test value${unit} among all queried after @ queries${report.seeds === 1 ? "" : " (below: 95 % interval)"}`,
    drawTable(columns("to optimum"), rows("bestTest", "test"), colours),
    "",
    `Test value${unit} of the architecture with the best label so far`,
    drawTable(columns("to optimum"), rows("testOfBestLabel", "label"), colours),
    ...(isRecommended ? ["", ...drawRecommendations(report, unit, colours)] : []),
    "",
    "to optimum: mean queries until the best of the table was evaluated, the budget",
    "for runs that did not find it (and the share of runs that did).",
    ...(isRecommended ? RECOMMENDED : []),
    wrapText(`label: ${report.label}: ${report.labelDescription}`, 80),
    ...report.results.flatMap(({ spec, estimationCodes }) =>
      estimationCodes === undefined
        ? []
        : [wrapText(`estimation codes of a run of ${spec}: ${describeEstimation(estimationCodes)}`, 80)],
    ),
  ].join("\n");
}

/** What the strategies would choose in the end, beside what the best label would. */
function drawRecommendations(report: CompareReport, unit: string, colours: Colours): string[] {
  const right = (title: string) => ({ title, align: "right" as const });
  const rows = report.results.map(({ spec, curve, recommendation, runs }) => [
    wrapSpec(spec, SPEC_WIDTH),
    describe(curve.at(-1)?.testOfBestLabel, report),
    describe(recommendation?.test, report),
    recommendation === undefined ? "-" : `${recommendation.runs} of ${runs}`,
    recommendation === undefined ? "-" : `${Math.round(100 * recommendation.evaluatedShare)} %`,
  ]);
  const titles = ["best label", "recommended", "runs", "evaluated"].map(right);
  return [
    `Test value${unit} of what the strategy itself recommends after ${report.budget} queries`,
    drawTable([{ title: "strategy" }, ...titles], rows, colours),
  ];
}

function describe(summary: Summary | undefined, { seeds }: CompareReport): string {
  if (summary === undefined) return "-";
  const mean = formatValue(summary.mean);
  return seeds === 1 ? mean : `${mean}\n${summary.ci95.map((end) => formatValue(end)).join("–")}`;
}

function describeOptimum({ queriesToOptimum }: CompareResult, which: "test" | "label"): string {
  const { cappedMean, foundShare } = queriesToOptimum[which];
  return `${cappedMean.toFixed(0)} (${Math.round(100 * foundShare)} %)`;
}
