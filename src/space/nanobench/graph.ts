import type { Architecture, Graph, GraphView } from "../contract.js";
import { MAXIMUM_NODES, OPERATIONS } from "./cell.js";

/** The cell as its text says it. */
export const graphView: GraphView = {
  maximumVertices: MAXIMUM_NODES,
  operations: ["input", ...OPERATIONS, "output"],
  zeroOperations: [],
  identityOperations: ["none"],
  write([vertices, adjacency, operations]: Architecture, graph: Graph) {
    graph.vertices = vertices;
    graph.adjacency.fill(0);
    graph.operations.fill(0);
    let bits = adjacency;
    for (let to = 1; to < vertices; to++) {
      for (let from = 0; from < to; from++) {
        graph.adjacency[from * MAXIMUM_NODES + to] = bits & 1;
        bits >>>= 1;
      }
    }
    let digits = operations;
    for (let node = vertices - 2; node >= 1; node--) {
      const digit = digits % OPERATIONS.length;
      graph.operations[node] = digit + 1;
      digits = (digits - digit) / OPERATIONS.length;
    }
    graph.operations[vertices - 1] = OPERATIONS.length + 1;
  },
};
