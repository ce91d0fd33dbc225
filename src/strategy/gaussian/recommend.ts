import type { Matrix } from "../../kernels/matrix.js";
import { largest } from "../../kernels/topK.js";
import type { Generator } from "../../random/index.js";
import type { FeatureSource, Recommendation } from "../contract.js";
import type { FittedMixture, Member } from "./mixture.js";
import { ENCODING } from "./model.js";
import { probabilityBest } from "./probabilityBest.js";

/**
 * How much of what the models cannot explain of a label belongs to the architecture itself; the rest is noise of its training. With
 * single trainings nothing in the labels tells the two apart; how it was chosen: docs/ablation.md.
 */
const OWN_SHARE = 0.25;
/** How many of the evaluated are compared. */
const CONTENDERS = 50;

/** By posterior mean among the evaluated, a quarter of what the models cannot explain taken for real. */
export function recommendFrom(
  { members, evaluated, means, targets, labelOf }: FittedMixture,
  features: FeatureSource,
  generator: Generator,
): Recommendation {
  const believed = means.map((mean, i) => mean + OWN_SHARE * (targets[i] - mean));
  const compared = largest(believed, CONTENDERS);
  const rows = features.of(
    ENCODING,
    Array.from(compared, (i) => evaluated[i]),
  );
  const covariance = covarianceOf(members, rows);
  const mean = Float64Array.from(compared, (i) => believed[i]);
  return {
    architecture: evaluated[compared[0]],
    predicted: labelOf(mean[0], covariance[0]),
    probabilityBest: probabilityBest(mean, covariance, 0, generator),
  };
}

/** Covariance of the values of these rows, over all models. */
function covarianceOf(members: readonly Member[], rows: Matrix): Float64Array {
  const size = rows.rows;
  const all = Array.from({ length: size }, (_, place) => place);
  const said = members.map(({ fitted: { process }, weight }) => ({
    weight,
    noise: process.noise,
    ...process.joint(rows, all),
  }));
  const mean = new Float64Array(size);
  for (const one of said) for (let i = 0; i < size; i++) mean[i] += one.weight * one.mean[i];
  const covariance = new Float64Array(size * size);
  for (const one of said) {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        // Where models say different things, neither is certain.
        const apart = (one.mean[i] - mean[i]) * (one.mean[j] - mean[j]);
        covariance[i * size + j] += one.weight * (one.covariance[i * size + j] + apart);
      }
      covariance[i * size + i] += one.weight * OWN_SHARE * (1 - OWN_SHARE) * one.noise;
    }
  }
  return covariance;
}
