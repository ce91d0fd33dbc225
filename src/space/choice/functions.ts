import { power, step } from "./program.js";
import { mistake } from "./source.js";
import { expectTypes, type Term, type Workshop } from "./term.js";

/** Functions of one number. Only such as give the same digits on every machine. */
const ofOne: ReadonlyMap<string, (value: number) => number> = new Map([
  ["abs", Math.abs],
  ["ceil", Math.ceil],
  ["floor", Math.floor],
  ["round", Math.round],
  ["sqrt", Math.sqrt],
  ["exp", Math.exp],
  ["log", Math.log],
  ["log2", (value: number) => logarithm(value, 2)],
  ["log10", (value: number) => logarithm(value, 10)],
]);

/** Functions of any count of numbers. */
const ofMany: ReadonlyMap<string, number> = new Map([
  ["min", step.minimum],
  ["max", step.maximum],
]);

export const functionNames: readonly string[] = [...ofOne.keys(), ...ofMany.keys(), "active"];

/** A call of any function but `active`. */
export function callFunction(name: string, terms: readonly Term[], { pool, place }: Workshop): Term {
  expectTypes(terms, "number", `${name}()`, place);
  const apply = ofOne.get(name);
  if (apply !== undefined) {
    if (terms.length !== 1) throw mistake(place, `${name}() wants 1 number, got ${terms.length}.`);
    return { type: "number", code: [...terms[0].code, step.apply, pool.addFunction(apply)] };
  }
  if (terms.length === 0) throw mistake(place, `${name}() wants at least 1 number, got none.`);
  const code = [...terms[0].code];
  for (const { code: next } of terms.slice(1)) code.push(...next, ofMany.get(name)!);
  return { type: "number", code };
}

/** Exact for whole powers of the base, where the quotient of two logarithms is not. */
function logarithm(value: number, base: number): number {
  const quotient = Math.log(value) / Math.log(base);
  const whole = Math.round(quotient);
  return Math.abs(whole) < 300 && power(base, whole) === value ? whole : quotient;
}
