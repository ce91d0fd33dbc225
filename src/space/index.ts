import type { OptionValues } from "../options.js";
import { type Registry, resolve } from "../registry.js";
import { parseSpec, type Spec } from "../spec.js";
import type { SearchSpace } from "./contract.js";
import type { SpaceDefinition } from "./definition.js";
import { nasbench101Definition } from "./nasbench101/space.js";
import { nasbench201Definition } from "./nasbench201/space.js";

export type { SpaceDefinition } from "./definition.js";
export { createNasBench101, type NasBench101Options, nasBench101Hash } from "./nasbench101/space.js";
export { createNasBench201, type NasBench201Options } from "./nasbench201/space.js";

/** The search spaces by name. */
export const spaces: Registry<SpaceDefinition> = {
  nasbench201: nasbench201Definition,
  nasbench101: nasbench101Definition,
};

/**
 * Makes the search space that a spec names. Throws AssayError where there is none of that name, or an option is wrong.
 *
 * @example
 * createSpace("nasbench201:dataset=cifar100");
 * createSpace({ name: "nasbench101", options: {} });
 */
export function createSpace(spec: string | (Omit<Spec, "options"> & { readonly options?: OptionValues })): SearchSpace {
  const given = typeof spec === "string" ? parseSpec(spec) : { name: spec.name, options: spec.options ?? {} };
  const { definition, options } = resolve("space", spaces, given as Spec);
  return definition.create(options);
}
