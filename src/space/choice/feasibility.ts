import { createGenerator } from "../../random/index.js";
import { type Diagram, sampleDiagram } from "./diagram.js";
import type { ChoiceModel, Constraint } from "./model.js";
import { mistake, shorten } from "./source.js";

/** Draws before a space counts as empty, or a valid architecture as too rare to find. */
export const MAXIMUM_DRAWS = 100_000;
const SURVEY = 2000;

/** Whether all hold. */
export function satisfies(constraints: readonly Constraint[], architecture: Int32Array): boolean {
  for (const constraint of constraints) if (!constraint.holds(architecture)) return false;
  return true;
}

/** The error for constraints that leave nothing, or next to nothing: it points at the one that rejects most. */
export function rejectedMistake({ constraints, parameters }: ChoiceModel, diagram: Diagram, exact: boolean): Error {
  const rejected = constraints.map(() => 0);
  const generator = createGenerator("survey of constraints");
  const architecture = new Int32Array(parameters.length);
  for (let draw = 0; draw < SURVEY; draw++) {
    sampleDiagram(diagram, architecture, generator);
    for (const [i, constraint] of constraints.entries()) if (!constraint.holds(architecture)) rejected[i]++;
  }
  const worst = rejected.indexOf(Math.max(...rejected));
  const { place, text } = constraints[worst];
  const rounded = Math.round((100 * rejected[worst]) / SURVEY);
  const share = !exact && rounded === 100 ? "nearly 100" : String(rounded);
  const what = exact
    ? "no architecture satisfies the constraints"
    : `none of ${MAXIMUM_DRAWS} random architectures satisfies the constraints`;
  const subject = text === "function" ? "this one" : `this one (${shorten(text)})`;
  return mistake(
    place,
    `${what}; ${subject} alone rejects ${share} % of them.`,
    "Loosen the constraints, or remove levels.",
  );
}
