import type { SearchReport } from "../../experiment/searchReport.js";
import type { Colours } from "../terminal.js";
import { describeEstimation } from "./estimationCosts.js";
import { formatCount, formatMeasured, formatQuantity, unitSuffix } from "./numbers.js";
import { wrapText } from "./wrapText.js";

/** What the end of a search says besides its report. */
export interface SearchSummaryInput {
  readonly report: SearchReport;
  /** The best architecture, drawn. */
  readonly drawing: readonly string[];
  /** Units of `label` and of the metrics. */
  readonly units: Readonly<Record<string, string>>;
  /** What to do next: a purpose and the exact command. */
  readonly next: readonly (readonly [purpose: string, command: string])[];
}

/** The end of a search, for people. */
export function drawSearchSummary({ report, drawing, units, next }: SearchSummaryInput, colours: Colours): string {
  const { best } = report;
  const of = report.benchmark ?? report.space;
  const measure = (name: string, value: number | null | undefined) =>
    `${formatMeasured(value)}${unitSuffix(units[name] ?? "")}`;
  const lines: string[] = [];
  const heading = `${formatCount(report.queries)} queries on ${of} with ${report.spec}, seed ${report.seed}`;
  lines.push(colours.bold(heading), ...describeEnd(report), "");
  if (best === undefined) {
    lines.push("No architecture was evaluated successfully.");
  } else {
    lines.push(`Best architecture, found at query ${best.number + 1}`, "");
    lines.push(...drawing.map((line) => `  ${line}`), "", `  ${colours.cyan(best.architecture)}`, "");
    const rank = best.rank;
    const facts: [string, string][] = [["label", withRank(measure("label", best.label), rank?.label, rank?.labelled)]];
    for (const [name, value] of Object.entries(best.metrics)) {
      if (best.costs.some((cost) => cost.name === name)) continue;
      facts.push([name, withRank(measure(name, value), name === "test" ? rank?.test : undefined, rank?.of)]);
    }
    for (const { name, unit, value } of best.costs) facts.push([name, formatQuantity(value, unit)]);
    lines.push(...alignFacts(facts), "");
  }
  lines.push(
    ...describeStanding(report, measure),
    ...alignFacts([["label rule", `${report.label}: ${report.labelDescription}`]]),
    ...(report.estimationCodes === undefined
      ? []
      : alignFacts([["codes", `estimation codes: ${describeEstimation(report.estimationCodes)}`]])),
  );
  if (next.length > 0) {
    lines.push("", colours.bold("Next"));
    for (const [purpose, command] of next) lines.push(`  ${purpose}`, `    ${colours.cyan(command)}`);
  }
  return lines.join("\n");
}

function describeEnd({ ended, budget, failures, queries }: SearchReport): string[] {
  const lines: string[] = [];
  if (ended === "stopped") lines.push(`Stopped before the ${formatCount(budget)} queries of the budget were done.`);
  if (ended === "exhausted") lines.push("Every architecture of the space was evaluated.");
  if (ended === "hopeless") lines.push(`Given up: the first ${queries} evaluations all failed.`);
  if (failures > 0) lines.push(`${formatCount(failures)} evaluations failed.`);
  return lines;
}

function describeStanding(
  { best, bestTest, optimum, queriesToOptimum, curveRules }: SearchReport,
  measure: (name: string, value: number | null | undefined) => string,
): string[] {
  if (optimum === undefined || best === undefined || queriesToOptimum === undefined) return [];
  const found = (query: number | null) => (query === null ? "not evaluated" : `evaluated at query ${query}`);
  return [
    ...alignFacts([
      ["curve rules", `${measure("test", best.metrics["test"])} ${curveRules["testOfBestLabel"]}`],
      ["", `${measure("test", bestTest)} ${curveRules["bestTest"]}`],
      ["table's best", `${measure("test", optimum.test)} test value, ${found(queriesToOptimum.test)}`],
      ["", `${measure("label", optimum.label)} label, ${found(queriesToOptimum.label)}`],
    ]),
  ];
}

function withRank(value: string, rank: number | null | undefined, of: number | undefined): string {
  return rank === undefined || rank === null || of === undefined
    ? value
    : `${value}, rank ${formatCount(rank)} of ${formatCount(of)}`;
}

function alignFacts(facts: readonly (readonly [string, string])[]): string[] {
  return facts.flatMap(([name, value]) =>
    wrapText(value, 80, 15)
      .split("\n")
      .map((line, i) => (i === 0 ? `  ${name.padEnd(12)} ${line.trimStart()}` : line)),
  );
}
