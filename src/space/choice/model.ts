import type { Architecture, Parameter } from "../contract.js";
import type { Level } from "./definition.js";
import type { Place } from "./source.js";

/** One clause of a `when`: the parameter is active and at one of the allowed levels. */
export interface Condition {
  readonly parameter: number;
  /** One entry for each level of that parameter. */
  readonly allowed: readonly boolean[];
}

/** A parameter after checking. */
export interface ChoiceParameter extends Parameter {
  readonly place: Place;
  readonly levels: readonly Level[];
  /** How each level is printed. */
  readonly texts: readonly string[];
  /** All hold where the parameter is active. */
  readonly conditions: readonly Condition[];
}

/** A constraint after compiling. */
export interface Constraint {
  readonly place: Place;
  /** As written, or "function". */
  readonly text: string;
  /** The parameters whose levels decide; undefined where it may be any (a function). */
  readonly parameters: readonly number[] | undefined;
  holds(architecture: Architecture): boolean;
}

/** A cost metric after compiling. */
export interface Cost {
  readonly place: Place;
  readonly name: string;
  readonly unit: string;
  readonly parameters: readonly number[] | undefined;
  evaluate(architecture: Architecture): number;
}

/** A checked definition. */
export interface ChoiceModel {
  readonly source: string;
  readonly name: string;
  readonly description: string;
  readonly parameters: readonly ChoiceParameter[];
  readonly constraints: readonly Constraint[];
  readonly costs: readonly Cost[];
}
