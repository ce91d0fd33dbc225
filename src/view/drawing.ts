import type { Architecture, Graph, SearchSpace } from "../space/contract.js";
import { EDGES, NODES, OPERATIONS } from "../space/nasbench201/cell.js";
import { isEdgeCell, parseCell } from "../space/nasbench201/text.js";
import { choicesOfText, spaceOfText } from "../space/textForms.js";
import type { ArchitectureDrawing } from "./contract.js";

type DrawnGraph = NonNullable<ArchitectureDrawing["graph"]>;

/**
 * The drawing of an architecture: from its space, or where that cannot be opened from its text alone. Empty where neither tells enough.
 *
 * @example
 * viewDrawing("|nor_conv_3x3~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|", undefined).graph?.edges;
 */
export function viewDrawing(text: string, space: SearchSpace | undefined): ArchitectureDrawing {
  const cell = drawEdgeCell(text);
  if (cell !== undefined) return { graph: cell };
  const known = parseIn(text, space) ?? spaceOfText(text);
  if (known !== undefined) return drawInSpace(known.space, known.architecture);
  const choices = choicesOfText(text);
  if (choices === undefined) return {};
  return { parameters: choices.map(([name, value]) => ({ name, value, isActive: true })) };
}

function parseIn(text: string, space: SearchSpace | undefined) {
  if (space === undefined) return undefined;
  try {
    return { space, architecture: space.parse(text) };
  } catch {
    // Of another version of the space.
    return undefined;
  }
}

/** A cell of NAS-Bench-201: nodes that add, operations on the edges; `none` is no edge. */
function drawEdgeCell(text: string): DrawnGraph | undefined {
  if (!isEdgeCell(text)) return undefined;
  let genes: Architecture;
  try {
    genes = parseCell(text);
  } catch {
    // Written like one, with an operation that there is not.
    return undefined;
  }
  return {
    vertices: Array.from({ length: NODES }, (_, node) => {
      if (node === 0) return { label: "input", kind: "input" };
      return node === NODES - 1 ? { label: "output", kind: "output" } : { label: String(node), kind: "sum" };
    }),
    edges: EDGES.map(([from, to], edge) => [from, to, OPERATIONS[genes[edge]]] as const).filter(
      ([, , operation]) => operation !== "none",
    ),
  };
}

function drawInSpace(space: SearchSpace, architecture: Architecture): ArchitectureDrawing {
  const { graph, parameters } = space.views;
  return {
    ...(graph === undefined ? {} : { graph: drawGraph(graph, architecture) }),
    ...(parameters === undefined ? {} : { parameters: listParameters(parameters, architecture) }),
  };
}

function drawGraph(view: NonNullable<SearchSpace["views"]["graph"]>, architecture: Architecture): DrawnGraph {
  const side = view.maximumVertices;
  const graph: Graph = { vertices: 0, adjacency: new Uint8Array(side * side), operations: new Uint8Array(side) };
  view.write(architecture, graph);
  const edges: [number, number, string][] = [];
  for (let from = 0; from < graph.vertices; from++)
    for (let to = from + 1; to < graph.vertices; to++)
      if (graph.adjacency[from * side + to] === 1) edges.push([from, to, ""]);
  return {
    vertices: Array.from({ length: graph.vertices }, (_, vertex) => ({
      label: view.operations[graph.operations[vertex]],
      kind: vertex === 0 ? "input" : vertex === graph.vertices - 1 ? "output" : "operation",
    })),
    edges,
  };
}

function listParameters(
  { parameters, write }: NonNullable<SearchSpace["views"]["parameters"]>,
  architecture: Architecture,
): NonNullable<ArchitectureDrawing["parameters"]> {
  const levels = new Int32Array(parameters.length);
  write(architecture, levels);
  return parameters.map(({ name, levels: choices }, i) => ({
    name,
    value: levels[i] < 0 ? "" : String(choices[levels[i]]),
    isActive: levels[i] >= 0,
  }));
}
