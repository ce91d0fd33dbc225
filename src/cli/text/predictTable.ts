import type { PredictReport } from "../../experiment/report.js";
import type { Colours } from "../terminal.js";
import { formatPlainSeconds, formatValue } from "./numbers.js";
import { wrapSpec } from "./spec.js";
import { drawTable } from "./table.js";
import { wrapText } from "./wrapText.js";

const SPEC_WIDTH = 21;

/** The table of a comparison of predictors, no wider than 80 letters. */
export function drawPredictTable(report: PredictReport, colours: Colours): string {
  const pair = ({ mean, std }: { mean: number | null; std: number | null }, decimals: number) =>
    report.seeds === 1 ? formatValue(mean, decimals) : `${formatValue(mean, decimals)} ±${formatValue(std, decimals)}`;
  const right = (title: string) => ({ title, align: "right" as const });
  const columns = [
    { title: "predictor" },
    right("trained"),
    right("Kendall"),
    right("Spearman"),
    right("recall@100"),
    right("fit s"),
    right("rank s"),
  ];
  const rows = report.results.map((result, i) => [
    report.results[i - 1]?.spec === result.spec ? "" : wrapSpec(result.spec, SPEC_WIDTH),
    String(result.trainSize),
    pair(result.kendallTau, 3),
    formatValue(result.spearman.mean, 3),
    pair(result.recallAt100, 2),
    formatPlainSeconds(result.fitSeconds.mean ?? Number.NaN),
    formatPlainSeconds(result.rankSeconds.mean ?? Number.NaN),
  ]);
  const samples = report.seeds === 1 ? "one training sample" : `mean ± standard deviation of ${report.seeds} samples`;
  return [
    `${colours.bold(report.benchmark)}, ${samples} for each size`,
    "",
    drawTable(columns, rows, colours),
    "",
    `Compared with ${report.against}, over ${report.rankedOver}.`,
    "recall@100: share of the best 100 among the 100 that are predicted best.",
    "fit s, rank s: seconds to fit and to predict the whole space.",
    wrapText(`label: ${report.label}: ${report.labelDescription}`, 80),
  ].join("\n");
}
