import { encodingFor } from "../../predictor/index.js";
import { predictors } from "../../predictor/predictors.js";
import type { SearchSpace } from "../../space/contract.js";
import { withoutLimits } from "../../space/index.js";

/** Which model colours a map; its encoding is what the map is made of. */
export const MAP_PREDICTOR = "gaussian-process";

/** The encoding that a map of a space is made of; undefined where none fits. */
export function mapEncoding(space: SearchSpace): string | undefined {
  try {
    return encodingFor(space, predictors[MAP_PREDICTOR]);
  } catch {
    return undefined;
  }
}

/** Whether there is a map of a space. */
export function hasMapOf(space: SearchSpace): boolean {
  return withoutLimits(space).size >= 4n && mapEncoding(space) !== undefined;
}
