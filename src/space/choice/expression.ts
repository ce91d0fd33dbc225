import { suggestName } from "../../errors.js";
import type { Architecture } from "../contract.js";
import type { Level } from "./definition.js";
import { callFunction, functionNames } from "./functions.js";
import type { ChoiceParameter } from "./model.js";
import { compare, operate } from "./operators.js";
import { createPool, type Reading, step } from "./program.js";
import { mistake, type Place } from "./source.js";
import { constantTerm, createEncoder, parameterTerm, type Term, type ValueType, type Workshop } from "./term.js";
import { parseTokens, type Token } from "./tokens.js";

/** What the names in an expression mean. */
export interface Scope {
  readonly parameters: readonly ChoiceParameter[];
  readonly indexOfName: ReadonlyMap<string, number>;
  /** Costs that stand before this expression. */
  readonly metrics: ReadonlyMap<string, Metric>;
  /** Costs that stand after it, for the message. */
  readonly laterMetrics: ReadonlySet<string>;
  readonly reading: Reading;
}

export interface Metric {
  readonly evaluate: (architecture: Architecture) => number;
  /** Undefined where it may read any parameter. */
  readonly parameters: readonly number[] | undefined;
}

export interface Compiled {
  readonly type: ValueType;
  /** Truth values are 1 and 0. */
  readonly evaluate: (architecture: Architecture) => number;
  /** Every parameter named, also through metrics; undefined where it may be any. */
  readonly parameters: readonly number[] | undefined;
}

/** Names that mean something in expressions, and so cannot be names of parameters. */
export const reservedNames: readonly string[] = ["and", "or", "not", "in", "true", "false", ...functionNames];

/**
 * Compiles an expression into a program over the genes. Types are checked here, so that running it cannot fail; an
 * inactive parameter reads as 0, false or "" and is noted in `scope.reading`.
 */
export function compileExpression(text: string, place: Place, scope: Scope): Compiled {
  const compiler = new Compiler(place, scope);
  const term = compiler.compile(parseTokens(text, place));
  return { type: term.type, evaluate: compiler.link(term), parameters: compiler.named() };
}

type Slot =
  | { readonly kind: "term"; readonly term: Term }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "list"; readonly terms: readonly Term[] }
  | { readonly kind: "branch"; readonly tokens: readonly Token[] };

class Compiler {
  readonly #place: Place;
  readonly #scope: Scope;
  readonly #workshop: Workshop;
  readonly #named = new Set<number>();
  #namesAll = false;

  constructor(place: Place, scope: Scope) {
    this.#place = place;
    this.#scope = scope;
    this.#workshop = { pool: createPool(), encoder: createEncoder(), place };
  }

  link(term: Term): (architecture: Architecture) => number {
    return this.#workshop.pool.link(term.code, this.#scope.reading);
  }

  named(): readonly number[] | undefined {
    return this.#namesAll ? undefined : [...this.#named];
  }

