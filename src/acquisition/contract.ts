import type { OptionSchema, OptionValues } from "../options.js";
import type { Prediction } from "../predictor/contract.js";
import type { Generator } from "../random/index.js";

/** What an acquisition chooses from. */
export interface AcquisitionInput {
  readonly prediction: Prediction;
  /** Row numbers of the prediction that may be chosen: neither evaluated nor pending. */
  readonly eligible: Int32Array;
  /** How many to choose; fewer come back only where fewer are eligible. */
  readonly count: number;
  /** The best label so far, -Infinity where there is none. */
  readonly best: number;
  readonly generator: Generator;
}

/** Turns predictions into a choice: the row numbers of the architectures to evaluate next, best first, none twice. */
export interface Acquisition {
  select(input: AcquisitionInput): Int32Array;
}

/** An entry of the registry of acquisitions. */
export interface AcquisitionDefinition {
  readonly name: string;
  readonly description: string;
  readonly source: string;
  /** What the prediction must hold besides its mean. */
  readonly needs: "mean" | "standard-deviation" | "members";
  readonly options: OptionSchema;
  create(options: OptionValues): Acquisition;
}
