import { frontFigure } from "../../experiment/figures/front.js";
import {
  labelAgainstFlopsFigure,
  learningCurvesFigure,
  predictedAgainstMeasuredFigure,
  searchProgressFigure,
} from "../../experiment/figures/search.js";
import type { SearchReport } from "../../experiment/searchReport.js";
import { frontFacts, tabulateFront, titleOfFront } from "../text/frontTable.js";
import { formatMeasured, formatPlainSeconds, formatPredicted } from "../text/numbers.js";
import { recommendationFacts } from "../text/recommendationFacts.js";
import { bestFacts, type Fact, standingFacts, type Units } from "../text/searchFacts.js";
import { describeEnd, describeSearch, limitFacts } from "../text/searchSummary.js";
import { escapeHtml, htmlTable } from "./html.js";

export interface SearchPageInput {
  readonly report: SearchReport;
  /** The best architecture, drawn. */
  readonly drawing: readonly string[];
  readonly units: Units;
}

const STYLE = `
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: #222; background: #fff; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
pre { font: 13px/1.25 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; overflow-x: auto; background: #f6f6f6; padding: 1rem; }
code { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1.2rem; } dt { color: #555; } dd { margin: 0; }
figure { margin: 1.5rem 0; overflow-x: auto; } figure svg { max-width: 100%; height: auto; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: 13px; } th, td { padding: 0.2rem 0.7rem; text-align: left; border-bottom: 1px solid #e4e4e4; white-space: nowrap; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
footer { margin-top: 2rem; color: #555; font-size: 13px; }`;

/**
 * A search as one page that needs nothing else: what was found, the figures, all trials. It loads nothing and runs nothing.
 * The same report gives the same page.
 */
export function writeSearchPage({ report, drawing, units }: SearchPageInput): string {
  const title = describeSearch(report);
  const figures = [
    frontFigure(report),
    searchProgressFigure(report),
    labelAgainstFlopsFigure(report),
    predictedAgainstMeasuredFigure(report),
    learningCurvesFigure(report, "loss"),
    learningCurvesFigure(report, "trainingAccuracy"),
  ].filter((figure) => figure !== undefined);
  const standing = report.front === undefined ? standingFacts(report, units) : frontFacts(report);
  const labelRule: Fact = ["label rule", `${report.label}: ${report.labelDescription}`];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${describeEnd(report)
  .map((line) => `<p>${escapeHtml(line)}</p>\n`)
  .join("")}${report.front === undefined ? describeBest(report, drawing, units) : describeFront(report)}
<h2>The search</h2>
${listFacts([...recommendationFacts(report, units), ...standing, ...limitFacts(report), labelRule])}
${figures.map((svg) => `<figure>\n${svg}</figure>`).join("\n")}
<h2>All trials</h2>
<div class="scroll">
${tabulateTrials(report)}
</div>
<footer>${escapeHtml(describeOrigin(report))}</footer>
</body>
</html>
`;
}

function describeBest(report: SearchReport, drawing: readonly string[], units: Units): string {
  if (report.best === undefined) return "<p>No architecture was evaluated successfully.</p>";
  return `<h2>Best architecture</h2>
<pre>${escapeHtml(drawing.join("\n"))}</pre>
<p><code>${escapeHtml(report.best.architecture)}</code></p>
${listFacts([["found at", `${report.training === undefined ? "query" : "training"} ${report.best.number + 1}`], ...bestFacts(report, units)])}`;
}

function describeFront(report: SearchReport): string {
  const { columns, rows } = tabulateFront(report);
  return `<h2>${escapeHtml(titleOfFront(report))}</h2>
<div class="scroll">
${htmlTable(
  columns.map((title, i) => ({ title, isNumber: i < columns.length - 1 })),
  rows,
)}
</div>`;
}

function listFacts(facts: readonly Fact[]): string {
  const lines = facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`);
  return `<dl>\n${lines.join("\n")}\n</dl>`;
}

function tabulateTrials({ trials, training }: SearchReport): string {
  const metrics = [...new Set(trials.flatMap((trial) => Object.keys(trial.metrics)))].filter(
    // How long the training took says the same as the last column, without the waiting.
    (name) => name !== "seconds",
  );
  const isExplained = trials.some(({ explanation }) => explanation !== undefined);
  const numeric = (title: string) => ({ title, isNumber: true });
  const columns = [
    numeric("number"),
    { title: "architecture" },
    ...(isExplained ? [{ title: "suggestion" }, numeric("predicted")] : []),
    numeric(training === undefined ? "label" : "validation"),
    ...metrics.map(numeric),
    numeric("seconds"),
    { title: "failure" },
  ];
  const rows = trials.map((trial) => [
    String(trial.number + 1),
    trial.architecture,
    ...(isExplained ? describeExplanation(trial.explanation) : []),
    formatMeasured(trial.label),
    ...metrics.map((name) => formatMetric(trial.metrics[name])),
    formatPlainSeconds(trial.metrics["seconds"] ?? trial.seconds),
    trial.failure ?? "",
  ]);
  return htmlTable(columns, rows);
}

function describeExplanation(explanation: SearchReport["trials"][number]["explanation"]): [why: string, what: string] {
  if (explanation === undefined) return ["", ""];
  const { reason, predicted, detail } = explanation;
  return [
    detail === undefined ? reason : `${reason}: ${detail}`,
    predicted === undefined ? "" : formatPredicted(predicted),
  ];
}

function formatMetric(value: number | null | undefined): string {
  return Number.isSafeInteger(value) ? value!.toLocaleString("en") : formatMeasured(value);
}

function describeOrigin({ version, seed, spec, packChecksum, budget, batch }: SearchReport): string {
  const pack = packChecksum === undefined ? [] : [`pack ${packChecksum}`];
  return [`assay ${version}`, `strategy ${spec}`, `seed ${seed}`, `budget ${budget}`, `batch ${batch}`, ...pack].join(
    " · ",
  );
}
