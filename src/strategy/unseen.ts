import type { Generator } from "../random/index.js";
import type { Architecture, SearchSpace } from "../space/contract.js";
import { drawUnseen } from "../space/draw.js";
import type { History } from "./history.js";

/**
 * The form under which an architecture is evaluated. Tables know every architecture of an enumerable space by its own
 * number; elsewhere architectures that compute the same function are one.
 */
export function represent(space: SearchSpace, architecture: Architecture): Architecture {
  return space.enumeration === undefined ? space.canonical(architecture) : architecture;
}

/** The number of an architecture that may still be suggested; undefined where it was suggested or observed before. */
export function admit(history: History, architecture: Architecture): number | undefined {
  const { catalogue } = history;
  const represented = represent(catalogue.space, architecture);
  const known = catalogue.find(represented);
  if (known < 0) return catalogue.idOf(represented);
  return history.has(known) ? undefined : known;
}

/**
 * Draws up to `count` architectures uniformly from those not yet known and notes them as pending. Each draw has a
 * generator of its own, so that the sequence does not depend on how many are drawn at once.
 *
 * @returns catalogue numbers; fewer than `count` only where the space is exhausted
 */
export function proposeAtRandom(history: History, count: number, generator: Generator): number[] {
  const { catalogue } = history;
  const { space } = catalogue;
  const isKnown = (id: number): boolean => history.has(id) || admit(history, catalogue.at(id)) === undefined;
  const proposed: number[] = [];
  while (proposed.length < count && BigInt(history.size) < space.size) {
    const seen = space.enumeration === undefined ? isKnown : history.has;
    const [drawn] = drawUnseen(catalogue, 1, seen, generator.split(history.size));
    if (drawn === undefined) break;
    const architecture = catalogue.idOf(represent(space, catalogue.at(drawn)));
    history.propose(architecture);
    proposed.push(architecture);
  }
  return proposed;
}
