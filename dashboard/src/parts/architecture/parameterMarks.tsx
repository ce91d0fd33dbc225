import type { ArchitectureDrawing } from "../../../../src/view/contract.js";
import type { FigureContent } from "../../charts/figureContent.js";
import { plainName } from "../../format/plainText.js";
import { fileSlug } from "../../format/slug.js";
import { boldness, cutText, textRoom } from "../../format/textRoom.js";

const rowHeight = 24;
const size = 12.5;

/** The choices that make an architecture as a figure for files; a page has a table instead. */
export function parameterFigure(
  { title, study, number }: { readonly title: string; readonly study: string; readonly number: number },
  parameters: NonNullable<ArchitectureDrawing["parameters"]>,
): FigureContent {
  const shown = parameters.map(({ name, value, isActive }) => ({
    name: plainName(name),
    value: isActive ? plainName(value) : "not used",
    isActive,
  }));
  return {
    title,
    subject: plainName(`${study}, trial ${number}`),
    name: fileSlug(study, "trial", String(number), "architecture"),
    summary: `${shown.map(({ name, value }) => `${name}: ${value}`).join("; ")}.`,
    height: Math.max(1, shown.length) * rowHeight + 2,
    table: () => ({
      columns: ["parameter", "value", "is used"],
      rows: parameters.map(({ name, value, isActive }) => [name, value, isActive ? 1 : 0]),
    }),
    draw: (width) => {
      const names = Math.min(width / 2, 24 + Math.max(0, ...shown.map(({ name }) => textRoom(name, size))));
      return {
        content: shown.map(({ name, value, isActive }, row) => (
          <g key={name} transform={`translate(0 ${row * rowHeight})`}>
            <line class="grid-line" x1="0" x2={width} y1={rowHeight} y2={rowHeight} />
            <text class="tick" y="16" font-size={size}>
              {cutText(name, names - 12, size)}
            </text>
            <text class={isActive ? "tick is-strong" : "tick"} x={names} y="16" font-size={size}>
              {cutText(value, width - names, size * boldness)}
            </text>
          </g>
        )),
      };
    },
  };
}
