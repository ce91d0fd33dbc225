import { suggestName } from "../../errors.js";
import type { Level } from "./definition.js";
import { reservedNames } from "./expression.js";
import type { ChoiceParameter, Condition } from "./model.js";
import { MAXIMUM_LEVELS, readRange } from "./range.js";
import {
  describeNode,
  describeValue,
  expectKeys,
  expectMap,
  expectText,
  mistake,
  type SourceMap,
  type SourceNode,
  shorten,
} from "./source.js";
import { formatLevel } from "./text.js";

/** An architecture of more parameters would not be a matter of choices any more. */
const MAXIMUM_PARAMETERS = 500;
const MAXIMUM_LEVELS_IN_ALL = 100_000;
const KEYS = ["levels", "range", "kind", "when", "description"];
const LOOKS = "a list of levels, or a map with levels or range";

type Unconditional = Omit<ChoiceParameter, "conditions">;

/** Reads `parameters`. */
export function readParameters(node: SourceNode): ChoiceParameter[] {
  const map = expectMap(node, "a map from names to parameters");
  if (map.entries.size === 0)
    throw mistake(map.place, "has no entry.", "A space has at least one parameter, such as kernel: [3, 5, 7].");
  if (map.entries.size > MAXIMUM_PARAMETERS)
    throw mistake(map.place, `has ${map.entries.size} parameters, at most ${MAXIMUM_PARAMETERS}.`);
  const entries = [...map.entries];
  let levelsInAll = 0;
  const unconditional = entries.map(([name, entry]) => {
    const parameter = readParameter(name, entry);
    levelsInAll += parameter.levels.length;
    if (levelsInAll > MAXIMUM_LEVELS_IN_ALL)
      throw mistake(parameter.place, `with this one there are more than ${MAXIMUM_LEVELS_IN_ALL} levels in all.`);
    return parameter;
  });
  const indexOfName = new Map(unconditional.map(({ name }, index) => [name, index]));
  return unconditional.map((parameter, i) => {
    const [, entry] = entries[i];
    const when = entry.kind === "map" ? entry.entries.get("when") : undefined;
    return { ...parameter, conditions: when === undefined ? [] : readConditions(when, unconditional, indexOfName) };
  });
}

function readParameter(name: string, entry: SourceNode): Unconditional {
  requireName(name, entry, "parameter");
  if (entry.kind === "scalar") throw mistake(entry.place, `expected ${LOOKS}, got ${describeNode(entry)}.`);
  const map: SourceMap =
    entry.kind === "map" ? entry : { kind: "map", place: entry.place, entries: new Map([["levels", entry]]) };
  expectKeys(map, "a parameter", KEYS);
  const levelNode = map.entries.get("levels");
  const rangeNode = map.entries.get("range");
  if (levelNode !== undefined && rangeNode !== undefined)
    throw mistake(map.place, "levels and range exclude each other.", "Keep one of them.");
  if (map.entries.has("description")) expectText(map.entries.get("description")!, "a text");
  if (levelNode === undefined && rangeNode === undefined)
    throw mistake(map.place, "levels are missing.", "Write levels: [3, 5, 7], or range: {from: 16, to: 64, step: 16}.");
  const levels = rangeNode === undefined ? readLevels(levelNode!) : readRange(rangeNode);
  return {
    name,
    place: map.place,
    kind: readKind(map.entries.get("kind"), levels),
    levels,
    texts: levels.map(formatLevel),
  };
}

/** Names are those of variables in expressions. */
export function requireName(name: string, node: SourceNode, kind: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name))
    throw mistake(
      node.place,
      `${JSON.stringify(shorten(name))} cannot be the name of a ${kind}.`,
      "Use letters, digits and _, at most 64, and no digit first.",
    );
  if (name === "__proto__") throw mistake(node.place, `__proto__ cannot be the name of a ${kind}.`);
  if (reservedNames.includes(name))
    throw mistake(node.place, `${name} means something in expressions.`, `Choose another name for the ${kind}.`);
}

