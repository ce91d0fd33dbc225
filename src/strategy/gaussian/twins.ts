import type { Generator } from "../../random/index.js";
import type { Catalogue } from "../../space/catalogue.js";
import type { SearchSpace } from "../../space/contract.js";
import { type Classes, classify, drawEntries, functionsOf } from "../functions.js";
import type { History } from "../history.js";

const twinsOfSpaces = new WeakMap<SearchSpace, Classes>();

/**
 * Entries of a listed space, one by lot of each set of twins of which none is known. Twins compute the same function at the same known
 * costs: to evaluate another one is the same training again.
 *
 * @returns undefined where none has a twin
 */
export function drawWithoutTwins(history: History, generator: Generator): Int32Array | undefined {
  // To find that out cell by cell would take a minute in NAS-Bench-101.
  if (history.catalogue.space.enumeration?.isCanonical === true) return undefined;
  const { entries, isKnown } = drawEntries(twinsOf(history.catalogue), history, generator);
  return entries.filter((_, own) => isKnown[own] === 0);
}

function twinsOf(catalogue: Catalogue): Classes {
  let twins = twinsOfSpaces.get(catalogue.space);
  if (twins === undefined) {
    const { space, size, at } = catalogue;
    const { classOf } = functionsOf(catalogue);
    const { cost } = space.views;
    const costs = new Float64Array(cost?.metrics.length ?? 0);
    twins = classify(size, (entry) => {
      cost?.write(at(entry), costs);
      return `${classOf[entry]} ${costs.join(" ")}`;
    });
    twinsOfSpaces.set(catalogue.space, twins);
  }
  return twins;
}
