import type { ChoiceParameter } from "./model.js";
import { mistake } from "./source.js";

/** For each parameter, those whose conditions name it. */
export function dependentsOf(parameters: readonly ChoiceParameter[]): number[][] {
  const dependents: number[][] = parameters.map(() => []);
  for (const [i, parameter] of parameters.entries())
    for (const condition of parameter.conditions) dependents[condition.parameter].push(i);
  return dependents;
}

/**
 * The parameters in an order in which each stands after those that its conditions name; among the possible ones always
 * the parameter that leaves the fewest others half decided, because these are what a decision diagram must remember.
 * Parameters of one constraint stand together, and those that concern nothing else come last, so that constraints are
 * decided early.
 * Throws AssayError for conditions that go in a circle.
 *
 * @param firstConstraint for each parameter the number of the first constraint that names it, Infinity where none does
 */
export function orderParameters(
  parameters: readonly ChoiceParameter[],
  firstConstraint: readonly number[],
): Int32Array {
  const dependents = dependentsOf(parameters);
  const concernsNothing = parameters.map(
    ({ conditions }, i) =>
      conditions.length + dependents[i].length === 0 && firstConstraint[i] === Number.POSITIVE_INFINITY,
  );
  const missing = parameters.map((parameter) => parameter.conditions.length);
  const touched = parameters.map(() => false);
  const placed = parameters.map(() => false);
  const order = new Int32Array(parameters.length);
  for (let position = 0; position < order.length; position++) {
    let best = -1;
    let bestCost = Number.POSITIVE_INFINITY;
    for (let i = 0; i < parameters.length; i++) {
      if (placed[i] || missing[i] > 0) continue;
      const opened = dependents[i].filter((dependent) => !touched[dependent]).length;
      const cost = concernsNothing[i] ? Number.MAX_VALUE : opened - (touched[i] ? 1 : 0);
      if (cost < bestCost || (cost === bestCost && firstConstraint[i] < firstConstraint[best])) {
        best = i;
        bestCost = cost;
      }
    }
    if (best < 0) throw circleMistake(parameters, placed);
    placed[best] = true;
    order[position] = best;
    for (const dependent of dependents[best]) {
      touched[dependent] = true;
      missing[dependent]--;
    }
  }
  return order;
}

function circleMistake(parameters: readonly ChoiceParameter[], placed: readonly boolean[]): Error {
  // Every parameter not placed depends on another such one, so that walking back must meet one twice.
  const path: number[] = [];
  let at = placed.indexOf(false);
  while (!path.includes(at)) {
    path.push(at);
    at = parameters[at].conditions.find((condition) => !placed[condition.parameter])!.parameter;
  }
  const circle = path.slice(path.indexOf(at));
  const first = Math.min(...circle);
  const start = circle.indexOf(first);
  const names = [...circle.slice(start), ...circle.slice(0, start), first].map((i) => parameters[i].name);
  const place = { ...parameters[first].place, field: `${parameters[first].place.field}.when` };
  if (names.length === 2) return mistake(place, `${names[0]} depends on itself.`, "Remove this condition.");
  return mistake(place, `the conditions go in a circle: ${names.join(" needs ")}.`, "Remove one of these conditions.");
}