function readLevels(node: SourceNode): Level[] {
  if (node.kind !== "list")
    throw mistake(node.place, `expected a list of levels, got ${describeNode(node)}.`, hintOfOne(node));
  if (node.items.length === 0) throw mistake(node.place, "is an empty list.", "A parameter has at least one level.");
  if (node.items.length > MAXIMUM_LEVELS)
    throw mistake(node.place, `has ${node.items.length} levels, at most ${MAXIMUM_LEVELS}.`);
  const indexOfText = new Map<string, number>();
  return node.items.map((item, index) => {
    const level = readLevel(item);
    // Level 3 and level "3" would be printed alike.
    const earlier = indexOfText.get(String(level));
    if (earlier !== undefined)
      throw mistake(
        item.place,
        `the level ${level} stands there twice, first as number ${earlier + 1}.`,
        "Remove one.",
      );
    indexOfText.set(String(level), index);
    return level;
  });
}

function hintOfOne(node: SourceNode): string | undefined {
  return node.kind === "scalar" && isLevel(node.value) ? `Write [${formatLevel(node.value)}].` : undefined;
}

function isLevel(value: unknown): value is Level {
  if (typeof value === "string") return value !== "" && value.length <= 200;
  return typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));
}

function readLevel(node: SourceNode): Level {
  if (node.kind !== "scalar" || !isLevel(node.value))
    throw mistake(
      node.place,
      `a level is a finite number, a text of at most 200 characters, true or false, got ${describeNode(node)}.`,
    );
  return typeof node.value === "number" ? node.value + 0 : node.value;
}

function readKind(node: SourceNode | undefined, levels: readonly Level[]): "categorical" | "ordinal" {
  if (node === undefined) {
    const rising = levels.every(
      (level, i) => typeof level === "number" && (i === 0 || level > (levels[i - 1] as number)),
    );
    return rising ? "ordinal" : "categorical";
  }
  const value = node.kind === "scalar" ? node.value : undefined;
  if (value === "categorical" || value === "ordinal") return value;
  const hint = typeof value === "string" ? suggestName(value, ["categorical", "ordinal"]) : undefined;
  throw mistake(node.place, `expected categorical or ordinal, got ${describeNode(node)}.`, hint);
}

function readConditions(
  node: SourceNode,
  parameters: readonly Unconditional[],
  indexOfName: ReadonlyMap<string, number>,
): Condition[] {
  const map = expectMap(node, "a map from a parameter to its levels, such as {block: conv}");
  if (map.entries.size === 0) throw mistake(map.place, "is an empty map.", "Write when: {block: conv}, or remove it.");
  return [...map.entries].map(([name, entry]) => {
    const index = indexOfName.get(name);
    if (index === undefined)
      throw mistake(entry.place, `there is no parameter ${shorten(name)}.`, suggestName(name, indexOfName.keys()));
    const { levels, texts } = parameters[index];
    const allowed: boolean[] = levels.map(() => false);
    const wanted = entry.kind === "list" ? entry.items : [entry];
    if (wanted.length === 0) throw mistake(entry.place, "is an empty list.", `Levels of ${name}: ${texts.join(", ")}.`);
    for (const item of wanted) {
      const value = item.kind === "scalar" ? item.value : undefined;
      const level = levels.indexOf(value as Level);
      if (level < 0) throw unknownLevel(name, item, parameters[index]);
      allowed[level] = true;
    }
    return { parameter: index, allowed };
  });
}

function unknownLevel(name: string, item: SourceNode, { levels, texts }: Unconditional): Error {
  if (item.kind !== "scalar") return mistake(item.place, `expected a level of ${name}, got ${describeNode(item)}.`);
  const alike = levels.find((level) => String(level) === String(item.value));
  const hint =
    alike !== undefined
      ? `The level of ${name} is ${describeValue(alike)}.`
      : suggestName(String(item.value), texts.slice(0, 50));
  return mistake(
    item.place,
    `${name} has no level ${describeValue(item.value).replace(/^the \w+( value)? /, "")}.`,
    hint,
  );
}
