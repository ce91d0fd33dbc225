import type { Architecture, Graph, GraphView } from "../contract.js";
import { EDGES, NODES, OPERATIONS } from "./cell.js";

const VERTICES = EDGES.length + 2;

/** Edges become vertices 1 to 6, in the order of the string, which is topological; an edge feeds those that leave its node. */
const graphAdjacency = new Uint8Array(VERTICES * VERTICES);
EDGES.forEach(([from, to], edge) => {
  const vertex = edge + 1;
  if (from === 0) graphAdjacency[vertex] = 1;
  if (to === NODES - 1) graphAdjacency[vertex * VERTICES + VERTICES - 1] = 1;
  EDGES.forEach(([nextFrom], next) => {
    if (nextFrom === to) graphAdjacency[vertex * VERTICES + next + 1] = 1;
  });
});

/** The cell with its edges as vertices, the input first and the output last. */
export const graphView: GraphView = {
  maximumVertices: VERTICES,
  operations: ["input", ...OPERATIONS, "output"],
  zeroOperations: ["none"],
  identityOperations: ["skip_connect"],
  longestPath: NODES - 1,
  write(architecture: Architecture, graph: Graph) {
    graph.vertices = VERTICES;
    graph.adjacency.set(graphAdjacency);
    graph.operations[0] = 0;
    for (let edge = 0; edge < EDGES.length; edge++) graph.operations[edge + 1] = architecture[edge] + 1;
    graph.operations[VERTICES - 1] = OPERATIONS.length + 1;
  },
};
