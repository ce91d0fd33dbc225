import { kernels } from "../../kernels/kernels.js";
import { type Matrix, takeRows } from "../../kernels/matrix.js";
import type { Prediction, PredictorExtras } from "../contract.js";
import { codeNumbers } from "./codeKeys.js";
import { type CodeScale, rowsWithCode, writeCodes } from "./codes.js";
import { type CodeWriter, GraphEvaluation } from "./graphEvaluation.js";
import { type LabelScale, labelOf } from "./labelScale.js";
import { LinkReader } from "./links.js";
import { orderGraphs } from "./orderGraphs.js";
import { type Graphs, readGraphs } from "./readGraphs.js";
import { shareRows } from "./sharedRows.js";
import type { TrainedGraphs } from "./trainedGroups.js";

/** Rows that graphs share and that are kept at a time, about: with the products of all of them, 28 MB. */
const SHARED_ROWS = 16_384;

/** What was learnt, as plain data. */
export interface GraphModel extends TrainedGraphs {
  readonly labels: LabelScale;
  /** Absent where there is no fine branch. */
  readonly codes: CodeScale | undefined;
}

/** Predicts rows with a code fine, the others coarse. */
export function predictGraphs(model: GraphModel, features: Matrix, extras?: PredictorExtras): Prediction {
  const graphs = readGraphs(features, model.shape);
  const reader = new LinkReader(graphs);
  const codes = model.codes === undefined ? undefined : extras?.codes;
  const fine = rowsWithCode(codes);
  const isFine = new Uint8Array(features.rows);
  for (const row of fine) isFine[row] = 1;
  const coarse = Array.from({ length: features.rows - fine.length }, () => 0);
  for (let row = 0, place = 0; row < features.rows; row++) if (isFine[row] === 0) coarse[place++] = row;
  const mean = new Float64Array(features.rows);
  if (coarse.length > 0) evaluate(model, graphs, reader, coarse, undefined, mean);
  if (fine.length > 0) evaluate(model, graphs, reader, fine, codes, mean);
  return { mean };
}

function evaluate(
  model: GraphModel,
  graphs: Graphs,
  reader: LinkReader,
  chosen: readonly number[],
  codes: Matrix | undefined,
  mean: Float64Array,
): void {
  const rows = orderGraphs(graphs, reader, chosen);
  kernels().run((arena) => {
    const evaluation = new GraphEvaluation(arena, model, reader);
    for (let first = 0; first < rows.length; ) {
      const shared = shareRows(graphs, reader, rows, first, SHARED_ROWS);
      const block = rows.subarray(first, first + shared.graphs);
      const write: CodeWriter = (target, start, count) => {
        const samples = block.subarray(start, start + count);
        writeCodes(codes!, model.codes!, samples, () => true, target, codeNumbers(model.codeLength));
      };
      const outputs = evaluation.outputs(block, shared, codes && write);
      // In 64 bits: the sigmoid of 32 bits makes equal what lies close to 1.
      for (const [i, row] of block.entries()) mean[row] = labelOf(model.labels, 1 / (1 + Math.exp(-outputs[i])));
      first += shared.graphs;
    }
  });
}

/** A copy of rows that may be overwritten, with room for more. */
export function appendRows(known: Matrix | undefined, added: Matrix): Matrix {
  if (known === undefined)
    return takeRows(
      added,
      Array.from({ length: added.rows }, (_, row) => row),
    );
  const data = new Float32Array(known.data.length + added.data.length);
  data.set(known.data);
  data.set(added.data, known.data.length);
  return { rows: known.rows + added.rows, columns: known.columns, data };
}
