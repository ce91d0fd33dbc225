import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { axisStyle, figureStyle, finishFigure, headingMarks } from "./frame.js";
import { lineStyle } from "./palette.js";
import { spreadLabels } from "./spreadLabels.js";

/** One point of a line with its band. */
export interface FigurePoint {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

export interface FigureSeries {
  readonly name: string;
  readonly points: readonly FigurePoint[];
  /** Numbers of somebody else for the same thing, drawn as open circles on a thin line. */
  readonly overlay?: readonly { readonly x: number; readonly y: number }[];
}

export interface FigureAxis {
  readonly label: string;
  readonly type?: "linear" | "log";
  /** Whether a linear horizontal axis begins at the data and not at zero. */
  readonly fromData?: boolean;
  /** Values to mark; chosen from the data where absent. */
  readonly ticks?: readonly number[];
  /** How a marked value is written. */
  readonly format?: (value: number) => string;
}

/** What a figure shows. */
export interface LineFigure {
  readonly title: string;
  /** What the lines and bands mean, and by which rules. */
  readonly subtitle: readonly string[];
  readonly x: FigureAxis;
  readonly y: FigureAxis;
  /** Marked by a thin line, such as the optimum. */
  readonly reference?: { readonly y: number; readonly name: string };
  readonly series: readonly FigureSeries[];
}

const PLOT_WIDTH = 560;
const PLOT_HEIGHT = 340;
const LINE_HEIGHT = 15;
const LETTER_WIDTH = 6.6;

/**
 * Draws lines with bands, each line named at its end, as a stand-alone SVG. The same figure gives the same text.
 */
export function drawLineFigure(figure: LineFigure): string {
  const series = figure.series.map(({ name, points, overlay = [] }, number) => ({
    lines: nameLines(name),
    overlay,
    points: points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)),
    ...lineStyle(number),
  }));
  const longest = Math.max(8, ...series.flatMap(({ lines }) => lines.map(lettersOf)));
  const marginTop = 34 + 16 * figure.subtitle.length + 40;
  const marginLeft = 62;
  const marginBottom = 46;
  const marginRight = Math.ceil(longest * LETTER_WIDTH) + 34;
  const width = marginLeft + PLOT_WIDTH + marginRight;
  const height = marginTop + PLOT_HEIGHT + marginBottom;
  const points = series.flatMap((one) => one.points);
  const overlaid = series.flatMap(({ overlay }) => overlay);
  const fromZero = figure.x.type !== "log" && figure.x.fromData !== true;
  const xDomain = domainOf(figure.x, [...[...points, ...overlaid].map(({ x }) => x), ...(fromZero ? [0] : [])]);
  const yDomain = domainOf(figure.y, [
    ...points.flatMap(({ y, low, high }) => [y, low, high].filter(Number.isFinite)),
    ...overlaid.map(({ y }) => y),
    ...(figure.reference === undefined ? [] : [figure.reference.y]),
  ]);
  const x = { type: figure.x.type ?? "linear", domain: xDomain, range: [marginLeft, marginLeft + PLOT_WIDTH] };
  const y = {
    type: figure.y.type ?? "linear",
    domain: yDomain,
    range: [marginTop + PLOT_HEIGHT, marginTop],
    nice: (figure.y.type ?? "linear") === "linear",
  };
  const yScale = Plot.scale({ y: y as Plot.ScaleOptions });
  const ends = series.map((one) => one.points.at(-1));
  const centres = spreadLabels(
    series.map(({ lines }, number) => ({
      centre: ends[number] === undefined ? marginTop : (yScale.apply(ends[number].y) as number),
      height: LINE_HEIGHT * lines.length + 3,
    })),
    marginTop - 12,
    marginTop + PLOT_HEIGHT + 12,
  );

  const { document } = parseHTML("<html><body></body></html>");
  const svg = Plot.plot({
    document,
    className: "assay-figure",
    width,
    height,
    marginTop,
    marginLeft,
    marginBottom,
    marginRight,
    style: figureStyle,
    x: x as Plot.ScaleOptions,
    y: y as Plot.ScaleOptions,
    marks: [
      Plot.gridY({ stroke: "#e4e4e4", strokeOpacity: 1, ...ticksOf(figure.y, yDomain) }),
      Plot.axisX({
        ...axisStyle,
        ...ticksOf(figure.x, xDomain),
        label: figure.x.label,
        labelAnchor: "center",
        labelOffset: 38,
      }),
      Plot.axisY({ ...axisStyle, ...ticksOf(figure.y, yDomain), label: null }),
      ...headingMarks([figure.title, ...figure.subtitle], figure.y.label, { marginLeft, marginTop }),
      ...(figure.reference === undefined
        ? []
        : [
            Plot.ruleY([figure.reference.y], { stroke: "#666", strokeDasharray: "3 3" }),
            Plot.text([figure.reference], {
              x: xDomain[0],
              y: "y",
              text: "name",
              textAnchor: "start",
              dx: 4,
              dy: -7,
              fill: "#555",
              fontSize: 11,
            }),
          ]),
      ...series.map(({ points: own, colour }) =>
        Plot.areaY(own, { x: "x", y1: "low", y2: "high", fill: colour, fillOpacity: 0.16 }),
      ),
      ...series.map(({ points: own, colour, dash }) =>
        Plot.line(own, {
          x: "x",
          y: "y",
          stroke: colour,
          strokeWidth: 2,
          ...(dash === undefined ? {} : { strokeDasharray: dash }),
        }),
      ),
      ...series.map(({ points: own, colour }) => Plot.dot(own, { x: "x", y: "y", r: 1.8, fill: colour })),
      ...series.flatMap(({ overlay, colour }) =>
        overlay.length === 0
          ? []
          : [
              Plot.line(overlay, { x: "x", y: "y", stroke: colour, strokeWidth: 1, strokeDasharray: "1 3" }),
              Plot.dot(overlay, { x: "x", y: "y", r: 4, fill: "#fff", stroke: colour, strokeWidth: 1.5 }),
            ],
      ),
      ...series.flatMap(({ lines, colour }, number) => {
        const end = ends[number];
        if (end === undefined) return [];
        const dy = centres[number] - (yScale.apply(end.y) as number);
        return [
          Plot.text([end], {
            x: "x",
            y: "y",
            text: () => lines.join("\n"),
            textAnchor: "start",
            lineAnchor: "middle",
            dx: 12,
            dy,
            fill: colour,
            fontWeight: 600,
            lineHeight: LINE_HEIGHT / 12,
          }),
        ];
      }),
    ],
  });
  return finishFigure(svg, document, figure.title);
}

