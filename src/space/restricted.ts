import { AssayError } from "../errors.js";
import type { Generator } from "../random/index.js";
import type { Architecture, Enumeration, SearchSpace } from "./contract.js";

/** The part of an enumerable space that keeps within limits on its costs. */
export interface RestrictedSpace extends SearchSpace {
  readonly base: SearchSpace;
  readonly enumeration: Enumeration;
  /** The index in the base space of each architecture, in rising order. */
  readonly baseIndices: Int32Array;
}

/** What `restrictSpace` needs. */
export interface RestrictionOptions {
  readonly name: string;
  readonly description: string;
  /** The most that each cost may be, by the name of the cost: `{ flops: 35e6 }`. */
  readonly limits: Readonly<Record<string, number>>;
}

const MUTATION_TRIES = 100;

/**
 * The architectures of a space that cost at most so much, as a space of their own: they keep their genes, texts, views
 * and order, and get indices from 0. `mutate` is the mutation of the base, tried until it stays within the limits; where
 * it does not, one of the neighbours that do is drawn. Throws AssayError where the base cannot be enumerated, has no such
 * cost, or nothing is left.
 *
 * @example
 * const small = restrictSpace(createNasBench201(), { name: "small", description: "…", limits: { flops: 50e6 } });
 */
export function restrictSpace(base: SearchSpace, options: RestrictionOptions): RestrictedSpace {
  const { name, description } = options;
  const { baseIndices, excess } = select(base, options);
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

  return {
    name,
    description,
    size: BigInt(size),
    genes: base.genes,
    views: base.views,
    base,
    baseIndices,
    enumeration: { size, indexOf, write: (index, architecture) => all.write(baseIndices[index], architecture) },
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
    canonical(architecture) {
      const canonical = base.canonical(architecture);
      // Where the base's representative costs too much, an architecture stands for itself.
      return isMember(canonical) ? canonical : architecture.slice();
    },
    format: base.format,
    parse(text) {
      const architecture = base.parse(text);
      if (isMember(architecture)) return architecture;
      throw new AssayError(
        "bad-architecture",
        `"${text.trim()}" is no architecture of ${name}: ${excess(architecture)}.`,
      );
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

interface Selection {
  readonly baseIndices: Int32Array;
  /** Which limit an architecture exceeds, in words. */
  excess(architecture: Architecture): string;
}

function select(base: SearchSpace, { name, limits }: RestrictionOptions): Selection {
  const { enumeration } = base;
  if (enumeration === undefined) {
    throw new AssayError(
      "not-enumerable",
      `${name} cannot be a part of ${base.name}, which is too large to be listed.`,
    );
  }
  const metrics = base.views.cost?.metrics ?? [];
  const bounds = Object.entries(limits).map(([metric, most]) => {
    const position = metrics.findIndex((candidate) => candidate.name === metric);
    if (position >= 0) return { metric, most, position, unit: metrics[position].unit };
    const known = metrics.map((candidate) => candidate.name).join(", ") || "none";
    throw new AssayError(
      "unknown-cost",
      `${name} limits "${metric}", which is no cost of ${base.name}.`,
      `Costs: ${known}.`,
    );
  });
  const values = new Float64Array(metrics.length);
  const architecture = new Int32Array(base.genes);
  const kept: number[] = [];
  for (let index = 0; index < enumeration.size; index++) {
    enumeration.write(index, architecture);
    base.views.cost?.write(architecture, values);
    if (bounds.every(({ most, position }) => values[position] <= most)) kept.push(index);
  }
  if (kept.length === 0)
    throw new AssayError("empty-space", `No architecture of ${base.name} keeps the limits of ${name}.`);
  return {
    baseIndices: Int32Array.from(kept),
    excess(excluded) {
      base.views.cost?.write(excluded, values);
      const broken = bounds.find(({ most, position }) => !(values[position] <= most));
      if (broken === undefined) return `it is no architecture of ${base.name}`;
      const { metric, most, position, unit } = broken;
      return `it has ${values[position].toLocaleString("en")} ${metric} (${unit}), more than ${most.toLocaleString("en")}`;
    },
  };
}
