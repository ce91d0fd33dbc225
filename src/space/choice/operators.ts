import { suggestName } from "../../errors.js";
import type { Level } from "./definition.js";
import { step } from "./program.js";
import { mistake, type Place } from "./source.js";
import { expectTypes, nameTerm, nameType, type Term, tableTerm, type Workshop } from "./term.js";

const arithmetic: ReadonlyMap<string, number> = new Map([
  ["+", step.add],
  ["-", step.subtract],
  ["*", step.multiply],
  ["/", step.divide],
  ["%", step.remainder],
  ["^", step.power],
]);

/** Step, and whether the sides change places. */
const order: ReadonlyMap<string, readonly [step: number, swapped: boolean]> = new Map([
  ["<", [step.less, false]],
  ["<=", [step.atMost, false]],
  [">", [step.less, true]],
  [">=", [step.atMost, true]],
]);

/** A term out of terms, types checked. */
export function operate(operator: string, terms: readonly Term[], workshop: Workshop): Term {
  const { place } = workshop;
  const [first, second, third] = terms;
  if (operator === "?") {
    expectTypes([first], "truth", '"? :"', place);
    if (second.type !== third.type)
      throw mistake(
        place,
        `"? :" wants two values of one kind, got ${nameType(second.type)} and ${nameType(third.type)}.`,
      );
    const skipElse = [step.jump, third.code.length];
    const skipThen = [step.jumpIfFalse, second.code.length + skipElse.length];
    return { type: second.type, code: [...first.code, ...skipThen, ...second.code, ...skipElse, ...third.code] };
  }
  if (operator === "and" || operator === "or" || operator === "not") {
    expectTypes(terms, "truth", `"${operator}"`, place);
    if (operator === "not") return { type: "truth", code: [...first.code, step.not] };
    const jump = operator === "and" ? step.jumpIfFalseElseDrop : step.jumpIfTrueElseDrop;
    return { type: "truth", code: [...first.code, jump, second.code.length, ...second.code] };
  }
  expectTypes(terms, "number", `"${operator}"`, place);
  if (terms.length === 1) return operator === "-" ? negate(first, workshop) : first;
  const comparison = order.get(operator);
  if (comparison === undefined)
    return { type: "number", code: [...first.code, ...second.code, arithmetic.get(operator)!] };
  const [code, swapped] = comparison;
  const sides = swapped ? [...second.code, ...first.code] : [...first.code, ...second.code];
  return { type: "truth", code: [...sides, code] };
}

/** -3 is a constant too, for lists. */
function negate(term: Term, { pool }: Workshop): Term {
  if (typeof term.constant !== "number") return { type: "number", code: [...term.code, step.negate] };
  const constant = -term.constant;
  return { type: "number", code: [step.constant, pool.add([constant])], constant };
}

/** `==`, `!=` and `in`; a value that no level of the parameter equals is a slip of the pen and refused. */
export function compare(operator: "==" | "!=" | "in", left: Term, right: readonly Term[], workshop: Workshop): Term {
  const { place, pool, encoder } = workshop;
  for (const term of right) {
    refuseDifferentKinds(operator, left, term, place);
    refuseUnknownLevel(left, term, place);
    refuseUnknownLevel(term, left, place);
  }
  const constants = right.map(({ constant }) => constant).filter((constant) => constant !== undefined);
  if (operator === "in" && constants.length < right.length)
    throw mistake(place, 'the list after "in" may hold only numbers, texts, true and false.');
  const finish = (term: Term): Term => (operator === "!=" ? { type: "truth", code: [...term.code, step.not] } : term);
  if (left.parameter !== undefined && constants.length === right.length)
    return finish(tableTerm(left, (value) => constants.includes(value), workshop));
  const [other] = right;
  if (operator !== "in" && other.parameter !== undefined && left.constant !== undefined)
    return finish(tableTerm(other, (value) => value === left.constant, workshop));
  if (operator !== "in") return finish({ type: "truth", code: [...left.code, ...other.code, step.equal] });
  const first = pool.add(constants.map((constant) => encoder.encode(constant, left.type)));
  return { type: "truth", code: [...left.code, step.isOneOf, first, constants.length] };
}

function refuseDifferentKinds(operator: string, left: Term, right: Term, place: Place): void {
  if (left.type === right.type) return;
  const [mixed, other] = left.type === "mixed" ? [left, right] : [right, left];
  if (mixed.type === "mixed" && (other.type !== "truth" || other.constant !== undefined)) return;
  throw mistake(
    place,
    `"${operator}" compares ${nameTerm(left)} with ${nameTerm(right)}: never equal.`,
    "Both sides must be of one kind.",
  );
}

function refuseUnknownLevel(side: Term, other: Term, place: Place): void {
  if (side.parameter === undefined || other.constant === undefined) return;
  const { levels, name, texts } = side.parameter;
  if (levels.includes(other.constant as Level)) return;
  throw mistake(
    place,
    `${name} has no level ${JSON.stringify(other.constant)}.`,
    suggestName(String(other.constant), texts),
  );
}
