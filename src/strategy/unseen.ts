import type { Generator } from "../random/index.js";
import type { Architecture, SearchSpace } from "../space/contract.js";
import type { History } from "./history.js";

/** Draws that may miss before the remaining architectures are searched systematically. */
const TRIES = 300;

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
export function drawUnseen(history: History, count: number, generator: Generator): number[] {
  const drawn: number[] = [];
  while (drawn.length < count) {
    const architecture = drawOne(history, generator.split(history.size));
    if (architecture === undefined) break;
    history.propose(architecture);
    drawn.push(architecture);
  }
  return drawn;
}

function drawOne(history: History, generator: Generator): number | undefined {
  const { space } = history.catalogue;
  if (BigInt(history.size) >= space.size) return undefined;
  const { enumeration } = space;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const found =
      enumeration === undefined
        ? admit(history, space.sample(generator))
        : firstUnknown(history, generator.integer(enumeration.size));
    if (found !== undefined) return found;
  }
  if (enumeration === undefined) return nearestUnseen(history);
  const left: number[] = [];
  for (let index = 0; index < enumeration.size; index++) if (!history.has(index)) left.push(index);
  return left.length === 0 ? undefined : left[generator.integer(left.length)];
}

function firstUnknown(history: History, index: number): number | undefined {
  return history.has(index) ? undefined : index;
}

/** The first unseen neighbour of a known architecture: finds the last few of a space that sampling keeps missing. */
function nearestUnseen(history: History): number | undefined {
  const { space } = history.catalogue;
  for (let position = 0; position < history.size; position++) {
    for (const neighbour of space.neighbours(history.catalogue.at(history.at(position)))) {
      const found = admit(history, neighbour);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
