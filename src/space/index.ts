import { z } from "zod";
import { AssayError } from "../errors.js";
import { defineOptions, type OptionValues } from "../options.js";
import { type Registry, resolve } from "../registry.js";
import { parseSpec, type Spec } from "../spec.js";
import { parseChoiceSpace } from "./choice/index.js";
import type { SearchSpace } from "./contract.js";
import type { SpaceDefinition } from "./definition.js";
import { nanobenchDefinition } from "./nanobench/index.js";
import { nasbench101Definition } from "./nasbench101/space.js";
import { nasbench201Definition } from "./nasbench201/space.js";
import { tinyNasBench201Definition } from "./tinyNasBench201.js";

export {
  type ChoiceDefinition,
  type ChoiceSpace,
  type ChoiceValues,
  createChoiceSpace,
  parseChoiceSpace,
} from "./choice/index.js";
export type { SpaceDefinition } from "./definition.js";
export { drawUnseen } from "./draw.js";
export { joinCosts } from "./joinCosts.js";
export { formatLimit, formatLimits, type Limit, parseLimit, type WrittenLimit } from "./limit.js";
export type { KnownCost } from "./limitCheck.js";
export {
  isListedPart,
  isRestricted,
  type ListedPart,
  limitsOf,
  type RestrictedSpace,
  wholeOf,
  withoutLimits,
} from "./limitedContract.js";
export { createListedPart, type ListedPartOptions } from "./listedPart.js";
export {
  costOfNanoNetwork,
  createNanoBench,
  type NanoBenchOptions,
  type NanoCellPlan,
  type NanoCost,
  type NanoInput,
  type NanoNetworkOptions,
  type NanoNetworkPlan,
  type NanoNodePlan,
  type NanoOperation,
  type NanoStagePlan,
  nanoNetworkOptions,
  planNanoCell,
  planNanoNetwork,
} from "./nanobench/index.js";
export { createNasBench101, type NasBench101Options, nasBench101Hash } from "./nasbench101/space.js";
export { createNasBench201, type NasBench201Options } from "./nasbench201/space.js";
export { type RestrictionOptions, restrictListedSpace, restrictSpace } from "./restricted.js";
export { createTinyNasBench201 } from "./tinyNasBench201.js";

/** A user's own space as a spec, so that studies and packs can name it; in programs `createChoiceSpace` is handier. */
const choiceDefinition: SpaceDefinition = {
  name: "choice",
  description: "Your own space: categorical and ordinal parameters with conditions, constraints and costs",
  source: "a YAML or JSON file",
  options: defineOptions({
    definition: z.string().default("").describe("Text of the space file (YAML or JSON)"),
    file: z.string().default("space.yaml").describe("Name of the file, for messages and as the name of the space"),
  }),
  create(options) {
    const { definition, file } = options as { definition: string; file: string };
    if (definition.trim() !== "") return parseChoiceSpace(definition, file);
    throw new AssayError(
      "bad-option",
      'The space choice needs its definition: option "definition" is empty.',
      "Give the text of a YAML or JSON file that names the parameters; on the command line: --space my-space.yaml.",
    );
  },
};

/** The search spaces by name. */
export const spaces: Registry<SpaceDefinition> = {
  nasbench201: nasbench201Definition,
  nasbench101: nasbench101Definition,
  "tiny-nasbench201": tinyNasBench201Definition,
  nanobench: nanobenchDefinition,
  choice: choiceDefinition,
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
