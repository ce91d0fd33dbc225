import { AssayError } from "../errors.js";
import type { Generator } from "../random/index.js";
import type { Architecture, SearchSpace } from "./contract.js";
import type { LimitCheck } from "./limitCheck.js";
import type { ListedPart } from "./limitedContract.js";

const MUTATION_TRIES = 100;

/** What `createListedPart` needs. */
export interface ListedPartOptions {
  readonly name: string;
  readonly description: string;
  /** Indices in the base space, in rising order. */
  readonly baseIndices: Int32Array;
  /** Absent on threads that are told which architectures there are, not why. */
  readonly check?: LimitCheck | undefined;
  /** Whether the limits are part of what the name means. */
  readonly isNamed?: boolean;
}

/**
 * Some of the architectures of a listed space, as a space of their own: they keep their genes, texts, views and order, and
 * get indices from 0. `mutate` is the mutation of the base, tried until it stays inside; where it does not, one of the
 * neighbours that do is drawn.
 */
export function createListedPart(base: SearchSpace, options: ListedPartOptions): ListedPart {
  const { name, description, baseIndices, check, isNamed = false } = options;
  const all = base.enumeration!;
  const size = baseIndices.length;
  const indexOfBase = new Int32Array(all.size).fill(-1);
  for (let index = 0; index < size; index++) indexOfBase[baseIndices[index]] = index;

  const indexOf = (architecture: Architecture): number => {
    const index = all.indexOf(architecture);
    return index < 0 ? -1 : indexOfBase[index];
  };
  const isMember = (architecture: Architecture): boolean => indexOf(architecture) >= 0;
  const at = (index: number): Architecture => {
    const architecture = new Int32Array(base.genes);
    all.write(baseIndices[index], architecture);
    return architecture;
  };
  const neighbours = (architecture: Architecture): Architecture[] => base.neighbours(architecture).filter(isMember);
  const canonical = (architecture: Architecture): Architecture => {
    const settled = base.canonical(architecture);
    // Where the base's representative is outside, an architecture stands for itself.
    return isMember(settled) ? settled : architecture.slice();
  };

  return {
    name,
    description,
    size: BigInt(size),
    genes: base.genes,
    views: base.views,
    base,
    baseIndices,
    limits: isNamed ? [] : (check?.limits ?? []),
    feasible: { count: size, of: all.size, isExact: true },
    keeps: isMember,
    limitedCosts: (architecture) => check?.costs(architecture) ?? [],
    enumeration: {
      ...{ size, indexOf, write: (index, architecture) => all.write(baseIndices[index], architecture) },
      ...(all.isCanonical === undefined ? {} : { isCanonical: all.isCanonical }),
    },
    sample: (generator) => at(generator.integer(size)),
    neighbours,
    mutate(architecture, generator) {
      for (let attempt = 0; attempt < MUTATION_TRIES; attempt++) {
        const mutant = base.mutate(architecture, generator);
        if (isMember(mutant)) return mutant;
      }
      const near = neighbours(architecture);
      return near.length > 0
        ? near[generator.integer(near.length)]
        : drawOther(indexOf(architecture), size, generator, at);
    },
    canonical,
    ...distinctIn(base, canonical, isMember),
    format: base.format,
    parse(text) {
      const architecture = base.parse(text);
      if (isMember(architecture)) return architecture;
      const why = check?.describe(architecture) ?? `it is not among those of ${base.name} that belong to it`;
      throw new AssayError("bad-architecture", `"${text.trim()}" is no architecture of ${name}: ${why}.`);
    },
  };
}

/** `distinct` of a part, where the base has one: its representative may be outside. */
export function distinctIn(
  base: SearchSpace,
  canonical: (architecture: Architecture) => Architecture,
  isMember: (architecture: Architecture) => boolean,
): Pick<SearchSpace, "distinct"> {
  const { distinct } = base;
  if (distinct === undefined) return {};
  return {
    distinct(architecture) {
      const merged = distinct(architecture);
      return isMember(merged) ? merged : canonical(architecture);
    },
  };
}

/** Some other member, for islands that no edit reaches. */
function drawOther(
  index: number,
  size: number,
  generator: Generator,
  at: (index: number) => Architecture,
): Architecture {
  if (size < 2) throw new RangeError("a space of one architecture has no mutants");
  const other = generator.integer(index < 0 ? size : size - 1);
  return at(index >= 0 && other >= index ? other + 1 : other);
}
