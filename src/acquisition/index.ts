import { type Registry, resolve } from "../registry.js";
import type { Spec } from "../spec.js";
import type { Acquisition, AcquisitionDefinition } from "./contract.js";
import { expectedImprovementDefinition } from "./expectedImprovement.js";
import { independentThompsonDefinition } from "./independentThompson.js";
import { meanDefinition } from "./mean.js";
import { probabilityOfImprovementDefinition } from "./probabilityOfImprovement.js";
import { thompsonDefinition } from "./thompson.js";
import { topDefinition } from "./top.js";
import { upperConfidenceBoundDefinition } from "./upperConfidenceBound.js";

/** All acquisitions by name. */
export const acquisitions = {
  top: topDefinition,
  mean: meanDefinition,
  "expected-improvement": expectedImprovementDefinition,
  "probability-of-improvement": probabilityOfImprovementDefinition,
  "upper-confidence-bound": upperConfidenceBoundDefinition,
  thompson: thompsonDefinition,
  "independent-thompson": independentThompsonDefinition,
} as const satisfies Registry<AcquisitionDefinition>;

/**
 * Makes an acquisition. Throws AssayError for an unknown name or a bad option.
 *
 * @example
 * const acquisition = createAcquisition("top:best=50");
 */
export function createAcquisition(spec: string | Spec): Acquisition {
  const { definition, options } = resolve<AcquisitionDefinition>("acquisition", acquisitions, spec);
  return definition.create(options);
}

export type { Acquisition, AcquisitionDefinition, AcquisitionInput } from "./contract.js";
export { expectedImprovement, logExpectedImprovement } from "./expectedImprovement.js";
export { misfit, requireFit } from "./needs.js";
export { probabilityOfImprovement } from "./probabilityOfImprovement.js";
