import type { Colours } from "../terminal.js";
import { wrapText } from "./wrapText.js";

/** A column of a table. */
export interface TableColumn {
  readonly title: string;
  readonly align?: "left" | "right";
  /** Letters at most; longer cells are wrapped at spaces. */
  readonly width?: number;
}

const GAP = "  ";

/** Draws a table with a rule under its head. Cells may hold several lines. */
export function drawTable(columns: readonly TableColumn[], rows: readonly string[][], colours: Colours): string {
  const cells = rows.map((row) => row.map((cell, i) => linesOf(cell, columns[i].width)));
  const widths = columns.map(({ title }, i) =>
    Math.max(title.length, ...cells.flatMap((row) => row[i].map((line) => line.length))),
  );
  const draw = (words: readonly string[]): string =>
    words
      .map((word, i) => (columns[i].align === "right" ? word.padStart(widths[i]) : word.padEnd(widths[i])))
      .join(GAP)
      .trimEnd();
  const rule = "─".repeat(widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1)));
  const body = cells.flatMap((row) => {
    const height = Math.max(...row.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) => draw(row.map((lines) => lines[line] ?? "")));
  });
  return [colours.bold(draw(columns.map(({ title }) => title))), colours.dim(rule), ...body].join("\n");
}

function linesOf(cell: string, width: number | undefined): string[] {
  const lines = cell.split("\n");
  return width === undefined
    ? lines
    : lines.flatMap((line) => (line.length <= width ? [line] : wrapText(line, width).split("\n")));
}
