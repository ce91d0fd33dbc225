import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { axisStyle, figureStyle, finishFigure, headingMarks } from "./frame.js";
import type { FigureAxis } from "./lineFigure.js";
import { lineColours } from "./palette.js";

export interface ScatterPoint {
  readonly x: number;
  readonly y: number;
  /** Drawn to both sides of `x`. */
  readonly spread?: number;
}

/** What a scatter plot shows. */
export interface ScatterFigure {
  readonly title: string;
  readonly subtitle: readonly string[];
  readonly x: Pick<FigureAxis, "label" | "fromData">;
  readonly y: Pick<FigureAxis, "label">;
  readonly points: readonly ScatterPoint[];
  /** Draws the line on which both numbers are equal. */
  readonly isDiagonal?: boolean;
  /** Points of a front, drawn over the others. */
  readonly front?: readonly ScatterPoint[];
  /** Joins the points of the front: what costs least lies left (`step-after`), or what gives most lies right (`step-before`). */
  readonly frontLine?: "step-after" | "step-before" | undefined;
  /** Drawn over the others, with its name beside it. */
  readonly marked?: ScatterPoint & { readonly name: string };
}

const PLOT_WIDTH = 560;
const PLOT_HEIGHT = 340;

/** Draws points, one of them marked, as a stand-alone SVG. The same figure gives the same text. */
export function drawScatterFigure(figure: ScatterFigure): string {
  const marginTop = 34 + 16 * figure.subtitle.length + 40;
  const [marginLeft, marginRight, marginBottom] = [62, 40, 46];
  const { document } = parseHTML("<html><body></body></html>");
  const points = figure.points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  const { marked } = figure;
  const isRight = marked !== undefined && points.filter(({ x }) => x > marked.x).length < points.length / 2;
  const svg = Plot.plot({
    document,
    className: "assay-figure",
    width: marginLeft + PLOT_WIDTH + marginRight,
    height: marginTop + PLOT_HEIGHT + marginBottom,
    marginTop,
    marginLeft,
    marginBottom,
    marginRight,
    style: figureStyle,
    // An axis without points would have no numbers.
    x: { nice: true, zero: figure.x.fromData !== true, ...(points.length === 0 ? { domain: [0, 1] } : {}) },
    y: { nice: true, ...(points.length === 0 ? { domain: [0, 1] } : {}) },
    marks: [
      Plot.gridY({ stroke: "#e4e4e4", strokeOpacity: 1 }),
      Plot.axisX({ ...axisStyle, label: figure.x.label, labelAnchor: "center", labelOffset: 38 }),
      Plot.axisY({ ...axisStyle, label: null }),
      ...headingMarks([figure.title, ...figure.subtitle], figure.y.label, { marginLeft, marginTop }),
      ...(figure.isDiagonal === true && points.length > 0 ? [diagonal(points)] : []),
      ...(points.some(({ spread }) => spread !== undefined) ? [spreads(points)] : []),
      Plot.dot(points, { x: "x", y: "y", r: 3.2, fill: lineColours[0], fillOpacity: 0.55 }),
      ...(figure.front === undefined ? [] : frontMarks(figure.front, figure.frontLine)),
      ...(marked === undefined
        ? []
        : [
            Plot.dot([marked], { x: "x", y: "y", r: 5, fill: lineColours[1], stroke: "#fff" }),
            Plot.text([marked], {
              x: "x",
              y: "y",
              text: "name",
              textAnchor: isRight ? "end" : "start",
              dx: isRight ? -10 : 10,
              dy: -10,
              fill: lineColours[1],
              fontWeight: 600,
            }),
          ]),
    ],
  });
  return finishFigure(svg, document as unknown as Document, figure.title);
}

/** From corner to corner of where both axes have values. */
function diagonal(points: readonly ScatterPoint[]): Plot.Markish {
  const range = (values: readonly number[]) => [Math.min(...values), Math.max(...values)];
  const [xs, ys] = [range(points.map(({ x }) => x)), range(points.map(({ y }) => y))];
  const ends = [Math.max(xs[0], ys[0]), Math.min(xs[1], ys[1])].map((value) => ({ x: value, y: value }));
  return Plot.line(ends[0].x < ends[1].x ? ends : [], { x: "x", y: "y", stroke: "#888", strokeDasharray: "4 4" });
}

function frontMarks(points: readonly ScatterPoint[], curve: ScatterFigure["frontLine"]): Plot.Markish[] {
  const ordered = [...points].sort((a, b) => a.x - b.x);
  const line = { x: "x", y: "y", stroke: lineColours[1], strokeWidth: 1.5 };
  return [
    ...(curve === undefined ? [] : [Plot.line(ordered, { ...line, curve })]),
    Plot.dot(ordered, { x: "x", y: "y", r: 4, fill: lineColours[1], stroke: "#fff" }),
  ];
}

function spreads(points: readonly ScatterPoint[]): Plot.Markish {
  return Plot.ruleY(
    points.filter(({ spread }) => spread !== undefined),
    {
      y: "y",
      x1: ({ x, spread }: ScatterPoint) => x - spread!,
      x2: ({ x, spread }: ScatterPoint) => x + spread!,
      stroke: lineColours[0],
      strokeOpacity: 0.25,
    },
  );
}
