import { takeRows } from "../kernels/matrix.js";
import type { Generator } from "../random/index.js";
import type { FeatureSource } from "./contract.js";
import { drawEntries, functionsOf } from "./functions.js";
import type { History } from "./history.js";
import { type CandidatePool, wholeSpacePool } from "./pool.js";

/**
 * One entry of a listed space for each function that its architectures compute. Where some are known, one of these: so a function
 * counts in a ranking, and is not eligible again. Else one of its entries by lot.
 *
 * Labels of equal functions differ by luck alone, and a table may hold tens of entries of one function: ranked one by one, they fill the
 * best places with what is known already.
 */
export function functionPool(
  history: History,
  source: FeatureSource,
  encoding: string,
  generator: Generator,
): CandidatePool {
  // Each entry is a function: to find that out cell by cell would take a minute in NAS-Bench-101.
  if (history.catalogue.space.enumeration?.isCanonical === true) return wholeSpacePool(history, source, encoding);
  const { entries, isKnown } = drawEntries(functionsOf(history.catalogue), history, generator);
  return {
    features: takeRows(source.all(encoding), entries),
    eligible: () => Int32Array.from(entries.keys()).filter((row) => isKnown[row] === 0),
    idOf: (row) => entries[row],
  };
}
