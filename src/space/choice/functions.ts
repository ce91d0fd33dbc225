import type { Architecture } from "../contract.js";
import { mistake, type Place } from "./source.js";
import { expectTypes, type Term } from "./term.js";

/** Functions of one number. Only such as give the same digits on every machine. */
const ofOne: Readonly<Record<string, (value: number) => number>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  floor: Math.floor,
  round: Math.round,
  sqrt: Math.sqrt,
  exp: Math.exp,
  log: Math.log,
  log2: (value) => logarithm(value, 2),
  log10: (value) => logarithm(value, 10),
};

/** Functions of any count of numbers. */
const ofMany: Readonly<Record<string, (a: number, b: number) => number>> = {
  min: (a, b) => Math.min(a, b),
  max: (a, b) => Math.max(a, b),
};

export const functionNames: readonly string[] = [...Object.keys(ofOne), ...Object.keys(ofMany), "active"];

export function callFunction(name: string, terms: readonly Term[], place: Place): Term {
  expectTypes(terms, "number", `${name}()`, place);
  const operands = terms.map((term) => term.evaluate as (architecture: Architecture) => number);
  if (name in ofOne) {
    if (terms.length !== 1) throw mistake(place, `${name}() wants 1 number, got ${terms.length}.`);
    const apply = ofOne[name];
    const [operand] = operands;
    return { type: "number", evaluate: (architecture) => apply(operand(architecture)) };
  }
  if (terms.length === 0) throw mistake(place, `${name}() wants at least 1 number, got none.`);
  const apply = ofMany[name];
  return {
    type: "number",
    evaluate: (architecture) => {
      let value = operands[0](architecture);
      for (let i = 1; i < operands.length; i++) value = apply(value, operands[i](architecture));
      return value;
    },
  };
}

/** Exact for whole powers of the base, where the quotient of two logarithms is not. */
function logarithm(value: number, base: number): number {
  const quotient = Math.log(value) / Math.log(base);
  const whole = Math.round(quotient);
  return Math.abs(whole) < 300 && power(base, whole) === value ? whole : quotient;
}

/** Multiplications for whole exponents: Math.pow may round differently on another version of the engine. */
export function power(base: number, exponent: number): number {
  if (exponent === 2) return base * base;
  if (exponent === 0.5) return Math.sqrt(base);
  if (!Number.isInteger(exponent)) return Math.exp(exponent * Math.log(base));
  let result = 1;
  let square = base;
  for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return exponent < 0 ? 1 / result : result;
}
