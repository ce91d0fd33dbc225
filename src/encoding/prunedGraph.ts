import type { Architecture, Graph, GraphView, SearchSpace } from "../space/contract.js";
import type { BoundEncoding, Encoding } from "./contract.js";
import { createGraph } from "./graphBuffer.js";
import { graphColumnNames, writeGraphRow } from "./graphRow.js";

/**
 * What a graph computes: vertices with a zero operation are left out, those that pass on what they get are contracted to
 * edges, and only vertices between input and output are left (BRP-NAS and NAS-Bench-101 prune so). Cells that compute the same
 * mostly become the same graph. A cell whose output gets nothing is an input and an output without an edge. Rows are those
 * of `graph`, made of `SpaceViews.graph`: NAS-Bench-201 has 8 slots (37 columns). Parallel edges become one.
 */
export const prunedGraph: Encoding = {
  name: "pruned-graph",
  description: "Like graph, without what computes nothing: zeros, copies and what the output does not read",
  needs: ["graph"],
  bind(space: SearchSpace): BoundEncoding {
    const view = space.views.graph!;
    const sizes = { slots: view.maximumVertices, words: view.operations.length };
    const columnNames = graphColumnNames(sizes.slots);
    const [graph, pruned] = [createGraph(view), createGraph(view)];
    const prune = pruningOf(view);
    return {
      columns: columnNames.length,
      columnNames,
      write(architecture: Architecture, row: Float32Array, offset: number) {
        view.write(architecture, graph);
        prune(graph, pruned);
        writeGraphRow(pruned, sizes, row, offset);
      },
    };
  },
};

function pruningOf(view: GraphView): (graph: Graph, pruned: Graph) => void {
  const size = view.maximumVertices;
  const edges = new Uint8Array(size * size);
  const feeds = new Uint8Array(size);
  const isFed = new Uint8Array(size);
  const isZero = view.operations.map((name) => view.zeroOperations.includes(name));
  const isIdentity = view.operations.map((name) => view.identityOperations.includes(name));

  /** Leaves a vertex out; `contracted`: what feeds it then feeds what it fed. */
  function remove(vertex: number, vertices: number, contracted: boolean): void {
    for (let from = 0; from < vertex; from++) {
      if (edges[from * size + vertex] === 0) continue;
      edges[from * size + vertex] = 0;
      if (!contracted) continue;
      for (let to = vertex + 1; to < vertices; to++) {
        if (edges[vertex * size + to] === 1) edges[from * size + to] = 1;
      }
    }
    edges.fill(0, vertex * size, (vertex + 1) * size);
  }

  return ({ vertices, adjacency, operations }, pruned) => {
    edges.set(adjacency);
    const last = vertices - 1;
    for (let vertex = 1; vertex < last; vertex++) {
      const operation = operations[vertex];
      if (isZero[operation]) remove(vertex, vertices, false);
      else if (isIdentity[operation]) remove(vertex, vertices, true);
    }
    isFed.fill(0);
    feeds.fill(0);
    isFed[0] = 1;
    feeds[last] = 1;
    for (let from = 0; from < vertices; from++) {
      for (let to = from + 1; to < vertices; to++) isFed[to] |= isFed[from] & edges[from * size + to];
    }
    for (let from = last - 1; from >= 0; from--) {
      for (let to = from + 1; to < vertices; to++) feeds[from] |= feeds[to] & edges[from * size + to];
    }
    const kept: number[] = [];
    for (let vertex = 0; vertex < vertices; vertex++) {
      if (vertex === 0 || vertex === last || (isFed[vertex] & feeds[vertex]) === 1) kept.push(vertex);
    }
    pruned.vertices = kept.length;
    pruned.adjacency.fill(0);
    kept.forEach((from, row) => {
      pruned.operations[row] = operations[from];
      kept.forEach((to, column) => {
        pruned.adjacency[row * size + column] = edges[from * size + to];
      });
    });
  };
}
