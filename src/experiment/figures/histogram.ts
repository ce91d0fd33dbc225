import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import type { BuildFigures } from "../build/figures.js";
import { axisStyle, figureStyle, finishFigure, headingMarks } from "./frame.js";
import { lineColours } from "./palette.js";

const MARGINS = { marginTop: 122, marginLeft: 62, marginRight: 24, marginBottom: 46 } as const;
const PLOT_WIDTH = 560;
const PLOT_HEIGHT = 260;

/**
 * How the mean test accuracies of a benchmark are spread, with the agreement of its seeds. SVG text.
 *
 * @example
 * const { figures } = await tryRecipe({ recipe, architectures: 200, train: trainOn(pool), threads: 2 });
 * const svg = histogramFigure(recipe, figures);
 */
export function histogramFigure(recipe: { readonly title: string }, figures: BuildFigures): string {
  const { testHistogram, architectures, functions, betweenSeeds, test } = figures;
  const { from, width, counts } = testHistogram;
  const bars = counts.map((count, bin) => ({ low: from + bin * width, high: from + (bin + 1) * width, count }));
  const subtitle = [
    `${architectures.toLocaleString("en")} architectures, ${functions.toLocaleString("en")} different functions; mean over training seeds`,
    `Spearman between seeds ${decimals(betweenSeeds.all)}, within the best fifth ${decimals(betweenSeeds.bestFifth)}; median ${decimals(test.median)} %, best ${decimals(test.maximum)} %`,
  ];
  const { document } = parseHTML("<html><body></body></html>");
  const end = Math.max(from + width, from + counts.length * width);
  const svg = Plot.plot({
    document,
    className: "assay-figure",
    width: MARGINS.marginLeft + PLOT_WIDTH + MARGINS.marginRight,
    height: MARGINS.marginTop + PLOT_HEIGHT + MARGINS.marginBottom,
    ...MARGINS,
    style: figureStyle,
    x: { domain: [from, end] },
    y: { domain: [0, Math.max(1, ...counts)], nice: true },
    marks: [
      Plot.gridY({ stroke: "#e4e4e4", strokeOpacity: 1 }),
      Plot.rectY(bars, { x1: "low", x2: "high", y: "count", fill: lineColours[0], inset: 0.5 }),
      Plot.axisX({ ...axisStyle, label: "mean test accuracy (%)", labelAnchor: "center", labelOffset: 38 }),
      Plot.axisY({ ...axisStyle, label: null }),
      Plot.ruleY([0], { stroke: "#888" }),
      ...headingMarks([recipe.title, ...subtitle], "architectures", MARGINS),
    ],
  });
  return finishFigure(svg, document, recipe.title);
}

function decimals(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2) : "unknown";
}
