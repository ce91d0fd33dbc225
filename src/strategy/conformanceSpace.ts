import type { Generator } from "../random/index.js";
import type { Architecture, SearchSpace } from "../space/contract.js";

/**
 * A space of `genes` independent choices among `levels`, for conformance suites: small enough to be exhausted or large
 * enough that nobody lists it, and one edit changes one gene.
 */
export function createGridSpace(genes: number, levels: number, enumerable: boolean): SearchSpace {
  const size = levels ** genes;

  function write(index: number, architecture: Architecture): void {
    let rest = index;
    for (let gene = 0; gene < genes; gene++) {
      architecture[gene] = rest % levels;
      rest = Math.floor(rest / levels);
    }
  }

  function edit(architecture: Architecture, gene: number, shift: number): Architecture {
    const edited = architecture.slice();
    edited[gene] = (edited[gene] + shift) % levels;
    return edited;
  }

  const space: SearchSpace = {
    name: `grid-${genes}x${levels}${enumerable ? "" : "-sampled"}`,
    description: "Independent choices, for conformance suites",
    size: BigInt(size),
    genes,
    views: {
      parameters: {
        parameters: Array.from({ length: genes }, (_, gene) => ({
          name: `gene${gene}`,
          kind: "categorical",
          levels: Array.from({ length: levels }, (_, level) => level),
        })),
        write: (architecture, target) => target.set(architecture),
      },
    },
    sample: (generator: Generator) => Int32Array.from({ length: genes }, () => generator.integer(levels)),
    mutate: (architecture, generator) =>
      edit(architecture, generator.integer(genes), 1 + generator.integer(levels - 1)),
    neighbours(architecture) {
      const found: Architecture[] = [];
      for (let gene = 0; gene < genes; gene++) {
        for (let shift = 1; shift < levels; shift++) found.push(edit(architecture, gene, shift));
      }
      return found;
    },
    canonical: (architecture) => architecture.slice(),
    format: (architecture) => architecture.join("-"),
    parse: (text) => Int32Array.from(text.split("-"), Number),
  };
  if (!enumerable) return space;
  return {
    ...space,
    enumeration: {
      size,
      write,
      indexOf: (architecture) => architecture.reduceRight((index, level) => index * levels + level, 0),
    },
  };
}
