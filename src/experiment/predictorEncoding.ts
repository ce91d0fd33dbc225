import { misfitOf } from "../encoding/index.js";
import { AssayError } from "../errors.js";
import type { PredictorDefinition } from "../predictor/contract.js";
import type { SearchSpace } from "../space/contract.js";

/** The encoding that a predictor reads in this space: the first of its own that fits. Throws AssayError where none does. */
export function predictorEncoding(definition: PredictorDefinition, space: SearchSpace): string {
  const reasons: string[] = [];
  for (const name of definition.encodings) {
    const reason = misfitOf(space, name);
    if (reason === undefined) return name;
    reasons.push(reason);
  }
  throw new AssayError(
    "predictor-misfit",
    `Predictor ${definition.name} cannot read the space ${space.name}: ${reasons.join(" ")}`,
    "See which encodings each predictor reads: assay predictors",
  );
}
