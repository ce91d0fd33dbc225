import type { ChoiceModel } from "./model.js";
import { readExpressions } from "./readExpressions.js";
import { readParameters } from "./readParameters.js";
import { expectKeys, expectMap, expectText, mistake, type SourceNode } from "./source.js";

const KEYS = ["name", "description", "parameters", "constraints", "cost"];

/**
 * Checks a definition and makes a model of it. Throws AssayError at the first mistake.
 *
 * @param defaultName the name of a space that does not give one
 */
export function readModel(node: SourceNode, defaultName: string): ChoiceModel {
  const map = expectMap(node, "a map with the key parameters");
  expectKeys(map, "a space", KEYS);
  const parameterNode = map.entries.get("parameters");
  if (parameterNode === undefined)
    throw mistake(map.place, "parameters are missing.", "Write parameters: {kernel: [3, 5, 7], width: [16, 32]}.");
  const textOf = (key: string): string | undefined => {
    const entry = map.entries.get(key);
    return entry === undefined ? undefined : expectText(entry, "a text").trim();
  };
  const name = textOf("name") ?? defaultName;
  const parameters = readParameters(parameterNode);
  const { costs, constraints } = readExpressions(parameters, map.entries.get("cost"), map.entries.get("constraints"));
  const description = textOf("description") ?? `${parameters.length} parameters of your own`;
  return { source: map.place.source, name, description, parameters, constraints, costs };
}
