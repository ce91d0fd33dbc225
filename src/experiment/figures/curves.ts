import type { CompareReport, CompareResult, Summary } from "../report.js";
import { describeLabel } from "./describeLabel.js";
import { drawLineFigure, type FigurePoint, type FigureSeries } from "./lineFigure.js";

const REGRET_FLOOR = 0.01;

/** Best test value among all queried architectures against queries, one line for each strategy. SVG text. */
export function bestTestFigure(report: CompareReport): string {
  return valueFigure(report, "bestTest", "best test value found", "best-test: best test value among all queried");
}

/** Test value of the architecture with the best label so far against queries, one line for each strategy. SVG text. */
export function testOfBestLabelFigure(report: CompareReport): string {
  const rule = "test-of-best-label: test value of the architecture with the best label so far";
  return valueFigure(report, "testOfBestLabel", "test value of the best label", rule);
}

/** Distance of the best test value to the optimum, on a logarithmic axis that ends at 0.01. SVG text. */
export function regretFigure(report: CompareReport): string {
  const optimum = report.optimum.test;
  const regretOf = (value: number | null): number =>
    value === null ? Number.NaN : Math.max(REGRET_FLOOR, optimum - value);
  return drawLineFigure({
    title: `${report.benchmark}: regret`,
    subtitle: subtitle(report, `${formatValue(optimum)} (optimum) minus the best test value among all queried`),
    x: { label: "queries (architectures evaluated)" },
    y: {
      label: "regret (percentage points)",
      type: "log",
      ticks: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
      format: (value) => (value <= REGRET_FLOOR ? `≤ ${REGRET_FLOOR}` : String(value)),
    },
    series: seriesOf(report, ({ curve }) =>
      curve.map(({ queries, bestTest }) => ({
        x: queries,
        y: regretOf(bestTest.mean),
        low: regretOf(bestTest.ci95[1]),
        high: regretOf(bestTest.ci95[0]),
      })),
    ),
  });
}

function valueFigure(report: CompareReport, name: "bestTest" | "testOfBestLabel", what: string, rule: string): string {
  return drawLineFigure({
    title: `${report.benchmark}: ${what}`,
    subtitle: subtitle(report, rule),
    x: { label: "queries (architectures evaluated)" },
    y: { label: `${what} (${report.testUnit === "percent" ? "%" : report.testUnit})` },
    reference: { y: report.optimum.test, name: `optimum ${formatValue(report.optimum.test)}` },
    series: seriesOf(report, ({ curve }) => curve.map((point) => pointOf(point.queries, point[name]))),
  });
}

function subtitle(report: CompareReport, rule: string): string[] {
  const runs = report.seeds === 1 ? "one run" : `mean of ${report.seeds} runs, band: 95 % bootstrap interval`;
  return [
    `${rule}`,
    `${runs} · ${describeLabel(report)}${report.complete ? "" : " · stopped before all runs were done"}`,
  ];
}

function seriesOf(report: CompareReport, points: (result: CompareResult) => FigurePoint[]): FigureSeries[] {
  return report.results.map((result) => ({ name: result.spec, points: points(result) }));
}

function pointOf(queries: number, { mean, ci95 }: Summary): FigurePoint {
  const [low, high] = ci95;
  return { x: queries, y: mean ?? Number.NaN, low: low ?? Number.NaN, high: high ?? Number.NaN };
}

function formatValue(value: number): string {
  return String(Math.round(value * 100) / 100);
}
