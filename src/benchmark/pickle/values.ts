import type { NumpyArray } from "./numpyArray.js";
import type { NumpyType } from "./numpyType.js";
import type { TorchStorage, TorchTensor } from "./torchTensor.js";

/** Everything that the unpickler can make. Nothing here has behaviour of its own choosing. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | PickleTuple
  | PickleDictionary
  | PickleSet
  | PickleGlobal
  | NumpyType
  | NumpyArray
  | TorchStorage
  | TorchTensor;

export class PickleTuple {
  readonly items: readonly PickleValue[];

  constructor(items: readonly PickleValue[]) {
    this.items = items;
  }
}

/** One of the known functions and classes that a pickle may name, with what Assay does in its place. */
export class PickleGlobal {
  readonly name: string;
  /** Throws a plain Error with the reason for arguments that it cannot take. */
  readonly call: (argumentsGiven: readonly PickleValue[]) => PickleValue;

  constructor(name: string, call: (argumentsGiven: readonly PickleValue[]) => PickleValue) {
    this.name = name;
    this.call = call;
  }
}

/** A Python dictionary; keys are numbers, texts, truth values, None, bytes and tuples of these. */
export class PickleDictionary {
  readonly #entries = new Map<string, readonly [PickleValue, PickleValue]>();

  get size(): number {
    return this.#entries.size;
  }

  set(key: PickleValue, value: PickleValue): void {
    this.#entries.set(hashableText(key), [key, value]);
  }

  /** The value of a key; undefined where it is absent. */
  get(key: PickleValue): PickleValue | undefined {
    return this.#entries.get(hashableText(key))?.[1];
  }

  /** All keys and values in the order in which the keys came first. */
  entries(): Iterable<readonly [PickleValue, PickleValue]> {
    return this.#entries.values();
  }
}

export class PickleSet {
  readonly #items = new Map<string, PickleValue>();

  get size(): number {
    return this.#items.size;
  }

  add(value: PickleValue): void {
    this.#items.set(hashableText(value), value);
  }

  has(value: PickleValue): boolean {
    return this.#items.has(hashableText(value));
  }

  values(): Iterable<PickleValue> {
    return this.#items.values();
  }
}

const maximumKeyLength = 4096;

/** A text that two values share exactly if Python calls them equal. Bounded, because tuples may share their parts. */
function hashableText(value: PickleValue): string {
  const parts: string[] = [];
  let length = 0;
  const write = (part: string): void => {
    length += part.length;
    if (length > maximumKeyLength) throw new Error("a dictionary key or set member is too large");
    parts.push(part);
  };
  const visit = (item: PickleValue): void => {
    if (item === null) write("None;");
    else if (typeof item === "string") write(`s${item.length}:${item};`);
    else if (typeof item === "number" || typeof item === "boolean") write(`n${Number(item)};`);
    else if (typeof item === "bigint") write(`n${item};`);
    else if (item instanceof Uint8Array) write(`b${Buffer.from(item.subarray(0, maximumKeyLength)).toString("hex")};`);
    else if (item instanceof PickleTuple) {
      write("(");
      for (const part of item.items) visit(part);
      write(")");
    } else throw new Error("a dictionary key or set member is not a number, text or tuple of these");
  };
  visit(value);
  return parts.join("");
}
