import { takeRows } from "../kernels/matrix.js";
import type { Generator } from "../random/index.js";
import type { Catalogue } from "../space/catalogue.js";
import type { SearchSpace } from "../space/contract.js";
import type { FeatureSource } from "./contract.js";
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
  const { functionOf, count } = functionsOf(history.catalogue);
  const isKnown = new Uint8Array(count);
  const entries = new Int32Array(count).fill(-1);
  for (let position = 0; position < history.size; position++) {
    const entry = history.at(position);
    isKnown[functionOf[entry]] = 1;
    entries[functionOf[entry]] = entry;
  }
  const seen = new Int32Array(count);
  for (let entry = 0; entry < functionOf.length; entry++) {
    const own = functionOf[entry];
    if (isKnown[own] === 1) continue;
    seen[own]++;
    // Each of k entries stays with a chance of 1/k.
    if (seen[own] === 1 || generator.integer(seen[own]) === 0) entries[own] = entry;
  }
  return {
    features: takeRows(source.all(encoding), entries),
    eligible: () => Int32Array.from(entries.keys()).filter((row) => isKnown[row] === 0),
    idOf: (row) => entries[row],
  };
}

interface Functions {
  /** For each entry the number of its function; functions are numbered by their first entry. */
  readonly functionOf: Int32Array;
  readonly count: number;
}

const functionsOfSpaces = new WeakMap<SearchSpace, Functions>();

function functionsOf({ space, at, find, size }: Catalogue): Functions {
  const known = functionsOfSpaces.get(space);
  if (known !== undefined) return known;
  const numberOf = new Map<number, number>();
  const functionOf = new Int32Array(size);
  for (let entry = 0; entry < size; entry++) {
    const canonical = space.canonical(at(entry));
    const representative = find(space.distinct?.(canonical) ?? canonical);
    // A representative that the list does not hold tells nothing.
    const key = representative < 0 ? entry : representative;
    const number = numberOf.get(key) ?? numberOf.size;
    numberOf.set(key, number);
    functionOf[entry] = number;
  }
  const functions = { functionOf, count: numberOf.size };
  functionsOfSpaces.set(space, functions);
  return functions;
}
