import type { Architecture, CostView, Graph, GraphView } from "../contract.js";
import { createCell, MAXIMUM_VERTICES, OPERATIONS, unpack } from "./cell.js";
import { writeCost } from "./cost.js";

/** The cell as it is drawn in the paper, in the order of its genes. */
export const graphView: GraphView = {
  maximumVertices: MAXIMUM_VERTICES,
  operations: ["input", ...OPERATIONS, "output"],
  zeroOperations: [],
  identityOperations: [],
  write([vertices, adjacency, operations]: Architecture, graph: Graph) {
    graph.vertices = vertices;
    graph.adjacency.fill(0);
    graph.operations.fill(0);
    let rest = adjacency;
    for (let i = 0; i < vertices - 1; i++) {
      const row = i * MAXIMUM_VERTICES;
      for (let j = i + 1; j < vertices; j++) {
        graph.adjacency[row + j] = rest & 1;
        rest >>>= 1;
      }
    }
    let digits = operations;
    for (let v = 1; v < vertices - 1; v++) {
      const next = (digits / 3) | 0;
      graph.operations[v] = digits - 3 * next + 1;
      digits = next;
    }
    graph.operations[vertices - 1] = OPERATIONS.length + 1;
  },
};

const scratch = createCell();

/** FLOPs and params of the full network for CIFAR-10. */
export const costView: CostView = {
  metrics: [
    { name: "flops", unit: "MAC" },
    { name: "params", unit: "parameters" },
  ],
  write(architecture: Architecture, values: Float64Array) {
    unpack(architecture[0], architecture[1], architecture[2], scratch);
    writeCost(scratch, values);
  },
};
