import type { PredictReport } from "../report.js";
import { describeLabel } from "./describeLabel.js";
import { drawLineFigure } from "./lineFigure.js";

/** Kendall's tau of each predictor against the size of the training sample. SVG text. */
export function correlationFigure(report: PredictReport): string {
  const sizes = [...new Set(report.results.map(({ trainSize }) => trainSize))].sort((a, b) => a - b);
  const specs = [...new Set(report.results.map(({ spec }) => spec))];
  return drawLineFigure({
    title: `${report.benchmark}: how well predictors rank`,
    subtitle: [
      `Kendall's tau against ${report.against}, over ${report.rankedOver}`,
      `mean of ${report.seeds} training samples, band: ± one standard deviation · ${describeLabel(report)}`,
    ],
    x: { label: "training sample (architectures, logarithmic)", type: "log", ticks: sizes, format: String },
    y: { label: "Kendall's tau" },
    series: specs.map((spec) => ({
      name: spec,
      points: report.results
        .filter((result) => result.spec === spec)
        .sort((a, b) => a.trainSize - b.trainSize)
        .map(({ trainSize, kendallTau }) => {
          const mean = kendallTau.mean ?? Number.NaN;
          const deviation = kendallTau.std ?? 0;
          return { x: trainSize, y: mean, low: mean - deviation, high: mean + deviation };
        }),
    })),
  });
}
