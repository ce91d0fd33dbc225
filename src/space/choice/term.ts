import type { Architecture } from "../contract.js";
import type { ChoiceParameter } from "./model.js";
import { listWords, mistake, type Place } from "./source.js";

/** What an expression gives: "mixed" is a parameter with levels of several kinds, which can only be compared. */
export type ValueType = "number" | "text" | "truth" | "mixed";

/** A compiled part of an expression. */
export interface Term {
  readonly type: ValueType;
  readonly evaluate: (architecture: Architecture) => unknown;
  /** Where it is the same for all architectures. */
  readonly constant?: { readonly value: unknown };
  /** Where it is just a parameter. */
  readonly parameter?: ChoiceParameter;
}

/** "a number", "a text"… for messages. */
export function nameType(type: ValueType): string {
  return type === "truth" ? "a truth value" : type === "mixed" ? "a mix of kinds" : `a ${type}`;
}

/** Throws unless every term has the type. */
export function expectTypes(terms: readonly Term[], type: ValueType, owner: string, place: Place): void {
  for (const term of terms) {
    if (term.type === type) continue;
    const subject =
      term.parameter === undefined ? nameType(term.type) : `${term.parameter.name} (${nameType(term.type)})`;
    throw mistake(
      place,
      `${owner} wants ${type === "truth" ? "truth values" : `${type}s`}, got ${subject}.`,
      hintOf(term),
    );
  }
}

function hintOf(term: Term): string | undefined {
  if (term.parameter === undefined) return undefined;
  if (term.type === "text" || term.type === "mixed")
    return `Compare it: ${term.parameter.name} == ${JSON.stringify(term.parameter.levels[0])}; ? : turns that into a number.`;
  if (term.type === "truth") return `Write (${term.parameter.name} ? 1 : 0).`;
  return `Levels of ${term.parameter.name}: ${listWords(term.parameter.texts.slice(0, 5))}.`;
}
