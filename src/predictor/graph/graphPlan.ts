import { graphSizes } from "../../encoding/graph.js";
import type { Matrix } from "../../kernels/matrix.js";
import type { GraphShape } from "./graphRows.js";
import { LinkReader } from "./links.js";
import { orderGraphs } from "./orderGraphs.js";
import { type Graphs, readGraphs } from "./readGraphs.js";
import { type SharedRows, shareRows } from "./sharedRows.js";

/** What graphs share and what is kept at a time, about: 25 MB of sides of three groups, and 12 MB of rows and their products. */
const LIMITS = { rows: 16_384, sides: 32_768 };
/** Plans of larger matrices are not kept: that of 65,536 cells of NAS-Bench-201 would take about 12 MB. */
const MOST_KEPT = 65_536;

/** What is found out about the graphs of a matrix before any network is computed. */
export interface GraphPlan {
  readonly graphs: Graphs;
  readonly reader: LinkReader;
  /** Plans some of the graphs; of all of them it is kept with the plan. */
  blocksOf(chosen: ArrayLike<number>): Iterable<GraphBlock>;
}

/** Graphs that are computed together. */
export interface GraphBlock {
  /** Their numbers. */
  readonly rows: Int32Array;
  readonly shared: SharedRows;
}

/** By the memory of the matrix: a search asks about the same space again and again. */
const known = new WeakMap<Float32Array, GraphPlan>();

/**
 * The plan of a matrix of graphs, kept as long as the matrix, whose numbers must not change. Throws AssayError (`bad-features`) where
 * they are something else.
 *
 * @param shape the shape that the graphs must have
 */
export function planGraphs(features: Matrix, shape: GraphShape): GraphPlan {
  const before = known.get(features.data);
  if (before !== undefined && isPlanOf(before, features, shape)) return before;
  const graphs = readGraphs(features, shape);
  const reader = new LinkReader(graphs);
  const isKept = features.rows <= MOST_KEPT;
  let whole: readonly GraphBlock[] | undefined;
  const plan: GraphPlan = {
    graphs,
    reader,
    blocksOf(chosen) {
      const blocks = findBlocks(graphs, reader, chosen);
      if (!isKept || chosen.length < graphs.count) return blocks;
      whole ??= [...blocks];
      return whole;
    },
  };
  if (isKept) known.set(features.data, plan);
  return plan;
}

function isPlanOf({ graphs }: GraphPlan, { rows, columns }: Matrix, { vertices, words }: GraphShape): boolean {
  const isSame = graphs.shape.vertices === vertices && graphs.shape.words === words;
  return isSame && graphs.count === rows && graphSizes(columns).vertices === vertices;
}

function* findBlocks(graphs: Graphs, reader: LinkReader, chosen: ArrayLike<number>): Generator<GraphBlock> {
  const rows = orderGraphs(graphs, reader, chosen);
  for (let first = 0; first < rows.length; ) {
    const shared = shareRows(graphs, reader, rows, first, LIMITS);
    yield { rows: rows.subarray(first, first + shared.graphs), shared };
    first += shared.graphs;
  }
}
