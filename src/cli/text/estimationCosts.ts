import type { EstimationCosts } from "../../experiment/estimationCosts.js";
import { formatCount } from "./numbers.js";

/** What the estimation codes of a search came to: "60, 1.5 % of a training each, together 0.9 trainings". */
export function describeEstimation({ name, cost, asked, trainings }: EstimationCosts): string {
  const count = formatCount(Math.round(asked));
  return `${count} (${name}), ${describeShare(cost)} each, together ${shorten(trainings)} trainings`;
}

/** What a code costs: "1.5 % of a training". */
export function describeShare(cost: number): string {
  return `${shorten(100 * cost)} % of a training`;
}

/** Two significant digits of a small number, without zeros at the end. */
function shorten(value: number): string {
  if (value >= 99.5) return formatCount(Math.round(value));
  return value !== 0 && value < 1e-4 ? value.toExponential(0) : `${Number(value.toPrecision(2))}`;
}
