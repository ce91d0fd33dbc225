import { kernels } from "../../kernels/kernels.js";
import { type Matrix, takeRows } from "../../kernels/matrix.js";
import type { Prediction, PredictorExtras } from "../contract.js";
import { codeNumbers } from "./codeKeys.js";
import { type CodeScale, rowsWithCode, writeCodes } from "./codes.js";
import { type CodeWriter, GraphEvaluation } from "./graphEvaluation.js";
import { type GraphPlan, planGraphs } from "./graphPlan.js";
import { type LabelScale, labelOf } from "./labelScale.js";
import type { TrainedGraphs } from "./trainedGroups.js";

/** What was learnt, as plain data. */
export interface GraphModel extends TrainedGraphs {
  readonly labels: LabelScale;
  /** Absent where there is no fine branch. */
  readonly codes: CodeScale | undefined;
}

/** Predicts rows with a code fine, the others coarse. */
export function predictGraphs(model: GraphModel, features: Matrix, extras?: PredictorExtras): Prediction {
  const plan = planGraphs(features, model.shape);
  const codes = model.codes === undefined ? undefined : extras?.codes;
  const fine = rowsWithCode(codes);
  const isFine = new Uint8Array(features.rows);
  for (const row of fine) isFine[row] = 1;
  const coarse = Array.from({ length: features.rows - fine.length }, () => 0);
  for (let row = 0, place = 0; row < features.rows; row++) if (isFine[row] === 0) coarse[place++] = row;
  const mean = new Float64Array(features.rows);
  if (coarse.length > 0) evaluate(model, plan, coarse, undefined, mean);
  if (fine.length > 0) evaluate(model, plan, fine, codes, mean);
  return { mean };
}

function evaluate(
  model: GraphModel,
  plan: GraphPlan,
  chosen: readonly number[],
  codes: Matrix | undefined,
  mean: Float64Array,
): void {
  kernels().run((arena) => {
    const evaluation = new GraphEvaluation(arena, model, plan.reader);
    for (const { rows, shared } of plan.blocksOf(chosen)) {
      const write: CodeWriter = (target, start, count) => {
        const samples = rows.subarray(start, start + count);
        writeCodes(codes!, model.codes!, samples, () => true, target, codeNumbers(model.codeLength));
      };
      const outputs = evaluation.outputs(rows, shared, codes && write);
      // In 64 bits: the sigmoid of 32 bits makes equal what lies close to 1.
      for (const [i, row] of rows.entries()) mean[row] = labelOf(model.labels, 1 / (1 + Math.exp(-outputs[i])));
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
