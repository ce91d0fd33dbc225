import { AssayError } from "../errors.js";
import { createMatrix, type Matrix } from "../kernels/matrix.js";
import { lookUp, type Registry } from "../registry.js";
import type { Architecture, SearchSpace } from "../space/contract.js";
import { adjacency } from "./adjacency.js";
import type { BoundEncoding, Encoding } from "./contract.js";
import { cost } from "./cost.js";
import { graph } from "./graph.js";
import { oneHot } from "./oneHot.js";
import { pathCounts } from "./pathCounts.js";
import { prunedGraph } from "./prunedGraph.js";
import { summary } from "./summary.js";
import { views, viewsNeighbours, viewsWritten } from "./views.js";

export { type GraphSizes, graphEdgeColumn, graphSizes } from "./graph.js";
export { isOneParameter } from "./views/eachParameter.js";
export { readViews, type ViewSpan } from "./views/header.js";
export { viewNames, viewsWritten } from "./views.js";

/** The encodings by name. */
export const encodings: Registry<Encoding> = {
  "one-hot": oneHot,
  adjacency,
  "path-counts": pathCounts,
  cost,
  graph,
  "pruned-graph": prunedGraph,
  views,
  "views-neighbours": viewsNeighbours,
  "views-written": viewsWritten,
  summary,
};

/**
 * Why an encoding does not fit a space, as one sentence; undefined where it fits. Throws AssayError where there is no
 * encoding of that name.
 *
 * @example
 * misfitOf(createNasBench101(), "one-hot"); // "one-hot reads the parameters of a space, and nasbench101 has none."
 */
export function misfitOf(space: SearchSpace, encodingName: string): string | undefined {
  const encoding = lookUp("encoding", encodings, encodingName);
  for (const view of encoding.needs) {
    if (space.views[view] === undefined) {
      return `${encoding.name} reads the ${view} of a space, and ${space.name} has none.`;
    }
  }
  return encoding.misfit?.(space);
}

/** The names among `names` whose encodings fit the space, in the same order. */
export function fittingEncodings(space: SearchSpace, names: readonly string[] = Object.keys(encodings)): string[] {
  return names.filter((name) => misfitOf(space, name) === undefined);
}

/** An encoding made for a space. Throws AssayError (`encoding-misfit`) that says why where it does not fit. */
export function bindEncoding(space: SearchSpace, encodingName: string): BoundEncoding {
  const reason = misfitOf(space, encodingName);
  if (reason === undefined) return lookUp("encoding", encodings, encodingName).bind(space);
  const fitting = fittingEncodings(space);
  const hint = fitting.length === 0 ? "No encoding fits this space." : `These fit: ${fitting.join(", ")}.`;
  throw new AssayError("encoding-misfit", `Encoding ${reason}`, hint);
}

/**
 * Encodes architectures, one row each (architectures x columns).
 *
 * @example
 * const features = encode(space, "one-hot", [space.sample(generator)]);
 */
export function encode(space: SearchSpace, encodingName: string, architectures: readonly Architecture[]): Matrix {
  const bound = bindEncoding(space, encodingName);
  const matrix = createMatrix(architectures.length, bound.columns);
  for (let row = 0; row < architectures.length; row++) {
    bound.write(architectures[row], matrix.data, row * bound.columns);
  }
  return matrix;
}

/**
 * Encodes a whole space, row = index (size x columns), into shared memory where there is any. Throws AssayError where the
 * space cannot be enumerated or the encoding does not fit.
 *
 * @example
 * const features = encodeAll(createNasBench201(), "one-hot"); // 15,625 x 30
 */
export function encodeAll(space: SearchSpace, encodingName: string): Matrix {
  const { enumeration } = space;
  if (enumeration === undefined) {
    throw new AssayError(
      "not-enumerable",
      `The space ${space.name} is too large to be encoded as a whole.`,
      "Sample architectures and encode these.",
    );
  }
  const bound = bindEncoding(space, encodingName);
  const matrix = createMatrix(enumeration.size, bound.columns);
  const architecture = new Int32Array(space.genes);
  for (let row = 0; row < enumeration.size; row++) {
    enumeration.write(row, architecture);
    bound.write(architecture, matrix.data, row * bound.columns);
  }
  return matrix;
}
