import { h } from "preact";
import type { FigureContent } from "../charts/figureContent.js";
import { FigureSheet } from "./figureSheet.js";
import type { StyleSheet } from "./styleSheet.js";
import { writeSvg } from "./writeSvg.js";

/** A figure as the text of an SVG file, as wide as it is told to be. Equal figures give equal files. */
export function writeFigure(figure: FigureContent, width: number, sheet: StyleSheet): string {
  return writeSvg(h(FigureSheet, { figure, width }), sheet, figure.name);
}
