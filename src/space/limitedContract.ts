import type { Architecture, Enumeration, SearchSpace } from "./contract.js";
import type { Limit } from "./limit.js";
import type { KnownCost } from "./limitCheck.js";

/** The part of a space that keeps within limits on known costs. Genes, texts and views are those of the whole. */
export interface RestrictedSpace extends SearchSpace {
  readonly base: SearchSpace;
  /** Limits that were set on top of what the name of the space says: none in `tiny-nasbench201`. */
  readonly limits: readonly Limit[];
  /** How many of how many architectures keep the limits: all of a listed space, otherwise a few thousand draws. */
  readonly feasible: { readonly count: number; readonly of: number; readonly isExact: boolean };
  /** Whether an architecture of `base` belongs to the part. */
  keeps(architecture: Architecture): boolean;
  /** The limited costs of an architecture. */
  limitedCosts(architecture: Architecture): KnownCost[];
}

/** A restricted space that is listed. */
export interface ListedPart extends RestrictedSpace {
  readonly enumeration: Enumeration;
  /** The index in the base space of each architecture, in rising order. */
  readonly baseIndices: Int32Array;
}

/** Whether a space is a part of another one under limits. */
export function isRestricted(space: SearchSpace): space is RestrictedSpace {
  return "base" in space && "feasible" in space;
}

/** Whether it is a listed part. */
export function isListedPart(space: SearchSpace): space is ListedPart {
  return isRestricted(space) && "baseIndices" in space;
}

/** All limits that were set on a space, the parts of parts included. */
export function limitsOf(space: SearchSpace): readonly Limit[] {
  return isRestricted(space) ? [...limitsOf(space.base), ...space.limits] : [];
}

/**
 * The space without the limits that were set on it: what its name says stays.
 *
 * @example
 * withoutLimits(restrictSpace(createTinyNasBench201(), { limits: { flops: 20e6 } })).size; // 4096n
 */
export function withoutLimits(space: SearchSpace): SearchSpace {
  return isRestricted(space) && space.limits.length > 0 ? withoutLimits(space.base) : space;
}

/** The space that a part was taken out of in the end; itself for a whole one. */
export function wholeOf(space: SearchSpace): SearchSpace {
  return isRestricted(space) ? wholeOf(space.base) : space;
}
