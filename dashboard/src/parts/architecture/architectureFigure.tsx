import type { ComponentChildren } from "preact";
import type { ArchitectureDrawing } from "../../../../src/view/contract.js";
import { Figure } from "../../charts/figure.js";
import type { FigureContent } from "../../charts/figureContent.js";
import { plainName } from "../../format/plainText.js";
import { fileSlug } from "../../format/slug.js";
import { GraphMarks } from "./graphMarks.js";
import { type Graph, type GraphLayout, layoutGraph } from "./layoutGraph.js";
import { ParameterTable } from "./parameterTable.js";
import { chainOf, wrapChain } from "./wrapChain.js";

interface ArchitectureFigureProps {
  readonly title: string;
  readonly study: string;
  readonly number: number;
  readonly drawing: ArchitectureDrawing;
  readonly controls?: ComponentChildren;
  readonly footer?: ComponentChildren;
}

/** An architecture: its graph where it has one, and its parameters. */
export function ArchitectureFigure({ title, study, number, drawing, controls, footer }: ArchitectureFigureProps) {
  const { graph, parameters } = drawing;
  if (graph === undefined) {
    return (
      <section class="card panel">
        <header class="figure-head">
          <h3>{title}</h3>
          <div class="figure-tools">{controls}</div>
        </header>
        {parameters === undefined ? (
          <p class="note">There is no drawing of this architecture: its space could not be opened.</p>
        ) : (
          <ParameterTable parameters={parameters} />
        )}
        {footer}
      </section>
    );
  }
  return (
    <Figure
      figure={graphFigure({ title, study, number }, graph)}
      controls={controls}
      footer={
        <>
          {parameters !== undefined && <ParameterTable parameters={parameters} />}
          {footer}
        </>
      }
    />
  );
}

/** The same for the page and for files. */
export function graphFigure(
  { title, study, number }: Pick<ArchitectureFigureProps, "title" | "study" | "number">,
  graph: Graph,
): FigureContent {
  return {
    title,
    subject: plainName(`${study}, trial ${number}`),
    name: fileSlug(study, "trial", String(number), "architecture"),
    summary: describeGraph(graph),
    height: (width) => Math.ceil(fitGraph(graph, width).layout.height * fitGraph(graph, width).scale) + 4,
    table: () => ({
      columns: ["from", "to", "operation"],
      rows: graph.edges.map(([from, to, label]) => [
        `${from} ${graph.vertices[from]?.label ?? ""}`,
        `${to} ${graph.vertices[to]?.label ?? ""}`,
        label,
      ]),
    }),
    draw: (width) => {
      const { layout, direction, scale } = fitGraph(graph, width);
      const left = Math.max(0, (width - layout.width * scale) / 2);
      return {
        content: (
          <g transform={`translate(${left.toFixed(1)} 2) scale(${scale.toFixed(4)})`}>
            <GraphMarks layout={layout} direction={direction} />
          </g>
        ),
      };
    },
  };
}

interface FittedGraph {
  readonly layout: GraphLayout;
  readonly direction: "right" | "down" | "chain";
  readonly scale: number;
}

const fitted = new WeakMap<Graph, Map<number, FittedGraph>>();

/** From left to right where there is room, else downward; smaller as the last resort. */
export function fitGraph(graph: Graph, width: number): FittedGraph {
  const known = fitted.get(graph) ?? new Map<number, FittedGraph>();
  fitted.set(graph, known);
  const before = known.get(width);
  if (before !== undefined) return before;
  let fit: FittedGraph;
  const chain = chainOf(graph);
  const right = chain === undefined || chain.length < 7 ? layoutGraph(graph, "right") : undefined;
  if (right !== undefined && right.width <= width) fit = { layout: right, direction: "right", scale: 1 };
  else if (chain !== undefined) fit = { layout: wrapChain(graph, chain, width), direction: "chain", scale: 1 };
  else {
    const down = layoutGraph(graph, "down");
    const better = right !== undefined && right.width <= width * 1.3 && down.width > width ? right : down;
    fit = { layout: better, direction: better === right ? "right" : "down", scale: Math.min(1, width / better.width) };
  }
  known.set(width, fit);
  return fit;
}

function describeGraph({ vertices, edges }: Graph): string {
  const name = (vertex: number): string => `${vertex} ${plainName(vertices[vertex]?.label ?? "")}`;
  const ways = edges.map(
    ([from, to, label]) => `${name(from)} to ${name(to)}${label === "" ? "" : ` by ${plainName(label)}`}`,
  );
  return `Graph with ${vertices.length} vertices: ${ways.slice(0, 40).join("; ")}.`;
}
