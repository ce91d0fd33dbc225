import type { Matrix } from "../../kernels/matrix.js";
import { takeRows } from "../../kernels/matrix.js";
import type { Prediction, PredictorExtras } from "../contract.js";
import { type CodeScale, rowsWithCode, writeCodes } from "./codes.js";
import { createGraphNetwork, type GraphDesign } from "./graphNetwork.js";
import { type GraphShape, graphShapeOf, writeGraphs } from "./graphRows.js";
import { type LabelScale, labelOf } from "./labelScale.js";

/** Graphs that are predicted at a time. */
const BATCH = 16;

/** What was learnt, as plain data. */
export interface GraphModel extends GraphDesign {
  readonly shape: GraphShape;
  readonly labels: LabelScale;
  /** Absent where there is no fine branch. */
  readonly codes: CodeScale | undefined;
  /** `Network.state` of the whole network. */
  readonly state: Float32Array;
  /** How many of these numbers are parameters. */
  readonly parameters: number;
}

/** Predicts rows with a code fine, the others coarse. */
export function predictGraphs(model: GraphModel, features: Matrix, extras?: PredictorExtras): Prediction {
  graphShapeOf(features, model.shape);
  const codes = model.codes === undefined ? undefined : extras?.codes;
  const fine = rowsWithCode(codes);
  const isFine = new Uint8Array(features.rows);
  for (const row of fine) isFine[row] = 1;
  const coarse = Array.from({ length: features.rows - fine.length }, () => 0);
  for (let row = 0, place = 0; row < features.rows; row++) if (isFine[row] === 0) coarse[place++] = row;
  const mean = new Float64Array(features.rows);
  if (coarse.length > 0) evaluate(model, features, coarse, undefined, mean);
  if (fine.length > 0) evaluate(model, features, fine, codes, mean);
  return { mean };
}

function evaluate(
  model: GraphModel,
  features: Matrix,
  rows: readonly number[],
  codes: Matrix | undefined,
  mean: Float64Array,
): void {
  const codeLength = codes === undefined ? 0 : model.codeLength;
  const graph = createGraphNetwork({ ...model, codeLength, batch: BATCH, training: false });
  const { network } = graph;
  network.load(stateOf(model, network.weights.length, network.state().length));
  const target = {
    words: network.values(graph.words),
    adjacency: network.values(graph.matrices.adjacency),
    masks: graph.matrices.masks.map((mask) => network.values(mask)),
    batch: BATCH,
  };
  const outputs = network.values(codes === undefined ? graph.coarse : graph.fine!);
  for (let first = 0; first < rows.length; first += BATCH) {
    const samples = rows.slice(first, first + BATCH);
    writeGraphs(features, model.shape, samples, target);
    if (codes !== undefined) {
      writeCodes(codes, model.codes!, samples, () => true, network.values(graph.codes!), BATCH);
    }
    network.forward(false);
    // In 64 bits: the sigmoid of 32 bits makes equal what lies close to 1.
    for (const [i, row] of samples.entries()) mean[row] = labelOf(model.labels, 1 / (1 + Math.exp(-outputs[i])));
  }
  network.close();
}

/** The part of the state that belongs to a network without the fine branch: its parameters come first, and so do its statistics. */
function stateOf({ state, parameters }: GraphModel, ownParameters: number, length: number): Float32Array {
  if (state.length === length) return state;
  const own = new Float32Array(length);
  own.set(state.subarray(0, ownParameters));
  own.set(state.subarray(parameters, parameters + length - ownParameters), ownParameters);
  return own;
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
