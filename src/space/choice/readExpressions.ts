import type { Architecture } from "../contract.js";
import type { ChoiceValues } from "./definition.js";
import { compileExpression, type Metric, type Scope } from "./expression.js";
import type { ChoiceParameter, Constraint, Cost } from "./model.js";
import type { Reading } from "./program.js";
import { requireName } from "./readParameters.js";
import { describeNode, expectKeys, expectList, expectMap, expectText, mistake, type SourceNode } from "./source.js";
import { nameType } from "./term.js";

/** More would take long to check, and nobody could read them. */
const MAXIMUM_CONSTRAINTS = 500;
const MAXIMUM_COSTS = 50;

/** The values of the active parameters, for functions of users. */
export function valuesOf(parameters: readonly ChoiceParameter[], architecture: Architecture): ChoiceValues {
  const values: Record<string, string | number | boolean> = {};
  for (const [i, { name, levels }] of parameters.entries())
    if (architecture[i] >= 0) values[name] = levels[architecture[i]];
  return values;
}

/** Reads `cost` and `constraints`; constraints may name costs, and a cost those above it. */
export function readExpressions(
  parameters: readonly ChoiceParameter[],
  costNode: SourceNode | undefined,
  constraintNode: SourceNode | undefined,
): { costs: Cost[]; constraints: Constraint[] } {
  const reading: Reading = { inactive: false };
  const metrics = new Map<string, Metric>();
  const laterMetrics = new Set<string>();
  const indexOfName = new Map(parameters.map(({ name }, index) => [name, index]));
  const scope: Scope = { parameters, indexOfName, metrics, laterMetrics, reading };
  const costs = costNode === undefined ? [] : readCosts(costNode, scope, metrics, laterMetrics);
  const constraints = constraintNode === undefined ? [] : readConstraints(constraintNode, scope);
  return { costs, constraints };
}

function readCosts(node: SourceNode, scope: Scope, metrics: Map<string, Metric>, laterMetrics: Set<string>): Cost[] {
  const map = expectMap(node, 'a map from names to expressions, such as {flops: "kernel ^ 2 * width"}');
  if (map.entries.size === 0) throw mistake(map.place, "is an empty map.", "Write flops: kernel ^ 2, or remove it.");
  if (map.entries.size > MAXIMUM_COSTS)
    throw mistake(map.place, `has ${map.entries.size} costs, at most ${MAXIMUM_COSTS}.`);
  for (const name of map.entries.keys()) laterMetrics.add(name);
  return [...map.entries].map(([name, entry]) => {
    requireName(name, entry, "cost");
    if (scope.indexOfName.has(name))
      throw mistake(entry.place, `${name} is the name of a parameter too.`, "Choose another name for the cost.");
    const cost = readCost(name, entry, scope);
    laterMetrics.delete(name);
    metrics.set(name, cost);
    return cost;
  });
}

function readCost(name: string, entry: SourceNode, scope: Scope): Cost {
  let value = entry;
  let unit = "";
  if (entry.kind === "map") {
    expectKeys(entry, "a cost", ["value", "unit"]);
    const found = entry.entries.get("value");
    if (found === undefined) throw mistake(entry.place, "value is missing.", 'Write value: "kernel ^ 2 * width".');
    value = found;
    if (entry.entries.has("unit")) unit = expectText(entry.entries.get("unit")!, "a unit, such as MAC");
  }
  const { place } = value;
  if (value.kind === "scalar" && typeof value.value === "function") {
    const compute = value.value as (values: ChoiceValues) => unknown;
    const evaluate = (architecture: Architecture): number =>
      compute(valuesOf(scope.parameters, architecture)) as number;
    return { place, name, unit, parameters: undefined, evaluate };
  }
  const { type, evaluate, parameters } = compileExpression(expectExpression(value), place, scope);
  if (type !== "number") throw mistake(place, `a cost is a number, this is ${nameType(type)}.`);
  return { place, name, unit, parameters, evaluate };
}

function readConstraints(node: SourceNode, scope: Scope): Constraint[] {
  const list = expectList(node, 'a list of expressions, such as ["width * depth <= 64"]');
  if (list.items.length > MAXIMUM_CONSTRAINTS)
    throw mistake(list.place, `has ${list.items.length} constraints, at most ${MAXIMUM_CONSTRAINTS}.`);
  return list.items.map((item) => {
    const { place } = item;
    if (item.kind === "scalar" && typeof item.value === "function") {
      const test = item.value as (values: ChoiceValues) => unknown;
      const holds = (architecture: Architecture): boolean => {
        const answer = test(valuesOf(scope.parameters, architecture));
        if (typeof answer !== "boolean")
          throw mistake(place, `the function must return true or false, got ${String(answer)}.`);
        return answer;
      };
      return { place, text: "function", parameters: undefined, holds };
    }
    const text = expectExpression(item);
    const { type, evaluate, parameters } = compileExpression(text, place, scope);
    if (type !== "truth")
      throw mistake(
        place,
        `a constraint is true or false, this is ${nameType(type)}.`,
        "Compare it: width * depth <= 64.",
      );
    if (parameters?.length === 0) throw mistake(place, "names no parameter, so it holds always or never.");
    const { reading } = scope;
    const holds = (architecture: Architecture): boolean => {
      reading.inactive = false;
      return evaluate(architecture) === 1 || reading.inactive;
    };
    return { place, text, parameters, holds };
  });
}

function expectExpression(node: SourceNode): string {
  if (node.kind === "scalar" && (typeof node.value === "number" || typeof node.value === "boolean"))
    return String(node.value);
  if (node.kind === "map")
    throw mistake(node.place, `expected an expression, got ${describeNode(node)}.`, "Put it in quotes.");
  return expectText(node, "an expression");
}
