import { AssayError } from "../errors.js";
import type { Generator } from "../random/index.js";
import type { Benchmark } from "./contract.js";
import { createColumn } from "./pack/columns.js";
import { withLabelRule } from "./withLabelRule.js";

/**
 * The values with normal noise, one draw for each architecture in the order of the rows, so that an architecture's label does
 * not depend on when it is queried.
 *
 * @param sigma standard deviation in the unit of the values
 */
export function addNoise(values: Float64Array, sigma: number, generator: Generator): Float64Array {
  const noise = generator.split("label-noise");
  const noisy = createColumn("double", values.length);
  for (let i = 0; i < values.length; i++) noisy[i] = values[i] + sigma * noise.normal();
  return noisy;
}

/**
 * A benchmark whose labels are by default its mean labels with normal noise, drawn anew for each run.
 *
 * @example
 * const harder = noisy(benchmark, { sigma: 0.14 });
 */
export function noisy(benchmark: Benchmark, { sigma }: { readonly sigma: number }): Benchmark {
  if (!(sigma >= 0 && Number.isFinite(sigma))) {
    throw new AssayError("bad-option", `Noise needs a standard deviation of 0 or more, got ${sigma}.`);
  }
  return withLabelRule(benchmark, `noisy(${sigma})`);
}
