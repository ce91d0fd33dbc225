import type { SearchSpace } from "../space/contract.js";

/**
 * Whether a space is the full NAS-Bench-101, for which papers publish larger populations and initial samples than for all
 * smaller spaces. A part of it (EC-NAS-Bench) is not.
 */
export function isFullNasBench101(space: SearchSpace): boolean {
  return space.name === "nasbench101" && space.size > 100_000n;
}
