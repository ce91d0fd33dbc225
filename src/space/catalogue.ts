import type { Architecture, SearchSpace } from "./contract.js";

/**
 * Numbers the architectures of a space, so that hot loops handle integers: the index where the space can be enumerated,
 * the order of first sight otherwise.
 */
export interface Catalogue {
  readonly space: SearchSpace;
  /** How many architectures have a number. */
  readonly size: number;
  /** The number of an architecture; a new one where it was never seen (sampled spaces). */
  idOf(architecture: Architecture): number;
  /** The number of an architecture, -1 if it has none. */
  find(architecture: Architecture): number;
  /** Writes the genes of the architecture with this number. */
  write(id: number, architecture: Architecture): void;
  /** A fresh copy of the architecture with this number. */
  at(id: number): Architecture;
}

/**
 * The catalogue of a space.
 *
 * @example
 * const catalogue = createCatalogue(space);
 * const id = catalogue.idOf(space.sample(generator));
 */
export function createCatalogue(space: SearchSpace): Catalogue {
  return space.enumeration === undefined ? createGrowingCatalogue(space) : createFixedCatalogue(space);
}

function createFixedCatalogue(space: SearchSpace): Catalogue {
  const enumeration = space.enumeration!;
  const find = (architecture: Architecture): number => enumeration.indexOf(architecture);
  return {
    space,
    size: enumeration.size,
    find,
    idOf(architecture) {
      const index = find(architecture);
      if (index < 0) throw new RangeError(`not an architecture of ${space.name}: ${architecture.join(",")}`);
      return index;
    },
    write: (id, architecture) => enumeration.write(id, architecture),
    at(id) {
      const architecture = new Int32Array(space.genes);
      enumeration.write(id, architecture);
      return architecture;
    },
  };
}

function createGrowingCatalogue(space: SearchSpace): Catalogue {
  const idOfKey = new Map<string, number>();
  const architectures: Architecture[] = [];
  const find = (architecture: Architecture): number => idOfKey.get(architecture.join(",")) ?? -1;
  return {
    space,
    get size() {
      return architectures.length;
    },
    find,
    idOf(architecture) {
      const known = find(architecture);
      if (known >= 0) return known;
      const id = architectures.length;
      architectures.push(architecture.slice());
      idOfKey.set(architecture.join(","), id);
      return id;
    },
    write: (id, architecture) => architecture.set(architectures[id]),
    at: (id) => architectures[id].slice(),
  };
}
