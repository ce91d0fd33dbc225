import { AssayError } from "../errors.js";
import type { PredictorDefinition } from "../predictor/contract.js";
import type { AcquisitionDefinition, AcquisitionInput } from "./contract.js";

const rank = { none: 0, mean: 0, "standard-deviation": 1, members: 2 } as const;

/** Why an acquisition cannot work with a predictor, as one sentence; undefined where it can. */
export function misfit(
  acquisition: Pick<AcquisitionDefinition, "name" | "needs">,
  predictor: Pick<PredictorDefinition, "name" | "uncertainty">,
): string | undefined {
  if (rank[predictor.uncertainty] >= rank[acquisition.needs]) return undefined;
  const needed = acquisition.needs === "members" ? "the members of an ensemble" : "standard deviations";
  return `Acquisition "${acquisition.name}" needs ${needed}, which predictor "${predictor.name}" does not give.`;
}

/** Throws AssayError where an acquisition cannot work with a predictor, and says what to use instead. */
export function requireFit(
  acquisition: Pick<AcquisitionDefinition, "name" | "needs">,
  predictor: Pick<PredictorDefinition, "name" | "uncertainty">,
): void {
  const reason = misfit(acquisition, predictor);
  if (reason === undefined) return;
  throw new AssayError(
    "acquisition-misfit",
    reason,
    `Wrap the predictor in an ensemble, predictor=ensemble(member=${predictor.name}), or use acquisition "top" or "mean".`,
  );
}

/** The standard deviations of a prediction. Throws AssayError where there are none. */
export function requireDeviations(name: string, { prediction }: AcquisitionInput): Float64Array {
  if (prediction.standardDeviation !== undefined) return prediction.standardDeviation;
  throw missing(name, "standard deviations");
}

/** The members of a prediction. Throws AssayError where there are none. */
export function requireMembers(name: string, { prediction }: AcquisitionInput): readonly Float64Array[] {
  if (prediction.members !== undefined && prediction.members.length > 0) return prediction.members;
  throw missing(name, "the members of an ensemble");
}

function missing(name: string, needed: string): AssayError {
  return new AssayError(
    "acquisition-misfit",
    `Acquisition "${name}" needs ${needed}, which this prediction does not hold.`,
    "Predict with an ensemble.",
  );
}
