import type { Generator } from "../random/index.js";
import type { Benchmark, Column } from "./contract.js";
import { createColumn } from "./pack/columns.js";
import { withLabelRule } from "./withLabelRule.js";

/**
 * For each architecture the label of one of its training seeds, drawn uniformly among those that were trained; NaN where
 * there is none.
 */
export function drawSeeds(seeds: readonly Column[], generator: Generator): Float64Array {
  const draws = generator.split("label-seed");
  const rows = seeds[0]?.length ?? 0;
  const drawn = createColumn("double", rows);
  const trained = new Float64Array(seeds.length);
  for (let i = 0; i < rows; i++) {
    let count = 0;
    for (const seed of seeds) if (!Number.isNaN(seed[i])) trained[count++] = seed[i];
    drawn[i] = count === 0 ? Number.NaN : trained[draws.integer(count)];
  }
  return drawn;
}

/**
 * A benchmark whose labels are by default those of one training seed for each architecture, drawn anew for each run.
 *
 * @example
 * const honest = randomSeed(benchmark);
 */
export function randomSeed(benchmark: Benchmark): Benchmark {
  return withLabelRule(benchmark, "random-seed");
}
