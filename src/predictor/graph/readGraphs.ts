import type { Matrix } from "../../kernels/matrix.js";
import { type GraphShape, graphShapeOf } from "./graphRows.js";

/** Graphs out of rows of the encoding `graph`. */
export interface Graphs {
  readonly count: number;
  readonly shape: GraphShape;
  /** The word of each vertex, -1 where a graph has no such vertex (count x V). */
  readonly words: Int32Array;
  /** 1 where an edge leads from slot i to slot j: element (i, j) of a graph is number i * V + j of its V * V. */
  readonly edges: Uint8Array;
}

/**
 * Reads rows of the encodings `graph` and `pruned-graph`. Throws AssayError (`bad-features`) where they are something else.
 *
 * @param known the shape that they must have; default: that of the first row
 */
export function readGraphs(features: Matrix, known?: GraphShape): Graphs {
  const { rows, columns, data } = features;
  const shape = graphShapeOf(features, known);
  const { vertices } = shape;
  const words = new Int32Array(rows * vertices);
  const edges = new Uint8Array(rows * vertices * vertices);
  for (let row = 0; row < rows; row++) {
    let at = row * columns + 1;
    for (let slot = 0; slot < vertices; slot++) words[row * vertices + slot] = data[at++];
    for (let from = 0; from < vertices; from++) {
      const first = (row * vertices + from) * vertices;
      for (let to = from + 1; to < vertices; to++) edges[first + to] = data[at++];
    }
  }
  return { count: rows, shape, words, edges };
}
