import type { SearchReport } from "../../experiment/searchReport.js";
import type { Colours } from "../terminal.js";
import { describeEstimation } from "./estimationCosts.js";
import { drawFront, frontFacts } from "./frontTable.js";
import { describeLimits } from "./limits.js";
import { formatCount } from "./numbers.js";
import { recommendationFacts } from "./recommendationFacts.js";
import { bestFacts, type Fact, standingFacts, type Units } from "./searchFacts.js";
import { wrapText } from "./wrapText.js";

/** What the end of a search says besides its report. */
export interface SearchSummaryInput {
  readonly report: SearchReport;
  /** The best architecture, drawn. */
  readonly drawing: readonly string[];
  readonly units: Units;
  /** What to do next: a purpose and the exact command. */
  readonly next: readonly (readonly [purpose: string, command: string])[];
}

/** The end of a search, for people. */
export function drawSearchSummary({ report, drawing, units, next }: SearchSummaryInput, colours: Colours): string {
  const { best } = report;
  const lines = [colours.bold(describeSearch(report)), ...describeEnd(report), ""];
  if (best === undefined) {
    lines.push("No architecture was evaluated successfully.");
  } else if (report.front !== undefined) {
    lines.push(...drawFront(report, colours));
  } else {
    lines.push(`Best architecture, found at ${countedAs(report)} ${best.number + 1}`, "");
    lines.push(...drawing.map((line) => `  ${line}`), "", `  ${colours.cyan(best.architecture)}`, "");
    lines.push(...alignFacts(bestFacts(report, units)), "");
    const recommended = recommendationFacts(report, units);
    if (recommended.length > 0) lines.push(...alignFacts(recommended), "");
  }
  lines.push(
    ...alignFacts([
      ...(report.front === undefined ? standingFacts(report, units) : frontFacts(report)),
      ...limitFacts(report),
      ["label rule", `${report.label}: ${report.labelDescription}`],
      ...estimationFacts(report),
    ]),
  );
  if (next.length > 0) {
    lines.push("", colours.bold("Next"));
    for (const [purpose, command] of next) lines.push(`  ${purpose}`, `    ${colours.cyan(command)}`);
  }
  return lines.join("\n");
}

/** A search in one line: "40 trainings on digits201 with weaknas, seed 1". */
export function describeSearch(report: SearchReport): string {
  const of =
    report.training === undefined || report.benchmark !== undefined
      ? (report.benchmark ?? report.space)
      : `${report.space} with ${report.training.dataset}`;
  const how = report.training === undefined ? "" : " live";
  const many = report.queries === 1 ? countedAs(report) : report.training === undefined ? "queries" : "trainings";
  return `${formatCount(report.queries)}${how} ${many} on ${of} with ${report.spec}, seed ${report.seed}`;
}

/** Why a search ended, where that is not its budget, and what failed. */
export function describeEnd(report: SearchReport): string[] {
  const { ended, best, budget, failures, queries, training } = report;
  const [many, evaluations] = training === undefined ? ["queries", "evaluations"] : ["trainings", "trainings"];
  const lines: string[] = [];
  if (ended === "stopped") lines.push(`Stopped before the ${formatCount(budget)} ${many} of the budget were done.`);
  if (ended === "exhausted") lines.push("Every architecture of the space was evaluated.");
  if (ended === "hopeless") {
    const first = `the first ${queries} ${evaluations} all failed`;
    lines.push(`Given up: ${best === undefined ? first : `all ${evaluations} since the study went on failed`}.`);
  }
  if (failures > 0)
    lines.push(`${formatCount(failures)} ${failures === 1 ? evaluations.slice(0, -1) : evaluations} failed.`);
  return lines;
}

function countedAs({ training }: SearchReport): string {
  return training === undefined ? "query" : "training";
}

/** What was searched is only a part of the space. */
export function limitFacts(report: SearchReport): Fact[] {
  const limits = describeLimits(report);
  return limits === undefined ? [] : [["limits", limits]];
}

function estimationFacts({ estimationCodes }: SearchReport): Fact[] {
  return estimationCodes === undefined ? [] : [["codes", `estimation codes: ${describeEstimation(estimationCodes)}`]];
}

function alignFacts(facts: readonly Fact[]): string[] {
  return facts.flatMap(([name, value]) =>
    wrapText(value, 80, 15)
      .split("\n")
      .map((line, i) => (i === 0 ? `  ${name.padEnd(12)} ${line.trimStart()}` : line)),
  );
}
