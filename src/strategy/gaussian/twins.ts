import type { Generator } from "../../random/index.js";
import type { Catalogue } from "../../space/catalogue.js";
import type { SearchSpace } from "../../space/contract.js";
import { type Classes, functionsOf } from "../functions.js";
import type { History } from "../history.js";

/** Twins of a listed space are a class: they compute the same function at the same known costs. */
interface Twins extends Classes {
  /** Of each class its first entry, and how many it has. */
  readonly first: Int32Array;
  readonly sizes: Int32Array;
  /** The next entry of the same class; -1 for the last. */
  readonly next: Int32Array;
}

const twinsOfSpaces = new WeakMap<SearchSpace, Twins>();

/**
 * The first of each set of twins of which none is known, evaluated or pending: to evaluate another one is the same training again.
 *
 * @returns undefined where none has a twin
 */
export function withoutTwins(history: History): Int32Array | undefined {
  // To find that out cell by cell would take a minute in NAS-Bench-101.
  if (history.catalogue.space.enumeration?.isCanonical === true) return undefined;
  const { classOf, count, first } = twinsOf(history.catalogue);
  const isKnown = new Uint8Array(count);
  for (let position = 0; position < history.size; position++) isKnown[classOf[history.at(position)]] = 1;
  const left = first.slice();
  let size = 0;
  for (let own = 0; own < count; own++) if (isKnown[own] === 0) left[size++] = first[own];
  return left.subarray(0, size);
}

/** For each of these entries one of its twins by lot, itself included, or one corner of the space would be preferred. */
export function drawTwins(catalogue: Catalogue, entries: Int32Array, generator: Generator): Int32Array {
  const { classOf, first, sizes, next } = twinsOf(catalogue);
  return entries.map((entry) => {
    const own = classOf[entry];
    let drawn = first[own];
    if (sizes[own] > 1) for (let left = generator.integer(sizes[own]); left > 0; left--) drawn = next[drawn];
    return drawn;
  });
}

function twinsOf(catalogue: Catalogue): Twins {
  let twins = twinsOfSpaces.get(catalogue.space);
  if (twins === undefined) {
    twins = link(splitByCosts(functionsOf(catalogue), catalogue));
    twinsOfSpaces.set(catalogue.space, twins);
  }
  return twins;
}

/** Entries of a class that cost the same are a class. */
function splitByCosts({ classOf: within, count: classes }: Classes, { space, at, size }: Catalogue): Classes {
  const { cost } = space.views;
  const width = cost?.metrics.length ?? 0;
  const costs = new Float64Array(width);
  const known = new Float64Array(width * size);
  const classOf = new Int32Array(size);
  /** The latest part of each class, and before each part the one before it in its class. */
  const latest = new Int32Array(classes).fill(-1);
  const before = new Int32Array(size);
  let count = 0;
  for (let entry = 0; entry < size; entry++) {
    cost?.write(at(entry), costs);
    let part = latest[within[entry]];
    while (part >= 0 && !costTheSame(costs, known, part * width)) part = before[part];
    if (part < 0) {
      part = count++;
      known.set(costs, part * width);
      before[part] = latest[within[entry]];
      latest[within[entry]] = part;
    }
    classOf[entry] = part;
  }
  return { classOf, count };
}

function costTheSame(costs: Float64Array, known: Float64Array, first: number): boolean {
  for (let i = 0; i < costs.length; i++) if (costs[i] !== known[first + i]) return false;
  return true;
}

function link({ classOf, count }: Classes): Twins {
  const first = new Int32Array(count).fill(-1);
  const sizes = new Int32Array(count);
  const next = new Int32Array(classOf.length);
  for (let entry = classOf.length - 1; entry >= 0; entry--) {
    const own = classOf[entry];
    next[entry] = first[own];
    first[own] = entry;
    sizes[own]++;
  }
  return { classOf, count, first, sizes, next };
}
