import type { Matrix } from "../../kernels/matrix.js";
import { mean } from "../../stats/mean.js";
import type { GraphShape } from "../graph/graphRows.js";
import { readGraphs } from "../graph/readGraphs.js";
import type { RelationShape } from "./relationNetwork.js";
import { scoreGraphs } from "./scoreGraphs.js";

/** A comparator that was trained. */
export interface RelationModel {
  readonly graphs: GraphShape;
  readonly shape: RelationShape;
  /** The weights. */
  readonly state: Float32Array;
  /** A prediction is centre + scale * score. */
  readonly centre: number;
  readonly scale: number;
}

/** A label for each row, in the order of the scores. */
export function predictRelation({ graphs, shape, state, centre, scale }: RelationModel, features: Matrix) {
  const scores = scoreGraphs(shape, state, readGraphs(features, graphs));
  return { mean: scores.map((score) => centre + scale * score) };
}

/**
 * How scores become labels: the straight line with the least squares over the rows that were learnt from. Where it would not
 * rise, one of the same spread that does, so that the order is always that of the scores.
 */
export function labelLine(
  scores: Float64Array,
  labels: Float64Array,
): { readonly centre: number; readonly scale: number } {
  const [score, label] = [mean(scores), mean(labels)];
  let [both, ofScores, ofLabels] = [0, 0, 0];
  for (let row = 0; row < scores.length; row++) {
    both += (scores[row] - score) * (labels[row] - label);
    ofScores += (scores[row] - score) * (scores[row] - score);
    ofLabels += (labels[row] - label) * (labels[row] - label);
  }
  if (ofScores === 0) return { centre: label, scale: 0 };
  const scale = both > 0 ? both / ofScores : Math.sqrt(ofLabels / ofScores);
  return { centre: label - scale * score, scale };
}
