import type { Generator } from "../random/index.js";
import type { Initialiser } from "./builder.js";

/** Zeros. */
export const zeros: Initialiser = (values) => void values.fill(0);

/** Ones. */
export const ones: Initialiser = (values) => void values.fill(1);

/** Uniform between -limit and limit. */
export function uniform(limit: number): Initialiser {
  return (values: Float32Array, generator: Generator) => {
    for (let i = 0; i < values.length; i++) values[i] = limit * (2 * generator.uniform() - 1);
  };
}

/** Normal with this standard deviation. */
export function normal(deviation: number): Initialiser {
  return (values: Float32Array, generator: Generator) => {
    for (let i = 0; i < values.length; i++) values[i] = deviation * generator.normal();
  };
}

/** Uniform, after Glorot and Bengio 2010: keeps the variance over layers without rectification. */
export function glorot(inputs: number, outputs: number): Initialiser {
  return uniform(Math.sqrt(6 / (inputs + outputs)));
}

/** Normal, after He et al. 2015: keeps the variance over rectified layers. */
export function he(inputs: number): Initialiser {
  return normal(Math.sqrt(2 / inputs));
}
