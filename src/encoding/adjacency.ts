import type { Architecture, SearchSpace } from "../space/contract.js";
import type { BoundEncoding, Encoding } from "./contract.js";
import { createGraph } from "./graphBuffer.js";

/**
 * The adjacency matrix column by column, as WeakNAS (Wu et al., NeurIPS 2021) encodes NAS-Bench-101. For each vertex
 * j = 1, 2, … there is one number for each earlier vertex i (1 for an edge i to j), then one for each operation but
 * the input (1 for the operation of j). Vertices that an architecture lacks are zeros. NAS-Bench-101 has
 * (1+4) + (2+4) + … + (6+4) = 21 + 6 x 4 = 45 numbers.
 */
export const adjacency: Encoding = {
  name: "adjacency",
  description: "For each vertex its incoming edges and its operation one-hot; missing vertices are zeros",
  needs: ["graph"],
  bind(space: SearchSpace): BoundEncoding {
    const view = space.views.graph!;
    const size = view.maximumVertices;
    const graph = createGraph(view);
    const operationNames = view.operations.filter((name) => name !== "input");
    const positionOfOperation = Int32Array.from(view.operations, (name) => operationNames.indexOf(name));
    const columnNames: string[] = [];
    for (let j = 1; j < size; j++) {
      for (let i = 0; i < j; i++) columnNames.push(`${i}->${j}`);
      for (const name of operationNames) columnNames.push(`${j}=${name}`);
    }
    const columns = columnNames.length;
    const width = operationNames.length;
    return {
      columns,
      columnNames,
      write(architecture: Architecture, row: Float32Array, offset: number) {
        view.write(architecture, graph);
        const { adjacency: edges, operations, vertices } = graph;
        let at = offset;
        for (let j = 1; j < vertices; j++) {
          for (let i = 0; i < j; i++) row[at + i] = edges[i * size + j];
          at += j;
          for (let k = 0; k < width; k++) row[at + k] = 0;
          const position = positionOfOperation[operations[j]];
          if (position >= 0) row[at + position] = 1;
          at += width;
        }
        row.fill(0, at, offset + columns);
      },
    };
  },
};
