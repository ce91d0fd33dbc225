import * as Plot from "@observablehq/plot";

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', Helvetica, Arial, sans-serif";
const INK = "#222";

/** What all figures look like. */
export const figureStyle = { fontFamily: FONT, fontSize: "12px", color: INK } as const;
export const axisStyle = { stroke: "#888", fill: INK, tickSize: 4, fontSize: 12, labelArrow: "none" } as const;

/** Title and subtitle above the plot, and the name of the vertical axis at its upper end. */
export function headingMarks(
  lines: readonly string[],
  axis: string,
  { marginLeft, marginTop }: { readonly marginLeft: number; readonly marginTop: number },
): Plot.Markish[] {
  const heading = (line: string, place: number | "axis") =>
    Plot.text([line], {
      frameAnchor: "top-left",
      textAnchor: "start",
      dx: -marginLeft + 14,
      dy: place === "axis" ? -24 : -marginTop + (place === 0 ? 14 : 22 + 16 * place),
      fontSize: place === 0 ? 16 : 12,
      fontWeight: place === 0 ? 600 : 400,
      fill: typeof place === "number" && place > 0 ? "#555" : INK,
    });
  return [...lines.map(heading), heading(axis, "axis")];
}

/** Makes a plot a picture that stands alone: white ground, a title for those who cannot see it, short coordinates. */
export function finishFigure(svg: Element, document: Document, name: string): string {
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  svg.setAttribute("role", "img");
  // An element and not an attribute: attributes are written as in HTML, where "<" may stay as it is.
  const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
  title.textContent = name;
  svg.insertBefore(title, svg.firstChild);
  const background = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  background.setAttribute("width", "100%");
  background.setAttribute("height", "100%");
  background.setAttribute("fill", "#fff");
  svg.insertBefore(background, svg.querySelector("g"));
  return `${roundCoordinates(svg.outerHTML)}\n`;
}

/** Two decimals are enough for a screen, and the text does not show the last bit of a double. */
function roundCoordinates(svg: string): string {
  return svg.replace(
    / (d|transform|x|y|x1|x2|y1|y2|cx|cy|width|height)="([^"]*)"/g,
    (_, name: string, value: string) => {
      const rounded = value.replace(/-?\d+\.\d{3,}/g, (digits) => String(Math.round(Number(digits) * 100) / 100));
      return ` ${name}="${rounded}"`;
    },
  );
}