  compile(tokens: readonly Token[]): Term {
    const stack: Slot[] = [];
    for (const token of tokens) stack.push(this.#step(token, stack));
    if (stack.length !== 1) throw mistake(this.#place, "is not one expression.");
    return this.#term(stack[0]);
  }

  #step({ type, value }: Token, stack: Slot[]): Slot {
    switch (type) {
      case "INUMBER":
        return { kind: "term", term: constantTerm(value as Level, this.#workshop) };
      case "IVAR":
        return { kind: "name", name: String(value) };
      case "IEXPR":
        return { kind: "branch", tokens: value as readonly Token[] };
      case "IARRAY":
        return { kind: "list", terms: this.#pop(stack, Number(value)) };
      case "IOP1": {
        const [operand] = this.#pop(stack, 1);
        return made(operate(String(value), [operand], this.#workshop));
      }
      case "IOP2":
        return this.#binary(String(value), stack);
      case "IOP3": {
        const branches = [stack[stack.length - 2], stack[stack.length - 1]];
        stack.length -= 2;
        const [condition] = this.#pop(stack, 1);
        const [whenTrue, whenFalse] = branches.map((branch) => this.#branch(branch));
        return made(operate("?", [condition, whenTrue, whenFalse], this.#workshop));
      }
      case "IFUNCALL":
        return this.#call(Number(value), stack);
      default:
        throw mistake(
          this.#place,
          "uses a form that expressions do not have.",
          "Write one expression, without ; and [].",
        );
    }
  }

  #binary(operator: string, stack: Slot[]): Slot {
    const right = stack.pop()!;
    if (operator === "and" || operator === "or") {
      const [left] = this.#pop(stack, 1);
      return made(operate(operator, [left, this.#branch(right)], this.#workshop));
    }
    if (operator === "in") {
      if (right.kind !== "list")
        throw mistake(
          this.#place,
          '"in" wants a list on its right.',
          'Write, for example, block in ["conv", "mixed"].',
        );
      const [left] = this.#pop(stack, 1);
      return made(compare("in", left, right.terms, this.#workshop));
    }
    if (operator === "[") throw mistake(this.#place, "lists and texts have no index here.", "Compare whole values.");
    const [left] = this.#pop(stack, 1);
    const rightTerm = this.#term(right);
    if (operator === "==" || operator === "!=") return made(compare(operator, left, [rightTerm], this.#workshop));
    return made(operate(operator, [left, rightTerm], this.#workshop));
  }

  #call(count: number, stack: Slot[]): Slot {
    const slots = stack.splice(stack.length - count, count);
    const callee = stack.pop()!;
    if (callee.kind !== "name")
      throw mistake(this.#place, "only functions can be called.", "Write a product as a * b.");
    if (callee.name === "active") return this.#active(slots);
    if (!functionNames.includes(callee.name)) {
      const hint = this.#isKnown(callee.name)
        ? `${callee.name} is no function. Write a product as ${callee.name} * (…).`
        : suggestName(callee.name, functionNames);
      throw mistake(this.#place, `there is no function ${callee.name}().`, hint);
    }
    const terms = slots.map((slot) => this.#term(slot));
    return made(callFunction(callee.name, terms, this.#workshop));
  }

  #active(slots: readonly Slot[]): Slot {
    const [slot] = slots;
    const index = slots.length === 1 && slot.kind === "name" ? this.#scope.indexOfName.get(slot.name) : undefined;
    if (index === undefined) throw mistake(this.#place, "active() wants the name of one parameter.");
    this.#named.add(index);
    return made({ type: "truth", code: [step.isActive, index] });
  }

  #pop(stack: Slot[], count: number): Term[] {
    return stack.splice(stack.length - count, count).map((slot) => this.#term(slot));
  }

  #branch(slot: Slot): Term {
    return slot.kind === "branch" ? this.compile(slot.tokens) : this.#term(slot);
  }

  #term(slot: Slot): Term {
    if (slot.kind === "term") return slot.term;
    if (slot.kind === "name") return this.#variable(slot.name);
    if (slot.kind === "list") throw mistake(this.#place, 'a list may stand only on the right of "in".');
    throw mistake(this.#place, "holds a semicolon.", "Write one expression.");
  }

  #variable(name: string): Term {
    const index = this.#scope.indexOfName.get(name);
    if (index !== undefined) {
      this.#named.add(index);
      return parameterTerm(this.#scope.parameters[index], index, this.#workshop);
    }
    const metric = this.#scope.metrics.get(name);
    if (metric !== undefined) return this.#metric(metric);
    if (functionNames.includes(name)) throw mistake(this.#place, `${name} is a function.`, `Write ${name}(…).`);
    if (this.#scope.laterMetrics.has(name))
      throw mistake(this.#place, `the cost ${name} is not known here yet.`, "A cost may name the costs above it only.");
    const known = [...this.#scope.indexOfName.keys(), ...this.#scope.metrics.keys()];
    const isLevel = this.#scope.parameters.some((parameter) => parameter.levels.includes(name));
    const hint = isLevel ? `Texts need quotes: "${name}".` : suggestName(name, known);
    throw mistake(this.#place, `there is no parameter ${name}.`, hint);
  }

  #metric(metric: Metric): Term {
    if (metric.parameters === undefined) this.#namesAll = true;
    else for (const index of metric.parameters) this.#named.add(index);
    // What is inactive adds nothing to a cost; that does not make the constraint around it void.
    const { reading } = this.#scope;
    const evaluate = (architecture: Architecture): number => {
      const kept = reading.inactive;
      const value = metric.evaluate(architecture);
      reading.inactive = kept;
      return value;
    };
    return { type: "number", code: [step.outer, this.#workshop.pool.addOuter(evaluate)] };
  }

  #isKnown(name: string): boolean {
    return this.#scope.indexOfName.has(name) || this.#scope.metrics.has(name);
  }
}

function made(term: Term): Slot {
  return { kind: "term", term };
}
