import type { PickleReader } from "./reader.js";
import type { PickleGlobal, PickleValue } from "./values.js";

/** What a pickle may name and use, besides plain data. */
export interface PickleRules {
  /** Known functions and classes by "module name". */
  readonly globals: ReadonlyMap<string, PickleGlobal>;
  /** Turns a persistent id into a value; without it such ids are refused. */
  readonly persistent?: ((id: PickleValue) => PickleValue) | undefined;
  /** The most containers and remembered values that one pickle may have; memory is bounded by it. */
  readonly maximumObjects: number;
}

const maximumStack = 1 << 20;
const maximumMarks = 10_000;

/** The stack machine that a pickle drives. Opcodes live in `*Opcodes.ts`. */
export class PickleMachine {
  readonly reader: PickleReader;
  readonly rules: PickleRules;
  readonly #stack: PickleValue[] = [];
  readonly #marks: number[] = [];
  readonly #memo: (PickleValue | undefined)[] = [];
  #remembered = 0;
  #objects = 0;

  constructor(reader: PickleReader, rules: PickleRules) {
    this.reader = reader;
    this.rules = rules;
  }

  get depth(): number {
    return this.#stack.length;
  }

  push(value: PickleValue): void {
    if (this.#stack.length >= maximumStack) throw this.reader.refuse("the data are nested too deeply");
    this.#stack.push(value);
  }

  /** Pushes a new container, which counts towards the limit. */
  pushNew(value: PickleValue): void {
    this.count();
    this.push(value);
  }

  /** Counts one more object or remembered value. */
  count(): void {
    if (++this.#objects > this.rules.maximumObjects) {
      throw this.reader.refuse(`more than ${this.rules.maximumObjects} objects`);
    }
  }

  pop(): PickleValue {
    if (this.#stack.length <= (this.#marks.at(-1) ?? 0)) throw this.reader.refuse("a value is missing on the stack");
    return this.#stack.pop()!;
  }

  top(): PickleValue {
    if (this.#stack.length <= (this.#marks.at(-1) ?? 0)) throw this.reader.refuse("a value is missing on the stack");
    return this.#stack[this.#stack.length - 1];
  }

  mark(): void {
    if (this.#marks.length >= maximumMarks) throw this.reader.refuse("the data are nested too deeply");
    this.#marks.push(this.#stack.length);
  }

  /** Takes everything since the last mark. */
  popToMark(): PickleValue[] {
    const start = this.#marks.pop();
    if (start === undefined) throw this.reader.refuse("a mark is missing");
    return this.#stack.splice(start);
  }

  remember(position: number): void {
    if (position >= this.rules.maximumObjects)
      throw this.reader.refuse(`a value is remembered under number ${position}`);
    this.count();
    if (this.#memo[position] === undefined) this.#remembered++;
    this.#memo[position] = this.top();
  }

  rememberNext(): void {
    this.remember(this.#remembered);
  }

  recall(position: number): void {
    const value = this.#memo[position];
    if (value === undefined) throw this.reader.refuse(`nothing is remembered under number ${position}`);
    this.push(value);
  }

  /** Runs a step of a known function; its reasons for refusing get a position. */
  attempt<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw this.reader.refuse((error as Error).message);
    }
  }
}
