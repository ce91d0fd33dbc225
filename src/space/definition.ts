import type { OptionSchema, OptionValues } from "../options.js";
import type { SearchSpace } from "./contract.js";

/** An entry of the registry of search spaces. */
export interface SpaceDefinition {
  readonly name: string;
  readonly description: string;
  /** Where the space was published. */
  readonly source: string;
  readonly options: OptionSchema;
  create(options: OptionValues): SearchSpace;
}
