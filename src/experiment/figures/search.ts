import type { SearchReport } from "../searchReport.js";
import { drawLineFigure, type FigurePoint, type FigureSeries } from "./lineFigure.js";
import { drawScatterFigure } from "./scatterFigure.js";

/** Curves of at most so many architectures. */
const BEST = 3;
const PLACES = ["best", "second", "third"];

type Trial = SearchReport["trials"][number];

/**
 * The best label so far against queries, with what random search finds where that is known. SVG text.
 *
 * @example
 * writeFileSync("progress.svg", searchProgressFigure(reportSearch({ setup, result, spec, seed, budget, seconds })));
 */
export function searchProgressFigure(report: SearchReport): string {
  const { randomSearch } = report;
  let best = Number.NEGATIVE_INFINITY;
  const points = report.trials.map(({ label }, i): FigurePoint => {
    if (label !== null && label > best) best = label;
    return { x: i + 1, y: best, low: Number.NaN, high: Number.NaN };
  });
  const series: FigureSeries[] = [{ name: report.spec, points }];
  if (randomSearch !== undefined) series.push({ name: "random search", points: randomSearch.curve.map(pointOf) });
  const band =
    randomSearch === undefined
      ? []
      : [`random search: exact mean from the table (${randomSearch.labels}), band: 5 to 95 % of its runs`];
  return drawLineFigure({
    title: `${report.benchmark ?? report.space}: best ${labelName(report)} so far`,
    subtitle: [`${describeLabels(report)} · one run, seed ${report.seed}`, ...band],
    x: { label: countName(report) },
    y: { label: `best ${labelName(report)} so far${labelUnit(report)}` },
    series,
  });
}

/**
 * What the best architectures of a search learned in each epoch. SVG text; undefined where the evaluator gave no such
 * curve.
 *
 * @param curve name of the curve: "loss" or "trainingAccuracy"
 * @example
 * const svg = learningCurvesFigure(report, "loss");
 */
export function learningCurvesFigure(report: SearchReport, curve: "loss" | "trainingAccuracy"): string | undefined {
  const best = rankedTrials(report)
    .filter(({ curves }) => curves?.[curve] !== undefined)
    .slice(0, BEST);
  if (best.length === 0) return undefined;
  const what = curve === "loss" ? "training loss" : "training accuracy";
  return drawLineFigure({
    title: `${report.benchmark ?? report.space}: ${what} of the best ${best.length === 1 ? "architecture" : `${best.length} architectures`}`,
    subtitle: [`mean over each epoch, on the images as they were trained on · ${describeLabels(report)}`],
    x: { label: "epoch" },
    y: { label: `${what} (${curve === "loss" ? "nats" : "%"})` },
    series: best.map((trial, place) => ({
      name: `${PLACES[place]}, ${report.training === undefined ? "query" : "training"} ${trial.number + 1}`,
      points: (trial.curves![curve] ?? []).map((value, epoch) => ({
        x: epoch + 1,
        y: value ?? Number.NaN,
        low: Number.NaN,
        high: Number.NaN,
      })),
    })),
  });
}

/**
 * The label of every evaluated architecture against its FLOPs. SVG text; undefined where nobody gave FLOPs.
 *
 * @example
 * const svg = labelAgainstFlopsFigure(report);
 */
export function labelAgainstFlopsFigure(report: SearchReport): string | undefined {
  const measured = report.trials.filter(({ label, metrics }) => label !== null && Number.isFinite(metrics["flops"]));
  if (measured.length === 0) return undefined;
  const largest = measured.reduce((most, { metrics }) => Math.max(most, metrics["flops"]!), 0);
  const [scale, unit] = largest >= 1e6 ? [1e6, "million MAC"] : largest >= 1e4 ? [1e3, "thousand MAC"] : [1, "MAC"];
  const place = ({ label, metrics }: Trial) => ({ x: metrics["flops"]! / scale, y: label! });
  const [best] = rankedTrials({ ...report, trials: measured });
  return drawScatterFigure({
    title: `${report.benchmark ?? report.space}: ${labelName(report)} against FLOPs`,
    subtitle: [`every architecture that was evaluated · ${describeLabels(report)}`],
    x: { label: `FLOPs (${unit})` },
    y: { label: `${labelName(report)}${labelUnit(report)}` },
    points: measured.map(place),
    marked: { ...place(best), name: "best" },
  });
}

/**
 * What the strategy predicted for the architectures that it suggested, against what was measured then. SVG text; undefined
 * where it predicted nothing.
 *
 * @example
 * const svg = predictedAgainstMeasuredFigure(report);
 */
export function predictedAgainstMeasuredFigure(report: SearchReport): string | undefined {
  const predicted = report.trials.filter(({ label, explanation }) => label !== null && explanation?.predicted);
  if (predicted.length === 0) return undefined;
  const place = ({ label, explanation }: Trial) => ({ x: explanation!.predicted!.mean, y: label! });
  const [best] = rankedTrials({ ...report, trials: predicted });
  return drawScatterFigure({
    title: `${report.benchmark ?? report.space}: what was predicted and what was measured`,
    subtitle: [
      `${predicted.length} of ${report.trials.length} suggestions of ${report.spec}; a line: ± one standard deviation`,
      `dashed: both are equal · ${describeLabels(report)}`,
    ],
    x: { label: `predicted when it was suggested${labelUnit(report)}`, fromData: true },
    y: { label: `${labelName(report)}${labelUnit(report)}` },
    points: predicted.map((trial) => ({
      ...place(trial),
      spread: trial.explanation!.predicted!.standardDeviation,
    })),
    isDiagonal: true,
    marked: { ...place(best), name: best.number === rankedTrials(report)[0].number ? "best" : "best of these" },
  });
}

/** Trials with labels, the best first; of several with the same label the earliest. */
function rankedTrials({ trials }: SearchReport): Trial[] {
  return trials.filter(({ label }) => label !== null).sort((a, b) => b.label! - a.label! || a.number - b.number);
}

function pointOf(point: {
  queries: number;
  mean: number | null;
  low: number | null;
  high: number | null;
}): FigurePoint {
  const orNothing = (value: number | null): number => value ?? Number.NaN;
  return { x: point.queries, y: orNothing(point.mean), low: orNothing(point.low), high: orNothing(point.high) };
}

function labelName({ training }: SearchReport): string {
  return training === undefined ? "label" : "validation accuracy";
}

function labelUnit({ training }: SearchReport): string {
  return training === undefined ? "" : " (%)";
}

function countName({ training }: SearchReport): string {
  return training === undefined ? "queries (architectures evaluated)" : "trainings";
}

function describeLabels({ label, training }: SearchReport): string {
  return training === undefined ? `label: ${label}` : `trained live on ${training.dataset}`;
}
