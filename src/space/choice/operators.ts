import { suggestName } from "../../errors.js";
import type { Architecture } from "../contract.js";
import { power } from "./functions.js";
import { mistake, type Place } from "./source.js";
import { expectTypes, nameType, type Term } from "./term.js";

type Numeric = (architecture: Architecture) => number;
type Truth = (architecture: Architecture) => boolean;

const arithmetic: Readonly<Record<string, (left: Numeric, right: Numeric) => Numeric>> = {
  "+": (left, right) => (a) => left(a) + right(a),
  "-": (left, right) => (a) => left(a) - right(a),
  "*": (left, right) => (a) => left(a) * right(a),
  "/": (left, right) => (a) => left(a) / right(a),
  "%": (left, right) => (a) => left(a) % right(a),
  "^": (left, right) => (a) => power(left(a), right(a)),
};

const order: Readonly<Record<string, (left: Numeric, right: Numeric) => Truth>> = {
  "<": (left, right) => (a) => left(a) < right(a),
  "<=": (left, right) => (a) => left(a) <= right(a),
  ">": (left, right) => (a) => left(a) > right(a),
  ">=": (left, right) => (a) => left(a) >= right(a),
};

/** A term out of terms, types checked. */
export function operate(operator: string, terms: readonly Term[], place: Place): Term {
  const [first, second, third] = terms;
  if (operator === "?") {
    expectTypes([first], "truth", '"? :"', place);
    if (second.type !== third.type)
      throw mistake(
        place,
        `"? :" wants two values of one kind, got ${nameType(second.type)} and ${nameType(third.type)}.`,
      );
    const condition = first.evaluate as Truth;
    const [whenTrue, whenFalse] = [second.evaluate, third.evaluate];
    return { type: second.type, evaluate: (a) => (condition(a) ? whenTrue(a) : whenFalse(a)) };
  }
  if (operator === "and" || operator === "or" || operator === "not") {
    expectTypes(terms, "truth", `"${operator}"`, place);
    const left = first.evaluate as Truth;
    if (operator === "not") return { type: "truth", evaluate: (a) => !left(a) };
    const right = second.evaluate as Truth;
    return { type: "truth", evaluate: operator === "and" ? (a) => left(a) && right(a) : (a) => left(a) || right(a) };
  }
  expectTypes(terms, "number", `"${operator}"`, place);
  const numbers = terms.map((term) => term.evaluate as Numeric);
  if (terms.length === 1) {
    const [operand] = numbers;
    if (operator === "-" && typeof first.constant?.value === "number") {
      const value = -first.constant.value;
      return { type: "number", evaluate: () => value, constant: { value } };
    }
    return { type: "number", evaluate: operator === "-" ? (a) => -operand(a) : operand };
  }
  if (operator in order) return { type: "truth", evaluate: order[operator](numbers[0], numbers[1]) };
  return { type: "number", evaluate: arithmetic[operator](numbers[0], numbers[1]) };
}

/** `==`, `!=` and `in`; a text that no level of the parameter equals is a slip of the pen and refused. */
export function compare(operator: "==" | "!=" | "in", left: Term, right: readonly Term[], place: Place): Term {
  for (const term of right) {
    if (left.type !== term.type && left.type !== "mixed" && term.type !== "mixed")
      throw mistake(
        place,
        `"${operator}" compares ${nameTerm(left)} with ${nameTerm(term)}: never equal.`,
        "Both sides must be of one kind.",
      );
    refuseUnknownLevel(left, term, place);
    refuseUnknownLevel(term, left, place);
  }
  const value = left.evaluate;
  if (operator === "in") {
    if (right.some((term) => term.constant === undefined))
      throw mistake(place, 'the list after "in" may hold only numbers, texts, true and false.');
    const values = new Set(right.map((term) => term.constant!.value));
    return { type: "truth", evaluate: (a) => values.has(value(a)) };
  }
  const other = right[0].evaluate;
  return { type: "truth", evaluate: operator === "==" ? (a) => value(a) === other(a) : (a) => value(a) !== other(a) };
}

function refuseUnknownLevel(side: Term, other: Term, place: Place): void {
  if (side.parameter === undefined || other.constant === undefined) return;
  const { levels, name, texts } = side.parameter;
  const { value } = other.constant;
  if ((levels as readonly unknown[]).includes(value)) return;
  throw mistake(place, `${name} has no level ${JSON.stringify(value)}.`, suggestName(String(value), texts));
}

function nameTerm(term: Term): string {
  return term.parameter === undefined ? nameType(term.type) : `${term.parameter.name} (${nameType(term.type)})`;
}
