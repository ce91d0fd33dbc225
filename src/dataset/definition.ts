import type { OptionSchema, OptionValues } from "../options.js";
import type { Dataset } from "./contract.js";

/** An entry of the registry of data sets. */
export interface DatasetDefinition {
  readonly name: string;
  readonly description: string;
  /** Where the data come from. */
  readonly source: string;
  readonly options: OptionSchema;
  /** Reads the data set. Throws AssayError that names the file that is missing or wrong. */
  load(options: OptionValues): Promise<Dataset>;
}
