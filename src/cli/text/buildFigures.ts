import type { BuildFigures, Spread } from "../../experiment/build/index.js";
import type { Colours } from "../terminal.js";
import { drawHistogram } from "./histogram.js";
import { formatCount, formatValue } from "./numbers.js";
import { drawTable } from "./table.js";
import { wrapText } from "./wrapText.js";

const WIDTH = 80;

/** The figures of a build for people: counts, correlations, spreads and a histogram. */
export function describeBuild(title: string, figures: BuildFigures, colours: Colours): string {
  const { architectures, functions, trainings, failedTrainings, validation, test } = figures;
  const counts = `${formatCount(architectures)} architectures, ${formatCount(functions)} different functions, ${formatCount(trainings)} trainings`;
  const failed = failedTrainings === 0 ? "" : `, ${formatCount(failedTrainings)} of them diverged`;
  const { betweenSeeds, betweenSeedsOfFunctions, validationWithTest } = figures;
  const correlations = drawTable(
    [
      { title: "Spearman's correlation" },
      { title: "architectures", align: "right" },
      { title: "functions", align: "right" },
    ],
    [
      ["between seeds", formatValue(betweenSeeds.all, 3), formatValue(betweenSeedsOfFunctions.all, 3)],
      [
        "between seeds, best fifth",
        formatValue(betweenSeeds.bestFifth, 3),
        formatValue(betweenSeedsOfFunctions.bestFifth, 3),
      ],
      ["validation with test", formatValue(validationWithTest, 3), ""],
    ],
    colours,
  );
  const right = { align: "right" } as const;
  const spreads = drawTable(
    [
      { title: "mean accuracy %" },
      ...["min", "5 %", "25 %", "median", "75 %", "95 %", "max"].map((head) => ({ title: head, ...right })),
    ],
    [
      ["validation", ...spreadCells(validation)],
      ["test", ...spreadCells(test)],
    ],
    colours,
  );
  return [
    `${title}: ${counts}${failed}`,
    correlations,
    spreads,
    `${colours.bold("Mean test accuracy %")}\n${drawHistogram(figures.testHistogram, colours)}`,
    wrapText(`${figures.rules}.`, WIDTH),
  ].join("\n\n");
}

function spreadCells(spread: Spread): string[] {
  return [
    spread.minimum,
    spread.fifthPercentile,
    spread.lowerQuartile,
    spread.median,
    spread.upperQuartile,
    spread.ninetyFifthPercentile,
    spread.maximum,
  ].map((value) => formatValue(value));
}
