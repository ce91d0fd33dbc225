import { AssayError, suggestName } from "../../errors.js";
import type { Architecture } from "../contract.js";
import type { Level } from "./definition.js";
import { isActive } from "./diagram.js";
import type { ChoiceModel, ChoiceParameter } from "./model.js";
import { listWords, shorten } from "./source.js";

/** How a level is printed: texts with other characters than those of words and numbers stand in quotes. */
export function formatLevel(level: Level): string {
  if (typeof level !== "string") return String(level);
  return /^[A-Za-z0-9_.+/:-]+$/.test(level) ? level : JSON.stringify(level);
}

/** `kernel=3,width=64`: the active parameters in the order of the definition. */
export function formatArchitecture(parameters: readonly ChoiceParameter[], architecture: Architecture): string {
  const parts: string[] = [];
  for (const [i, { name, texts }] of parameters.entries())
    if (architecture[i] >= 0) parts.push(`${name}=${texts[architecture[i]]}`);
  return parts.join(",");
}

/** Reads what `formatArchitecture` wrote, in any order of the parameters; constraints are the caller's affair. */
export function parseArchitecture(model: ChoiceModel, order: Int32Array, text: string): Architecture {
  const { parameters } = model;
  const failure = (what: string, hint?: string): AssayError =>
    new AssayError(
      "bad-architecture",
      `Cannot read ${JSON.stringify(shorten(text))} as an architecture of ${model.name}: ${what}`,
      hint,
    );
  const given = new Int32Array(parameters.length).fill(-1);
  for (const part of splitParts(text.trim())) {
    const equals = part.indexOf("=");
    if (equals < 0) throw failure(`${JSON.stringify(shorten(part))} is not name=level.`, "Write kernel=3,width=64.");
    const name = part.slice(0, equals).trim();
    const index = parameters.findIndex((parameter) => parameter.name === name);
    if (index < 0)
      throw failure(
        `there is no parameter ${JSON.stringify(shorten(name))}.`,
        suggestName(
          name,
          parameters.map((parameter) => parameter.name),
        ),
      );
    if (given[index] >= 0) throw failure(`${name} is given twice.`);
    const { texts } = parameters[index];
    const level = part.slice(equals + 1).trim();
    given[index] = texts.indexOf(level);
    if (given[index] < 0)
      throw failure(`${name} has no level ${shorten(level)}.`, suggestName(level, texts.slice(0, 50)));
  }
  // Parents first for the conditions; the first problem in the order of the definition for the message.
  const settled = given.slice();
  const active = parameters.map(() => false);
  for (const index of order) {
    active[index] = isActive(parameters[index], settled);
    if (!active[index]) settled[index] = -1;
  }
  const missing = parameters.find((_, index) => active[index] && given[index] < 0);
  if (missing !== undefined)
    throw failure(`${missing.name} is missing.`, `Its levels are ${listWords(missing.texts.slice(0, 20), "or")}.`);
  const inactive = parameters.find((_, index) => !active[index] && given[index] >= 0);
  if (inactive !== undefined)
    throw failure(
      `${inactive.name} is inactive here.`,
      `It exists only when ${describeConditions(parameters, inactive)}.`,
    );
  return given;
}

function describeConditions(parameters: readonly ChoiceParameter[], { conditions }: ChoiceParameter): string {
  const clauses = conditions.map(({ parameter, allowed }) => {
    const { name, texts } = parameters[parameter];
    return `${name} is ${listWords(
      texts.filter((_, level) => allowed[level]),
      "or",
    )}`;
  });
  return listWords(clauses);
}

/** Splits at commas outside quotes. */
function splitParts(text: string): string[] {
  if (text === "") return [];
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "\\" && quoted) i++;
    else if (text[i] === '"') quoted = !quoted;
    else if (text[i] === "," && !quoted) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts;
}
