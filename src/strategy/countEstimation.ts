import type { EstimationSource } from "./contract.js";

/** A source of estimation codes that counts for how many different architectures a code was asked. */
export interface CountedEstimation extends EstimationSource {
  readonly asked: number;
}

/**
 * Counts what is asked of a source, so that every output can say what the codes of a search cost. An architecture counts once,
 * however often it is asked for.
 *
 * @example
 * const estimation = countEstimation(createTableEstimation(benchmark, "losses"));
 * const trainings = estimation.asked * estimation.cost; // after the search
 */
export function countEstimation(source: EstimationSource): CountedEstimation {
  const asked = new Set<number>();
  return {
    name: source.name,
    length: source.length,
    cost: source.cost,
    of(architectures) {
      for (let i = 0; i < architectures.length; i++) asked.add(architectures[i]);
      return source.of(architectures);
    },
    get asked() {
      return asked.size;
    },
  };
}
