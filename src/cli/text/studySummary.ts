import type { ReportedTrial, StudyReport } from "../../experiment/studyReport.js";
import type { Colours } from "../terminal.js";
import { formatAgo, formatTime } from "./ago.js";
import { alignFacts } from "./alignFacts.js";
import { drawArchitectureText } from "./architectureText.js";
import { formatCount, formatMeasured, formatSeconds } from "./numbers.js";
import { plainText, shortText } from "./plainText.js";
import type { Fact } from "./searchFacts.js";
import { drawStepChart } from "./stepChart.js";
import { drawStoredFront } from "./storedFrontTable.js";
import { describeOthers, describeState, describeTrials } from "./studiesTable.js";
import { drawTable, type TableColumn } from "./table.js";
import { wrapText } from "./wrapText.js";

/** Metrics that have a column beside the label. */
const SHOWN_METRICS = 3;

/** What a summary of a study says besides its report. */
export interface StudySummaryInput {
  readonly report: StudyReport;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What to do next: a purpose and the exact command. */
  readonly next: readonly (readonly [purpose: string, command: string])[];
}

/** A study, for people. */
export function drawStudySummary({ report, now, next }: StudySummaryInput, colours: Colours): string {
  const { study, improvements, top, failures } = report;
  const { counts } = study;
  const title = `${plainText(study.name)}: ${describeTrials(study)} trials on ${plainText(study.subject)} with ${plainText(study.strategy)}, seed ${study.seed}`;
  const lines = [colours.bold(title), "", ...alignFacts(studyFacts(report, now)), ""];
  if (study.best === undefined) {
    lines.push("No trial has a label yet.");
  } else if (report.front !== undefined) {
    // With several objectives there is no best architecture.
    lines.push(...drawStoredFront(report.front, colours));
  } else {
    const drawing = drawArchitectureText(study.best.architecture);
    lines.push(`Best architecture, trial ${study.best.number}, label ${formatMeasured(study.best.label)}`, "");
    if (drawing.length > 0) lines.push(...drawing.map((line) => `  ${line}`), "");
    lines.push(`  ${colours.cyan(plainText(study.best.architecture))}`);
  }
  const last = Object.values(counts).reduce((sum, count) => sum + count, 0) - 1;
  const chart = drawStepChart({ steps: improvements, last, width: 74, height: 8 });
  if (improvements.length > 1 && report.front === undefined)
    lines.push("", "Best label so far, by trial", "", ...chart.map((line) => `  ${line}`));
  if (top.length > 0) {
    lines.push(
      "",
      `The best ${top.length === 1 ? "trial" : `${top.length} of ${formatCount(counts.done)}`}${report.front === undefined ? "" : ", by label"}`,
      "",
    );
    lines.push(drawTrials(top, colours));
  }
  if (failures.length > 0) {
    lines.push("", `Failures, the last ${failures.length} of ${formatCount(counts.failed)}`, "");
    lines.push(...failures.flatMap(describeFailure));
  }
  if (next.length > 0) {
    lines.push("", colours.bold("Next"));
    for (const [purpose, command] of next) lines.push(`  ${purpose}`, `    ${colours.cyan(command)}`);
  }
  return lines.join("\n");
}

function studyFacts({ study, attempts, seconds }: StudyReport, now: number): Fact[] {
  const others = describeOthers(study);
  const { folder } = study.settings;
  const lost = [
    ...(attempts.failed > 0 ? [`${formatCount(attempts.failed)} failed`] : []),
    ...(attempts.lost > 0 ? [`${formatCount(attempts.lost)} lost with their process`] : []),
  ];
  return [
    ["state", describeState(study)],
    ["trials", [`${formatCount(study.counts.done)} done`, ...others].join(", ")],
    ...(lost.length === 0 ? [] : [["attempts", lost.join(", ")] as const]),
    ["evaluations", `${formatSeconds(seconds)} in all`],
    ["made", `${formatTime(study.created)} by assay ${plainText(study.madeWith)}`],
    ["changed", formatAgo(study.changed, now)],
    ...(typeof folder === "string" ? [["in", plainText(folder)] as const] : []),
    ...settingsFacts(study.settings),
  ];
}

/** What a search keeps of its command line; of a study that a program made, whatever that keeps. */
function settingsFacts(settings: Readonly<Record<string, unknown>>): Fact[] {
  const { options } = settings;
  const given = typeof options === "object" && options !== null ? options : settings;
  const words = Object.entries(given).map(([name, value]) =>
    shortText(`${name}=${typeof value === "string" ? value : JSON.stringify(value)}`, 200),
  );
  return words.length === 0 ? [] : [["settings", words.join(", ")]];
}

function drawTrials(trials: readonly ReportedTrial[], colours: Colours): string {
  const names = [...new Set(trials.flatMap(({ metrics }) => Object.keys(metrics)))].slice(0, SHOWN_METRICS);
  const right = (title: string): TableColumn => ({ title, align: "right" });
  return drawTable(
    [
      right("trial"),
      right("label"),
      ...names.map((name) => right(shortText(name, 16))),
      right("time"),
      { title: "architecture" },
    ],
    trials.map(({ number, label, metrics, seconds, architecture }) => [
      String(number),
      formatMeasured(label),
      ...names.map((name) => formatMeasured(metrics[name])),
      seconds === null ? "-" : formatSeconds(seconds),
      plainText(architecture),
    ]),
    colours,
  );
}

function describeFailure({ number, failure = "no reason was given", failedAttempts, log }: ReportedTrial): string[] {
  const attempts = failedAttempts > 1 ? ` (${failedAttempts} attempts)` : "";
  return [
    wrapText(`trial ${number}: ${shortText(failure, 300)}${attempts}`, 80, 2),
    ...(log === undefined ? [] : [`    log: ${plainText(log)}`]),
  ];
}
