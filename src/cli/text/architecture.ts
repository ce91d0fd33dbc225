import type { Architecture, Graph, SearchSpace } from "../../space/contract.js";

/**
 * Draws an architecture as text, one line for each vertex of its graph or each of its choices.
 *
 * @example
 * drawArchitecture(space, architecture); // ["1 conv3x3-bn-relu  from input", …]
 */
export function drawArchitecture(space: SearchSpace, architecture: Architecture): string[] {
  // Choices say more than a graph where a space has both: operations on edges are no vertices to a reader.
  if (space.views.parameters !== undefined) return drawChoices(space, architecture);
  if (space.views.graph !== undefined) return drawGraph(space, architecture);
  return [space.format(architecture)];
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
  const titles = names.map((name, vertex) => `${vertex} ${name}`);
  const width = Math.max(...titles.map((title) => title.length));
  return titles.map((title, vertex) => {
    const from = names.map((_, source) => source).filter((source) => graph.adjacency[source * side + vertex] === 1);
    return vertex === 0 ? title : `${title.padEnd(width)}  from ${from.join(", ") || "nothing"}`;
  });
}
