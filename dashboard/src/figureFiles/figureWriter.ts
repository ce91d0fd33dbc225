import type { FigureFile, FigureWriter } from "../../../src/view/figures/contract.js";
import type { FigureContent } from "../charts/figureContent.js";
import { writeCsv } from "../format/csv.js";
import { curvesFigure } from "../pages/compare/compareCurves.js";
import { finalFigure } from "../pages/compare/finalStrip.js";
import { tabulateTargets } from "../pages/compare/targetTable.js";
import { studyFigures } from "./studyFigures.js";
import { parseStyleSheet } from "./styleSheet.js";
import { writeFigure } from "./writeFigure.js";

/** Wide enough for its words, and for a column of text about as high as on the page. */
const width = 640;

/**
 * Draws figures as files, without a browser: the same drawings as on the page, in its light theme.
 *
 * @param styleSheet of the page
 */
export function createFigureWriter(styleSheet: string): FigureWriter {
  const sheet = parseStyleSheet(styleSheet);
  const file = (figure: FigureContent): FigureFile => ({
    name: figure.name,
    title: figure.title,
    svg: writeFigure(figure, width, sheet),
    csv: writeCsv(figure.table()),
  });
  return {
    study: (study) => studyFigures(study, sheet.variables).map(file),
    comparison: (view) => [
      file(curvesFigure(view, true)),
      file(finalFigure(view)),
      {
        name: "compare-queries-to-target",
        title: "Queries to the target",
        csv: writeCsv(tabulateTargets(view)),
      },
    ],
  };
}
