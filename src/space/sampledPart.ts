import { AssayError } from "../errors.js";
import { createGenerator, type Generator } from "../random/index.js";
import type { Architecture, SearchSpace } from "./contract.js";
import { formatLimits } from "./limit.js";
import { createNearestSeen, type LimitCheck } from "./limitCheck.js";
import { isRestricted, type RestrictedSpace } from "./limitedContract.js";
import { distinctIn } from "./listedPart.js";

/** Draws that look for architectures that keep the limits, at the start. */
const PROBES = 20_000;
/** So many that keep them are enough to know their share. */
const ENOUGH = 100;
/** Where fewer keep the limits, samples are walked to instead of drawn. */
const RARE = 1 / 200;
/** Draws for each expected success: with 40 times as many as needed on average, one in 10^17 fails. */
const PATIENCE = 40;
/** Where a walk begins: the nearest of so many draws. */
const WALK_STARTS = 20;
const WALK_STEPS = 2_000;
const WALKS = 20;
/** Steps inside the limits after a walk has reached them, so that not all samples lie at their border. */
const WANDER_STEPS = 20;
const MUTATION_TRIES = 100;
const DIFFERENT_TRIES = 200;

/** What `createSampledPart` needs. */
export interface SampledPartOptions {
  readonly name: string;
  readonly description: string;
  readonly check: LimitCheck;
  readonly isNamed?: boolean;
}

/**
 * The part of a space under limits where the space is too large to be listed.
 *
 * `sample` draws from the base until the limits are kept, which is uniform. Where fewer than one in 200 keeps them, it goes from
 * the nearest of a few draws by mutations that never make the excess larger, and then wanders inside: every sample keeps the
 * limits, but they are not uniform. `size` is that of the base, an upper bound. Throws AssayError (`empty-space`) where neither
 * finds anything, with the nearest costs that were seen.
 */
export function createSampledPart(base: SearchSpace, options: SampledPartOptions): RestrictedSpace {
  const { name, description, check, isNamed = false } = options;
  const feasible = probe(base, check);
  const share = feasible.count / feasible.of;
  const draws = share >= RARE ? Math.ceil(PATIENCE / share) : WALK_STARTS;

  const keeps = (architecture: Architecture): boolean =>
    (!isRestricted(base) || base.keeps(architecture)) && check.keeps(architecture);

  function sample(generator: Generator): Architecture {
    const found = drawInside(base, check, draws, generator) ?? walkOften(base, check, generator);
    if (found !== undefined) return found;
    throw nothingFound(base, check, `${WALKS} walks, after some had succeeded`, "");
  }

  function neighbours(architecture: Architecture): Architecture[] {
    return base.neighbours(architecture).filter(check.keeps);
  }

  const canonical = (architecture: Architecture): Architecture => {
    const settled = base.canonical(architecture);
    return check.keeps(settled) ? settled : architecture.slice();
  };

  return {
    name,
    description,
    size: base.size,
    genes: base.genes,
    views: base.views,
    base,
    limits: isNamed ? [] : check.limits,
    feasible: { ...feasible, isExact: false },
    keeps,
    limitedCosts: check.costs,
    sample,
    neighbours,
    mutate(architecture, generator) {
      for (let attempt = 0; attempt < MUTATION_TRIES; attempt++) {
        const mutant = base.mutate(architecture, generator);
        if (check.keeps(mutant)) return mutant;
      }
      const near = neighbours(architecture);
      if (near.length > 0) return near[generator.integer(near.length)];
      for (let attempt = 0; attempt < DIFFERENT_TRIES; attempt++) {
        const other = sample(generator);
        if (other.some((gene, i) => gene !== architecture[i])) return other;
      }
      throw new AssayError(
        "empty-space",
        `Only one architecture of ${base.name} was found that keeps ${formatLimits(check.limits)}: there is nothing to search.`,
        "Loosen a limit.",
      );
    },
    canonical,
    ...distinctIn(base, canonical, check.keeps),
    format: base.format,
    parse(text) {
      const architecture = base.parse(text);
      const broken = check.describe(architecture);
      if (broken === undefined) return architecture;
      throw new AssayError("bad-architecture", `"${text.trim()}" is no architecture of ${name}: ${broken}.`);
    },
  };
}

/** How many of how many draws keep the limits; throws where neither draws nor walks find any that does. */
function probe(base: SearchSpace, check: LimitCheck): { count: number; of: number } {
  const generator = createGenerator("first look at limits");
  const nearest = createNearestSeen(check);
  let count = 0;
  for (let draw = 1; draw <= PROBES; draw++) {
    const architecture = base.sample(generator);
    if (check.keeps(architecture)) {
      if (++count === ENOUGH) return { count, of: draw };
    } else if (count === 0) nearest.see(architecture);
  }
  if (count > 0 || walkOften(base, check, generator, nearest.see) !== undefined) return { count, of: PROBES };
  throw nothingFound(base, check, `${PROBES.toLocaleString("en")} samples and ${WALKS} walks`, nearest.describe());
}

function nothingFound(base: SearchSpace, check: LimitCheck, among: string, nearest: string): AssayError {
  return new AssayError(
    "empty-space",
    `No architecture of ${base.name} keeps ${formatLimits(check.limits)}${nearest === "" ? ` among ${among}` : `: among ${among} ${nearest}`}.`,
    "Loosen a limit.",
  );
}

/** The first of some draws that keeps the limits. */
function drawInside(
  base: SearchSpace,
  check: LimitCheck,
  draws: number,
  generator: Generator,
): Architecture | undefined {
  for (let draw = 0; draw < draws; draw++) {
    const architecture = base.sample(generator);
    if (check.keeps(architecture)) return architecture;
  }
  return undefined;
}

function walkOften(
  base: SearchSpace,
  check: LimitCheck,
  generator: Generator,
  see?: (architecture: Architecture) => void,
): Architecture | undefined {
  for (let walk = 0; walk < WALKS; walk++) {
    const reached = walkInside(base, check, generator, see);
    if (reached !== undefined) return wander(base, check, reached, generator);
  }
  return undefined;
}

/** From the nearest of a few draws by mutations that are no further outside. */
function walkInside(
  base: SearchSpace,
  check: LimitCheck,
  generator: Generator,
  see?: (architecture: Architecture) => void,
): Architecture | undefined {
  let at = base.sample(generator);
  let excess = check.excess(at);
  for (let draw = 1; draw < WALK_STARTS && excess > 0; draw++) tryStep(base.sample(generator));
  for (let step = 0; step < WALK_STEPS && excess > 0; step++) {
    tryStep(base.mutate(at, generator));
    see?.(at);
  }
  return excess === 0 ? at : undefined;

  function tryStep(candidate: Architecture): void {
    const found = check.excess(candidate);
    if (found > excess) return;
    at = candidate;
    excess = found;
  }
}

function wander(base: SearchSpace, check: LimitCheck, from: Architecture, generator: Generator): Architecture {
  let at = from;
  for (let step = 0; step < WANDER_STEPS; step++) {
    const mutant = base.mutate(at, generator);
    if (check.keeps(mutant)) at = mutant;
  }
  return at;
}
