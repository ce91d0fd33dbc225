import { mean as meanOf } from "../../stats/mean.js";
import { quantile } from "../../stats/quantile.js";
import type { Prediction } from "../contract.js";

/** How labels become targets of mean 0 and variance 1, as plain data. */
export interface LabelScale {
  /** Labels are read as -log(top - label); absent: as they are. */
  readonly top?: number;
  readonly centre: number;
  readonly deviation: number;
}

/** Spread between the median and the best tenth that counts at least, as a share of the range. */
const SMALLEST_SPREAD = 0.02;
/** Largest exponent of a distance from the top that is turned back. */
const FURTHEST = 300;

/**
 * `plain`: standardised. `log`: standardised after -log(top - label), where the top lies above the best label by half of what lies between the
 * median and the best tenth: differences among good labels are spread, and those among bad ones pushed together.
 *
 * @example
 * scaleLabels(Float64Array.of(90, 91, 91.5), "log").targets; // rising, of mean 0
 */
export function scaleLabels(
  labels: Float64Array,
  kind: "plain" | "log",
): { readonly targets: Float64Array; readonly scale: LabelScale } {
  let smallest = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  for (const label of labels) {
    smallest = Math.min(smallest, label);
    largest = Math.max(largest, label);
  }
  const range = largest - smallest;
  // Labels that differ by rounding only are constant.
  const isConstant = !(range > 1e-12 * Math.max(Math.abs(smallest), Math.abs(largest)) && Number.isFinite(range));
  if (kind === "plain" || isConstant) return standardise(labels, isConstant);
  const spread = Math.max(quantile(labels, 0.9) - quantile(labels, 0.5), SMALLEST_SPREAD * range);
  const top = largest + spread / 2;
  const { targets, scale } = standardise(
    labels.map((label) => -Math.log(top - label)),
    false,
  );
  return { targets, scale: { ...scale, top } };
}

function standardise(values: Float64Array, isConstant: boolean): { targets: Float64Array; scale: LabelScale } {
  const centre = meanOf(values);
  const residuals = values.map((value) => value - centre);
  const largest = residuals.reduce((most, residual) => Math.max(most, Math.abs(residual)), 0);
  if (isConstant || largest === 0) return { targets: residuals.fill(0), scale: { centre, deviation: 1 } };
  // Divided first, so that squares of very small and very large residuals are still numbers.
  const squares = residuals.reduce((sum, residual) => sum + (residual / largest) * (residual / largest), 0);
  const deviation = largest * Math.sqrt(squares / values.length);
  return { targets: residuals.map((residual) => residual / deviation), scale: { centre, deviation } };
}

/** Predictions in the unit of the labels; with a top, the median, and the deviation to first order. */
export function toLabels(
  { top, centre, deviation }: LabelScale,
  mean: Float64Array,
  variance: Float64Array,
): Required<Pick<Prediction, "mean" | "standardDeviation">> {
  if (top === undefined) {
    return {
      mean: mean.map((value) => centre + deviation * value),
      standardDeviation: variance.map((value) => deviation * Math.sqrt(value)),
    };
  }
  const below = mean.map((value) => Math.exp(Math.min(FURTHEST, -(centre + deviation * value))));
  return {
    mean: below.map((distance) => top - distance),
    standardDeviation: variance.map((value, row) => below[row] * deviation * Math.sqrt(value)),
  };
}
