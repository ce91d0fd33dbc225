import { AssayError } from "../errors.js";
import type { Prediction, PredictorDefinition } from "../predictor/contract.js";
import type { Spec } from "../spec.js";
import type { LabelStatistics, StrategyContext } from "./contract.js";

/**
 * Quirks of the published WeakNAS code (VITA-Group/WeakNAS), kept apart so that nobody meets them by accident:
 *
 * - labels are standardised with the statistics of the whole space, which no search can know;
 * - expected improvement minimises negated predictions against the smallest label, which was not negated, and divides the
 *   standard deviation by 5;
 * - the reported curve counts the predicted best for free (`Strategy.recommend`).
 */
export function requireLabelStatistics(context: StrategyContext): LabelStatistics {
  if (context.labelStatistics !== undefined) return context.labelStatistics;
  throw new AssayError(
    "released-unavailable",
    "weaknas:released=true standardises labels with statistics of the whole space, which are not known here.",
    "Use it on a tabular benchmark only, and leave it out to search honestly.",
  );
}

/**
 * The predictor as published: one that standardises labels by itself must not undo the statistics of the whole space. A
 * choice made in the spec stands.
 */
export function releasedPredictor(definition: PredictorDefinition, spec: Spec): Spec {
  if (!("standardise" in definition.options.shape) || "standardise" in spec.options) return spec;
  return { ...spec, options: { ...spec.options, standardise: false } };
}

const DEVIATION_DIVISOR = 5;

/** What the published expected improvement works with, in terms of the honest one. */
export function releasedImprovement(
  prediction: Prediction,
  labels: Float64Array,
): { prediction: Prediction; best: number } {
  return {
    prediction: {
      ...prediction,
      standardDeviation: prediction.standardDeviation!.map((deviation) => deviation / DEVIATION_DIVISOR),
    },
    // min(labels) - (-mean) in the code: an incumbent of -min(labels) for predictions that are maximised.
    best: -labels.reduce((least, label) => Math.min(least, label)),
  };
}
