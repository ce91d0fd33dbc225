import type { Architecture, Graph, SearchSpace } from "../../space/contract.js";
import { isEdgeCell, parseCell } from "../../space/nasbench201/text.js";
import { drawEdgeCell } from "./edgeCell.js";
import { drawVertexGraph } from "./vertexGraph.js";

/**
 * Draws an architecture as text: a cell as the graph that it is, any other as one line for each of its choices.
 *
 * @example
 * drawArchitecture(space, architecture); // ["● input", "│", "● conv3x3-bn-relu", …]
 */
export function drawArchitecture(space: SearchSpace, architecture: Architecture): string[] {
  const text = space.format(architecture);
  if (isEdgeCell(text)) return drawEdgeCell(parseCell(text));
  // Choices say more than a graph where a space has both: operations on edges are no vertices to a reader.
  if (space.views.parameters !== undefined) return drawChoices(space, architecture);
  if (space.views.graph !== undefined) return drawGraph(space, architecture);
  return [text];
}

function drawChoices(space: SearchSpace, architecture: Architecture): string[] {
  const { parameters, write } = space.views.parameters!;
  const levels = new Int32Array(parameters.length);
  write(architecture, levels);
  const width = Math.max(...parameters.map(({ name }) => name.length));
  return parameters.map(({ name, levels: choices }, i) => {
    const choice = levels[i] < 0 ? "(not used)" : String(choices[levels[i]]);
    return `${name.padEnd(width)}  ${choice}`;
  });
}

function drawGraph(space: SearchSpace, architecture: Architecture): string[] {
  const view = space.views.graph!;
  const side = view.maximumVertices;
  const graph: Graph = {
    vertices: 0,
    adjacency: new Uint8Array(side * side),
    operations: new Uint8Array(side),
  };
  view.write(architecture, graph);
  const names = Array.from({ length: graph.vertices }, (_, vertex) => view.operations[graph.operations[vertex]]);
  return drawVertexGraph(graph, side, names);
}