/** Where the axis ends: at the data, on a logarithmic axis with given ticks at the ticks around it. */
function domainOf({ type, ticks }: FigureAxis, values: readonly number[]): [number, number] {
  const [low, high] = extent(values);
  if (type !== "log" || ticks === undefined) return [low, high];
  return [ticks.findLast((tick) => tick <= low) ?? low, ticks.find((tick) => tick >= high) ?? high];
}

function ticksOf(
  { ticks, format }: FigureAxis,
  [low, high]: readonly [number, number],
): { ticks?: number[]; tickFormat?: (value: number) => string } {
  return {
    ...(ticks === undefined ? {} : { ticks: ticks.filter((tick) => tick >= low && tick <= high) }),
    ...(format === undefined ? {} : { tickFormat: format }),
  };
}

/** The width of a line in small letters. */
function lettersOf(line: string): number {
  return line.length + 0.35 * (line.match(/[A-Z+]/g)?.length ?? 0);
}

/** A spec is long: its options stand on their own lines below its name. */
function nameLines(name: string): string[] {
  const colon = name.indexOf(":");
  if (colon < 0 || name.length <= 22) return [name];
  const options = name.slice(colon + 1).split(/,(?![^(]*\))/);
  return [name.slice(0, colon), ...options];
}

function extent(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 1];
  // Curves of large budgets have more points than a call may have arguments.
  const low = values.reduce((least, value) => Math.min(least, value));
  const high = values.reduce((largest, value) => Math.max(largest, value));
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}
