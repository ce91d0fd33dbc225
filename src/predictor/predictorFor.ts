import { misfitOf } from "../encoding/index.js";
import { AssayError } from "../errors.js";
import { resolve } from "../registry.js";
import type { SearchSpace } from "../space/contract.js";
import type { Spec } from "../spec.js";
import type { Predictor, PredictorContext, PredictorDefinition } from "./contract.js";
import { createPredictor, predictors } from "./predictors.js";

/** A predictor with what it reads in a space. */
export interface FittingPredictor {
  readonly predictor: Predictor;
  readonly definition: PredictorDefinition;
  /** Name of the encoding that its rows must be in. */
  readonly encoding: string;
}

/**
 * Makes a predictor for a space, with the first of its encodings that fits. Throws AssayError (`predictor-misfit`) that
 * names predictor, space and what is missing where none fits.
 *
 * @example
 * const { predictor, encoding } = predictorFor(createNasBench201(), "gradient-boosting");
 * await predictor.fit(encode(space, encoding, architectures), labels, generator);
 */
export function predictorFor(
  space: SearchSpace,
  spec: string | Spec,
  context: PredictorContext = {},
): FittingPredictor {
  const { definition } = resolve("predictor", predictors, spec);
  return { predictor: createPredictor(spec, context), definition, encoding: encodingFor(space, definition) };
}

/** The first encoding of a predictor that fits a space. Throws AssayError where none does. */
export function encodingFor(space: SearchSpace, definition: PredictorDefinition): string {
  const reasons: string[] = [];
  for (const name of definition.encodings) {
    const reason = misfitOf(space, name);
    if (reason === undefined) return name;
    reasons.push(reason.replace(/\.$/, ""));
  }
  throw new AssayError(
    "predictor-misfit",
    `Predictor ${definition.name} cannot read the space ${space.name}: ${reasons.join("; ")}.`,
    "Choose a predictor that reads another encoding, or give the space what is missing.",
  );
}
