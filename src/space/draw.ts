import type { Generator } from "../random/index.js";
import type { Catalogue } from "./catalogue.js";

const TRIES_PER_DRAW = 50;

/**
 * Draws architectures uniformly among those not yet seen, none twice, whether the space can be listed or only sampled
 * (then in canonical form, so that two forms of one architecture are not drawn either).
 *
 * @param seen whether the architecture with this catalogue number must not be drawn
 * @returns catalogue numbers in random order; fewer than `count` only where no more are unseen
 * @example
 * const first = drawUnseen(catalogue, 10, (id) => evaluated.has(id), generator);
 */
export function drawUnseen(
  catalogue: Catalogue,
  count: number,
  seen: (id: number) => boolean,
  generator: Generator,
): number[] {
  const drawn = new Set<number>();
  const isFree = (id: number): boolean => !drawn.has(id) && !seen(id);
  if (catalogue.space.enumeration === undefined) drawBySampling(catalogue, count, isFree, drawn, generator);
  else drawFromList(catalogue.size, count, isFree, drawn, generator);
  return [...drawn];
}

/** Guesses first, which needs no list while much is unseen. A guess that is free and a choice from the list are both uniform. */
function drawFromList(
  size: number,
  count: number,
  isFree: (id: number) => boolean,
  drawn: Set<number>,
  generator: Generator,
): void {
  while (drawn.size < count) {
    let tries = 0;
    let id = generator.integer(size);
    while (!isFree(id) && ++tries < TRIES_PER_DRAW) id = generator.integer(size);
    if (tries === TRIES_PER_DRAW) {
      const free: number[] = [];
      for (let candidate = 0; candidate < size; candidate++) if (isFree(candidate)) free.push(candidate);
      const missing = Math.min(count - drawn.size, free.length);
      for (const place of generator.choose(missing, free.length)) drawn.add(free[place]);
      return;
    }
    drawn.add(id);
  }
}

function drawBySampling(
  catalogue: Catalogue,
  count: number,
  isFree: (id: number) => boolean,
  drawn: Set<number>,
  generator: Generator,
): void {
  const { space } = catalogue;
  let misses = 0;
  while (drawn.size < count) {
    if (BigInt(catalogue.size) >= space.size) {
      drawFromList(catalogue.size, count, isFree, drawn, generator);
      return;
    }
    const id = catalogue.idOf(space.canonical(space.sample(generator)));
    if (isFree(id)) {
      drawn.add(id);
      misses = 0;
      // The size may be an upper bound (constraints): so many misses in a row have probability e^-20 if anything is left.
    } else if (++misses > 1000 + 20 * catalogue.size) return;
  }
}
