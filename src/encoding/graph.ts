import { AssayError } from "../errors.js";
import type { Architecture, SearchSpace } from "../space/contract.js";
import type { BoundEncoding, Encoding } from "./contract.js";
import { createGraph } from "./graphBuffer.js";
import { graphColumnNames, writeGraphRow } from "./graphRow.js";

/** How a row of the encoding `graph` is divided: column 0 is the number of words, columns 1 to V are the operations. */
export interface GraphSizes {
  /** Slots for vertices, V. */
  readonly vertices: number;
  /** The first column of the edges, 1 + V. */
  readonly edgesColumn: number;
}

/**
 * The sizes of the graphs in rows of so many columns: 1 + V + V(V-1)/2 columns hold V slots. Throws AssayError where no
 * V gives that number.
 *
 * @example
 * graphSizes(56); // { vertices: 10, edgesColumn: 11 }
 */
export function graphSizes(columns: number): GraphSizes {
  const vertices = Math.floor((Math.sqrt(8 * columns - 7) - 1) / 2);
  if (vertices >= 1 && 1 + (vertices * (vertices + 1)) / 2 === columns) return { vertices, edgesColumn: 1 + vertices };
  throw new AssayError(
    "bad-features",
    `Rows of ${columns} columns are no rows of the encoding "graph", which have 1 + V + V(V-1)/2 columns.`,
    'Encode the architectures with "graph".',
  );
}

/**
 * The column of the edge from one slot to a later one: `edgesColumn` and on, the strict upper triangle row by row.
 *
 * @param vertices slots, V
 * @example
 * row[graphEdgeColumn(10, 0, 1)]; // 1 where an edge leads from slot 0 to slot 1
 */
export function graphEdgeColumn(vertices: number, from: number, to: number): number {
  return 1 + vertices + from * vertices - (from * (from + 1)) / 2 + (to - from - 1);
}

/**
 * The graph as graph networks read it (`SpaceViews.network`, else `SpaceViews.graph`), in one row from which a network
 * learns all sizes: the number of words K; for each of V slots the number of its operation, 0 to K - 1, or -1 where the
 * architecture has no such vertex; then the strict upper triangle of the adjacency matrix, row by row: 1 for an edge.
 * The vertices stand in topological order without gaps, so that the output is in the last used slot. Columns:
 * 1 + V + V(V-1)/2. NAS-Bench-201 has 10 slots and 9 words (56 columns), NAS-Bench-101 7 slots and 5 words (29 columns).
 */
export const graph: Encoding = {
  name: "graph",
  description: "The graph for graph networks: number of words, a word for each vertex (-1: none), edges",
  needs: ["graph"],
  bind(space: SearchSpace): BoundEncoding {
    const view = space.views.network ?? space.views.graph!;
    const sizes = { slots: view.maximumVertices, words: view.operations.length };
    const buffer = createGraph(view);
    const columnNames = graphColumnNames(sizes.slots);
    return {
      columns: columnNames.length,
      columnNames,
      write(architecture: Architecture, row: Float32Array, offset: number) {
        view.write(architecture, buffer);
        writeGraphRow(buffer, sizes, row, offset);
      },
    };
  },
};
