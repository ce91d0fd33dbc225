import type { Architecture, GraphView } from "../../space/contract.js";
import { createGraph } from "../graphBuffer.js";
import { CLOSED, pathLettersOf } from "../pathSequences.js";

/**
 * The part of a graph that computes: vertices on a path from input to output on which no operation is zero. A buffer that
 * `read` fills anew for each architecture. Without any such path it has no edges.
 */
export interface LiveGraph {
  /** Names of the operations that count. */
  readonly letters: readonly string[];
  /** The output vertex; 0 is the input. */
  output: number;
  /** How many edges are live. They are sorted by the vertex that they leave, then by the one that they enter. */
  edges: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** The edges that leave vertex v are firstEdge[v] to firstEdge[v + 1] - 1. */
  readonly firstEdge: Int32Array;
  /** For each vertex whether it is live, 0 or 1. */
  readonly isLive: Uint8Array;
  /** For each live vertex the number of its operation in `letters`, negative where it does not count. */
  readonly letter: Int32Array;
  /** Reads an architecture. */
  read(architecture: Architecture): void;
}

/** A buffer for the live graphs of a space. */
export function createLiveGraph(view: GraphView): LiveGraph {
  const size = view.maximumVertices;
  const { letters, letterOfOperation } = pathLettersOf(view);
  const graph = createGraph(view);
  const from = new Int32Array((size * (size - 1)) / 2);
  const to = new Int32Array(from.length);
  const firstEdge = new Int32Array(size + 1);
  const isLive = new Uint8Array(size);
  const isFed = new Uint8Array(size);
  const letter = new Int32Array(size);

  /** Lists the edges that the input reaches. */
  function listReached(vertices: number): number {
    const { adjacency, operations } = graph;
    for (let vertex = 0; vertex < vertices; vertex++) {
      letter[vertex] = letterOfOperation[operations[vertex]];
      isFed[vertex] = 0;
      isLive[vertex] = 0;
    }
    isFed[0] = 1;
    let edges = 0;
    for (let vertex = 0; vertex < vertices - 1; vertex++) {
      if (isFed[vertex] === 0) continue;
      const row = vertex * size;
      for (let next = vertex + 1; next < vertices; next++) {
        if (adjacency[row + next] === 0 || letter[next] === CLOSED) continue;
        isFed[next] = 1;
        from[edges] = vertex;
        to[edges++] = next;
      }
    }
    return edges;
  }

  const live: LiveGraph = {
    letters,
    output: 0,
    edges: 0,
    from,
    to,
    firstEdge,
    isLive,
    letter,
    read(architecture) {
      view.write(architecture, graph);
      const { vertices } = graph;
      const reached = listReached(vertices);
      const output = vertices - 1;
      isLive[output] = isFed[output];
      for (let edge = reached - 1; edge >= 0; edge--) if (isLive[to[edge]] === 1) isLive[from[edge]] = 1;
      let edges = 0;
      let vertex = 0;
      for (let edge = 0; edge < reached; edge++) {
        if (isLive[to[edge]] === 0) continue;
        const leaves = from[edge];
        while (vertex <= leaves) firstEdge[vertex++] = edges;
        from[edges] = leaves;
        to[edges++] = to[edge];
      }
      while (vertex <= vertices) firstEdge[vertex++] = edges;
      live.edges = edges;
      live.output = output;
    },
  };
  return live;
}
