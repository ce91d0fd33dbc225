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
