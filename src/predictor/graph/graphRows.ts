import { graphSizes } from "../../encoding/graph.js";
import { AssayError } from "../../errors.js";
import type { Matrix } from "../../kernels/matrix.js";

/** How large the graphs of an encoding are. */
export interface GraphShape {
  /** Slots for vertices, V. */
  readonly vertices: number;
  /** Different words for them, K. */
  readonly words: number;
}

/**
 * The shape of rows of the encoding `graph`. Throws AssayError (`bad-features`) where a row is none, or not of the shape that the
 * predictor knows.
 *
 * @param known the shape that they must have; default: that of the first row
 */
export function graphShapeOf({ rows, columns, data }: Matrix, known?: GraphShape): GraphShape {
  const { vertices, edgesColumn } = graphSizes(columns);
  const shape = known ?? { vertices, words: data[0] };
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let isGraph = vertices === shape.vertices && data[start] === shape.words && shape.words >= 1;
    for (let column = 1; column < columns; column++) {
      const value = data[start + column];
      const last = column < edgesColumn ? shape.words - 1 : 1;
      isGraph &&= Number.isInteger(value) && value >= (column < edgesColumn ? -1 : 0) && value <= last;
    }
    if (!isGraph) throw noGraph(row, shape);
  }
  return shape;
}

function noGraph(row: number, { vertices, words }: GraphShape): AssayError {
  return new AssayError(
    "bad-features",
    `Row ${row} holds no graph of at most ${vertices} vertices with ${words} words.`,
    'Encode all architectures with "graph", in the same space.',
  );
}

/** Where the graphs of a batch are written: tensors whose last axis is the sample. */
export interface GraphTarget {
  /** Words, one-hot: at least K channels x V. */
  readonly words: Float32Array;
  /** V x V with self-loops, row i holding what vertex i takes from each: its successors. */
  readonly adjacency: Float32Array;
  /** The matrices with which attention is masked, if there is any. */
  readonly masks: readonly Float32Array[];
  readonly batch: number;
}

/**
 * Writes a batch. A slot without a vertex has no word, and its self-loop as only edge. One mask is of all neighbours, two are of
 * successors and of predecessors, each with the vertex itself.
 *
 * @param samples a row for each sample
 */
export function writeGraphs(
  { columns, data }: Matrix,
  { vertices }: GraphShape,
  samples: ArrayLike<number>,
  target: GraphTarget,
): void {
  const { words, adjacency, masks, batch } = target;
  words.fill(0);
  adjacency.fill(0);
  for (const mask of masks) mask.fill(0);
  const backward = masks.at(-1);
  for (let sample = 0; sample < samples.length; sample++) {
    let at = samples[sample] * columns + 1;
    for (let vertex = 0; vertex < vertices; vertex++) {
      const word = data[at++];
      if (word >= 0) words[(word * vertices + vertex) * batch + sample] = 1;
      const loop = vertex * (vertices + 1) * batch + sample;
      adjacency[loop] = 1;
      for (const mask of masks) mask[loop] = 1;
    }
    for (let from = 0; from < vertices; from++) {
      for (let to = from + 1; to < vertices; to++) {
        if (data[at++] === 0) continue;
        const forward = (from * vertices + to) * batch + sample;
        adjacency[forward] = 1;
        if (backward === undefined) continue;
        masks[0][forward] = 1;
        backward[(to * vertices + from) * batch + sample] = 1;
      }
    }
  }
}
