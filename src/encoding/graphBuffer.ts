import type { Graph, GraphView } from "../space/contract.js";

/** A buffer for `GraphView.write`. */
export function createGraph({ maximumVertices }: GraphView): Graph {
  return {
    vertices: 0,
    adjacency: new Uint8Array(maximumVertices * maximumVertices),
    operations: new Uint8Array(maximumVertices),
  };
}
