/** One value that a parameter can take. */
export type Level = string | number | boolean;

/** What a parameter's `when` asks of other parameters: all of them hold; a list means any of its levels. */
export type ConditionDefinition = Readonly<Record<string, Level | readonly Level[]>>;

/**
 * Numbers from `from` to `to`, both included. Exactly one of `step` (added), `factor` (multiplied) and `count` (that many
 * numbers, evenly spaced on the `scale`) says where the levels lie; between integers the step is 1 by default.
 */
export interface RangeDefinition {
  readonly from: number;
  readonly to: number;
  readonly step?: number;
  readonly factor?: number;
  readonly count?: number;
  /** With `count` only: "linear" (default) or "log". */
  readonly scale?: "linear" | "log";
  /** With `count` only: round to integers. Default false. */
  readonly integer?: boolean;
}

/** One choice of a space: its levels as a list or a range, and when it exists at all. */
export interface ParameterDefinition {
  readonly levels?: readonly Level[];
  readonly range?: RangeDefinition;
  /** Default: "ordinal" where all levels are numbers in rising order, "categorical" otherwise. */
  readonly kind?: "categorical" | "ordinal";
  /** Default: always active. */
  readonly when?: ConditionDefinition;
  readonly description?: string;
}

/** The values of the active parameters of one architecture, by name. Inactive parameters are missing. */
export type ChoiceValues = Readonly<Record<string, Level>>;

/** A cost as an expression, or as a function of the values of the active parameters. */
export type CostExpression = string | number | ((values: ChoiceValues) => number);

/** A cost with its unit; "MAC" and "parameters" are the units of FLOPs and params. */
export interface CostDefinition {
  readonly value: CostExpression;
  readonly unit?: string;
}

/**
 * A user's search space. `docs/spaces.md` shows the same thing as a YAML file, with every key.
 *
 * @example
 * const definition: ChoiceDefinition = {
 *   name: "tiny",
 *   parameters: {
 *     block: ["conv", "pool"],
 *     kernel: { levels: [3, 5, 7], when: { block: "conv" } },
 *     width: { range: { from: 16, to: 64, step: 16 } },
 *   },
 *   constraints: ["width * kernel <= 300"],
 *   cost: { flops: { value: "kernel ^ 2 * width", unit: "MAC" } },
 * };
 */
export interface ChoiceDefinition {
  readonly name?: string;
  readonly description?: string;
  /** In the order in which architectures are printed. A bare list stands for `{ levels: list }`. */
  readonly parameters: Readonly<Record<string, ParameterDefinition | readonly Level[]>>;
  /** An architecture is of the space only where each of these holds. */
  readonly constraints?: readonly (string | ((values: ChoiceValues) => boolean))[];
  /** What an architecture costs, known without training it; one entry for each metric. */
  readonly cost?: Readonly<Record<string, CostDefinition | CostExpression>>;
}
