import type { Generator } from "../random/index.js";
import type { Catalogue } from "../space/catalogue.js";
import type { SearchSpace } from "../space/contract.js";
import type { History } from "./history.js";

/** The entries of a listed space in classes. */
export interface Classes {
  /** For each entry its class; classes are numbered by their first entry. */
  readonly classOf: Int32Array;
  readonly count: number;
}

const functionsOfSpaces = new WeakMap<SearchSpace, Classes>();

/** Entries that compute the same function are a class. */
export function functionsOf({ space, at, find, size }: Catalogue): Classes {
  let known = functionsOfSpaces.get(space);
  if (known === undefined) {
    known = classify(size, (entry) => {
      const architecture = at(entry);
      const representative = find(space.distinct?.(architecture) ?? space.canonical(architecture));
      // A representative that the list does not hold tells nothing.
      return representative < 0 ? entry : representative;
    });
    functionsOfSpaces.set(space, known);
  }
  return known;
}

/** Entries of equal keys are a class. */
function classify(entries: number, keyOf: (entry: number) => number): Classes {
  const numberOf = new Map<number, number>();
  const classOf = new Int32Array(entries);
  for (let entry = 0; entry < entries; entry++) {
    const key = keyOf(entry);
    const number = numberOf.get(key) ?? numberOf.size;
    numberOf.set(key, number);
    classOf[entry] = number;
  }
  return { classOf, count: numberOf.size };
}

/** One entry of each class. */
export interface DrawnEntries {
  /** By class. */
  readonly entries: Int32Array;
  /** By class, 1 where one of its entries is known, evaluated or pending. */
  readonly isKnown: Uint8Array;
}

/** Of each class its latest known entry; else one of its entries by lot, or one corner of the space would be preferred. */
export function drawEntries({ classOf, count }: Classes, history: History, generator: Generator): DrawnEntries {
  const isKnown = new Uint8Array(count);
  const entries = new Int32Array(count).fill(-1);
  for (let position = 0; position < history.size; position++) {
    const entry = history.at(position);
    isKnown[classOf[entry]] = 1;
    entries[classOf[entry]] = entry;
  }
  const seen = new Int32Array(count);
  for (let entry = 0; entry < classOf.length; entry++) {
    const own = classOf[entry];
    if (isKnown[own] === 1) continue;
    seen[own]++;
    // Each of k entries stays with a chance of 1/k.
    if (seen[own] === 1 || generator.integer(seen[own]) === 0) entries[own] = entry;
  }
  return { entries, isKnown };
}
