import type { Architecture } from "../contract.js";

/** Whether a program met an inactive parameter since this was last set to false. */
export interface Reading {
  inactive: boolean;
}

/**
 * Steps of a program. Each is a number followed by its operands; jumps count from the next step, so that pieces of code can
 * be put side by side. Truth values are 1 and 0, texts are numbers far beyond those of architectures (`encodeValue`).
 */
export const step = {
  /** position in the pool */
  constant: 0,
  /** parameter, position of its table in the pool, position of the value where it is inactive */
  parameter: 1,
  /** parameter */
  isActive: 2,
  /** number of the outer function, which gets the architecture */
  outer: 3,
  /** number of the function of one number */
  apply: 4,
  add: 5,
  subtract: 6,
  multiply: 7,
  divide: 8,
  remainder: 9,
  power: 10,
  negate: 11,
  minimum: 12,
  maximum: 13,
  less: 14,
  atMost: 15,
  equal: 16,
  not: 17,
  /** position in the pool, count */
  isOneOf: 18,
  /** distance */
  jump: 19,
  /** distance; takes the value */
  jumpIfFalse: 20,
  /** distance; leaves the value where it jumps */
  jumpIfFalseElseDrop: 21,
  jumpIfTrueElseDrop: 22,
} as const;

/** Numbers that programs read: constants and one table for each way to see a parameter. */
export interface Pool {
  /** Appends and returns the position of the first. */
  add(values: readonly number[]): number;
  addOuter(outer: (architecture: Architecture) => number): number;
  addFunction(apply: (value: number) => number): number;
  /** Makes code over this pool runnable. */
  link(code: readonly number[], reading: Reading): (architecture: Architecture) => number;
}

export function createPool(): Pool {
  const numbers: number[] = [];
  const outers: ((architecture: Architecture) => number)[] = [];
  const functions: ((value: number) => number)[] = [];
  return {
    add(values) {
      const first = numbers.length;
      for (const value of values) numbers.push(value);
      return first;
    },
    addOuter: (outer) => outers.push(outer) - 1,
    addFunction: (apply) => functions.push(apply) - 1,
    link(code, reading) {
      const steps = Int32Array.from(code);
      const pool = Float64Array.from(numbers);
      // Each step pushes at most one value.
      const stack = new Float64Array(steps.length);
      return (architecture) => run(steps, pool, stack, outers, functions, reading, architecture);
    },
  };
}

/** One interpreter for all expressions: no value leaves the stack, so nothing is allocated. */
function run(
  code: Int32Array,
  pool: Float64Array,
  stack: Float64Array,
  outers: readonly ((architecture: Architecture) => number)[],
  functions: readonly ((value: number) => number)[],
  reading: Reading,
  architecture: Architecture,
): number {
  let top = -1;
  let at = 0;
  while (at < code.length) {
    switch (code[at]) {
      case step.constant:
        stack[++top] = pool[code[at + 1]];
        at += 2;
        break;
      case step.parameter: {
        const level = architecture[code[at + 1]];
        if (level >= 0) stack[++top] = pool[code[at + 2] + level];
        else {
          reading.inactive = true;
          stack[++top] = pool[code[at + 3]];
        }
        at += 4;
        break;
      }
      case step.isActive:
        stack[++top] = architecture[code[at + 1]] >= 0 ? 1 : 0;
        at += 2;
        break;
      case step.outer:
        stack[++top] = outers[code[at + 1]](architecture);
        at += 2;
        break;
      case step.apply:
        stack[top] = functions[code[at + 1]](stack[top]);
        at += 2;
        break;
      case step.add:
        top--;
        stack[top] += stack[top + 1];
        at++;
        break;
      case step.subtract:
        top--;
        stack[top] -= stack[top + 1];
        at++;
        break;
      case step.multiply:
        top--;
        stack[top] *= stack[top + 1];
        at++;
        break;
      case step.divide:
        top--;
        stack[top] /= stack[top + 1];
        at++;
        break;
      case step.remainder:
        top--;
        stack[top] %= stack[top + 1];
        at++;
        break;
      case step.power:
        top--;
        stack[top] = power(stack[top], stack[top + 1]);
        at++;
        break;
      case step.negate:
        stack[top] = -stack[top];
        at++;
        break;
      case step.minimum:
        top--;
        stack[top] = Math.min(stack[top], stack[top + 1]);
        at++;
        break;
      case step.maximum:
        top--;
        stack[top] = Math.max(stack[top], stack[top + 1]);
        at++;
        break;
      case step.less:
        top--;
        stack[top] = stack[top] < stack[top + 1] ? 1 : 0;
        at++;
        break;
      case step.atMost:
        top--;
        stack[top] = stack[top] <= stack[top + 1] ? 1 : 0;
        at++;
        break;
      case step.equal:
        top--;
        stack[top] = stack[top] === stack[top + 1] ? 1 : 0;
        at++;
        break;
      case step.not:
        stack[top] = 1 - stack[top];
        at++;
        break;
      case step.isOneOf: {
        let found = 0;
        for (let i = 0; i < code[at + 2]; i++) if (pool[code[at + 1] + i] === stack[top]) found = 1;
        stack[top] = found;
        at += 3;
        break;
      }
      case step.jump:
        at += 2 + code[at + 1];
        break;
      case step.jumpIfFalse:
        at += stack[top--] === 0 ? 2 + code[at + 1] : 2;
        break;
      case step.jumpIfFalseElseDrop:
        if (stack[top] === 0) at += code[at + 1];
        else top--;
        at += 2;
        break;
      case step.jumpIfTrueElseDrop:
        if (stack[top] !== 0) at += code[at + 1];
        else top--;
        at += 2;
        break;
      default:
        throw new Error(`a program has no step ${code[at]}`);
    }
  }
  return stack[0];
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
