import type { TrialColumns } from "../../../../src/view/contract.js";
import { extentOf, quantileOf } from "../../charts/extent.js";

/** The ends of the colours for what a model predicts: the worst quarter looks alike. Undefined without predictions. */
export function predictedRange(predicted: readonly number[] | null | undefined): readonly [number, number] | undefined {
  if (predicted === null || predicted === undefined || predicted.length === 0) return undefined;
  return [quantileOf(predicted, 0.25), quantileOf(predicted, 1)];
}

/** The ends of the colour scale: those of the predictions, as far up as the labels go. */
export function colourRange(
  base: readonly [number, number] | undefined,
  labelName: string,
  trials: TrialColumns,
): readonly [number, number] {
  const labels = extentOf(trials.values[labelName] ?? []);
  const [low, high] = base ?? labels ?? [0, 1];
  return [low, Math.max(high, labels?.[1] ?? high)];
}
