import type { KeptSearchOptions } from "../../experiment/searchSettings.js";

/** Options of `assay search`, as the command line gives them. */
export interface SearchCommandOptions extends KeptSearchOptions {
  readonly budget?: number;
  readonly study?: string;
  readonly storage?: string;
  /** Address of the queue; true: that of the variable ASSAY_QUEUE_URL. */
  readonly queue?: string | true;
  readonly warmStart?: string;
  readonly threads?: number;
  readonly out?: string;
  readonly report?: string;
  /** A port, or true for the usual one. */
  readonly dashboard?: number | true;
  readonly json?: boolean;
}

/** Those that may not change while a study goes on. */
export const fixedSearchOptions = [
  "benchmark",
  "space",
  "evaluate",
  "train",
  "trainer",
  "live",
  "strategy",
  "objectives",
  "batch",
  "label",
  "estimationCode",
  "limit",
  "costs",
  "medianRule",
  "seed",
] as const satisfies readonly (keyof KeptSearchOptions)[];
