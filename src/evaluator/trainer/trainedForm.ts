import type { Architecture, SearchSpace } from "../../space/contract.js";

/**
 * The architecture that is trained in place of one: all that compute the same function are one network, whether a table is
 * made or a search is live.
 */
export function trainedForm(space: SearchSpace, architecture: Architecture): Architecture {
  return space.distinct?.(architecture) ?? space.canonical(architecture);
}
