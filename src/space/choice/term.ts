import type { Level } from "./definition.js";
import type { ChoiceParameter } from "./model.js";
import { type Pool, step } from "./program.js";
import { listWords, mistake, type Place } from "./source.js";

/** What an expression gives: "mixed" is a parameter with levels of several kinds, which can only be compared. */
export type ValueType = "number" | "text" | "truth" | "mixed";

/** A compiled part of an expression. */
export interface Term {
  readonly type: ValueType;
  readonly code: readonly number[];
  /** Where it is the same for all architectures. */
  readonly constant?: Level;
  /** Where it is just a parameter. */
  readonly parameter?: ChoiceParameter;
  readonly index?: number;
}

/** Gives texts, and truth values among other kinds, numbers that no level has. */
export interface Encoder {
  encode(value: Level, type: ValueType): number;
}

/** Numbers so large that sums of levels never meet them, far enough apart to be different. */
const FIRST_TEXT = 1e300;
const TEXT_DISTANCE = 1e290;

export function createEncoder(): Encoder {
  const numberOf = new Map<string, number>();
  return {
    encode(value, type) {
      if (typeof value === "number") return value;
      if (type === "truth") return value ? 1 : 0;
      const key = `${typeof value} ${value}`;
      const known = numberOf.get(key) ?? FIRST_TEXT + numberOf.size * TEXT_DISTANCE;
      numberOf.set(key, known);
      return known;
    },
  };
}

/** What terms are made with. */
export interface Workshop {
  readonly pool: Pool;
  readonly encoder: Encoder;
  readonly place: Place;
}

export function constantTerm(value: Level, { pool, encoder }: Workshop): Term {
  const type = typeof value === "string" ? "text" : typeof value === "boolean" ? "truth" : "number";
  return { type, code: [step.constant, pool.add([encoder.encode(value, type)])], constant: value };
}

export function parameterTerm(parameter: ChoiceParameter, index: number, { pool, encoder }: Workshop): Term {
  const type = typeOf(parameter);
  const table = pool.add(parameter.levels.map((level) => encoder.encode(level, type)));
  const code = [step.parameter, index, table, pool.add([encoder.encode(inactiveValue(type), type)])];
  return { type, code, parameter, index };
}

/** A parameter seen through a test of its levels. */
export function tableTerm(term: Term, test: (value: Level) => boolean, { pool }: Workshop): Term {
  const { levels } = term.parameter!;
  const table = pool.add(levels.map((level) => (test(level) ? 1 : 0)));
  const inactive = pool.add([test(inactiveValue(term.type)) ? 1 : 0]);
  return { type: "truth", code: [step.parameter, term.index!, table, inactive] };
}

/** What an inactive parameter reads as. */
function inactiveValue(type: ValueType): Level {
  return type === "number" ? 0 : type === "truth" ? false : "";
}

function typeOf({ levels }: ChoiceParameter): ValueType {
  const kinds = new Set(levels.map((level) => typeof level));
  if (kinds.size > 1) return "mixed";
  return kinds.has("number") ? "number" : kinds.has("string") ? "text" : "truth";
}

/** "a number", "a text"… for messages. */
export function nameType(type: ValueType): string {
  return type === "truth" ? "a truth value" : type === "mixed" ? "a mix of kinds" : `a ${type}`;
}

export function nameTerm(term: Term): string {
  return term.parameter === undefined ? nameType(term.type) : `${term.parameter.name} (${nameType(term.type)})`;
}

/** Throws unless every term has the type. */
export function expectTypes(terms: readonly Term[], type: "number" | "truth", owner: string, place: Place): void {
  for (const term of terms) {
    if (term.type === type) continue;
    const wanted = type === "truth" ? "truth values" : "numbers";
    throw mistake(place, `${owner} wants ${wanted}, got ${nameTerm(term)}.`, hintOf(term));
  }
}

function hintOf({ parameter, type }: Term): string | undefined {
  if (parameter === undefined) return undefined;
  const { name, levels, texts } = parameter;
  if (type === "truth") return `Write (${name} ? 1 : 0).`;
  if (type === "number") return `Levels of ${name}: ${listWords(texts.slice(0, 5))}.`;
  return `Compare it: ${name} == ${JSON.stringify(levels[0])}; ? : turns that into a number.`;
}
