import type { ReproducePanel, ReproduceReading, ReproduceReport } from "../reproduce/report.js";
import { drawLineFigure } from "./lineFigure.js";

/**
 * A chart of a reproduction by one way to read the runs, with the published points over it. SVG text.
 *
 * @example
 * const report = await reproduce({ reproduction: reproductions["siamese-fig6a"], seeds: 10, labels: ["mean"], source, pool });
 * for (const panel of report.panels) for (const reading of panel.readings) reproductionFigure(report, panel, reading);
 */
export function reproductionFigure(report: ReproduceReport, panel: ReproducePanel, reading: ReproduceReading): string {
  const counts = reading.series.flatMap(({ points }) => points.map((point) => point.runs));
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  const count = fewest === most ? `${most}` : `${fewest} to ${most}`;
  const runs = most === 1 ? "one run" : `mean of ${count} runs, band: 95 % bootstrap interval`;
  const isPercent = panel.unit === "percent";
  return drawLineFigure({
    title: `${report.title}${report.panels.length > 1 ? `; ${panel.title}` : ""}`,
    subtitle: [
      `${panel.benchmark} · ${reading.rule}`,
      `${runs}${report.complete ? "" : `; ${report.seeds} were planned`}`,
      ...(panel.reported.length === 0 ? [] : [`open circles: reported, ${report.reportedFrom}`]),
    ],
    x: { label: panel.axis, fromData: true },
    y: { label: isPercent ? "accuracy (%)" : panel.unit },
    reference: { y: panel.optimum, name: `best mean test value of the table ${Math.round(100 * panel.optimum) / 100}` },
    series: reading.series.map(({ method, title, points }) => ({
      name: title,
      points: points.map(({ x, value: { mean, ci95 } }) => ({
        x,
        y: mean ?? Number.NaN,
        low: ci95[0] ?? Number.NaN,
        high: ci95[1] ?? Number.NaN,
      })),
      overlay: panel.reported.filter((point) => point.method === method).map(({ x, value }) => ({ x, y: value })),
    })),
  });
}
