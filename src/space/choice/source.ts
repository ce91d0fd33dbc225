import { AssayError, nearestName } from "../../errors.js";

/** Where something was written. */
export interface Place {
  /** File name, or `space "name"` for an object. */
  readonly source: string;
  /** Line in the file, from 1. */
  readonly line?: number;
  /** Path of keys, such as `parameters.kernel.levels[2]`; empty at the top. */
  readonly field: string;
}

/** A definition as it was written, the same for files and for objects: every part knows its place. */
export type SourceNode = SourceMap | SourceList | SourceScalar;

export interface SourceMap {
  readonly kind: "map";
  readonly place: Place;
  readonly entries: ReadonlyMap<string, SourceNode>;
}

export interface SourceList {
  readonly kind: "list";
  readonly place: Place;
  readonly items: readonly SourceNode[];
}

export interface SourceScalar {
  readonly kind: "scalar";
  readonly place: Place;
  readonly value: unknown;
}

/** The error of every mistake in a definition: place, what was expected, and what to do. */
export function mistake(place: Place, what: string, hint?: string): AssayError {
  const line = place.line === undefined ? "" : `:${place.line}`;
  const field = place.field === "" ? "" : ` ${place.field}:`;
  return new AssayError("bad-space", `${place.source}${line}:${field} ${what}`, hint);
}

/** The field of an entry or item inside a field. */
export function childField(field: string, key: string | number): string {
  if (typeof key === "number") return `${field}[${key}]`;
  return field === "" ? key : `${field}.${key}`;
}

/** Looks at a value of TypeScript as at a file; `depth` stops objects that contain themselves. */
export function sourceOfValue(value: unknown, place: Place, depth = 0): SourceNode {
  if (depth > 20) throw mistake(place, "is nested more than 20 levels deep.");
  if (Array.isArray(value)) {
    const items = value.map((item, i) =>
      sourceOfValue(item, { ...place, field: childField(place.field, i) }, depth + 1),
    );
    return { kind: "list", place, items };
  }
  if (typeof value === "object" && value !== null) {
    const entries = new Map<string, SourceNode>();
    for (const [key, child] of Object.entries(value)) {
      if (child === undefined) continue;
      entries.set(key, sourceOfValue(child, { ...place, field: childField(place.field, key) }, depth + 1));
    }
    return { kind: "map", place, entries };
  }
  return { kind: "scalar", place, value };
}

/** What was found, for "got …". */
export function describeNode(node: SourceNode): string {
  if (node.kind === "map") return "a map";
  if (node.kind === "list") return "a list";
  return describeValue(node.value);
}

export function describeValue(value: unknown): string {
  if (value === null || value === undefined || value === "") return "nothing";
  if (typeof value === "string") return `the text ${JSON.stringify(shorten(value))}`;
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value === "boolean") return `the truth value ${value}`;
  return `a ${typeof value}`;
}

/** Long texts of users are cut in messages. */
export function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}

export function expectMap(node: SourceNode, expected: string): SourceMap {
  if (node.kind !== "map") throw mistake(node.place, `expected ${expected}, got ${describeNode(node)}.`);
  return node;
}

export function expectList(node: SourceNode, expected: string): SourceList {
  if (node.kind !== "list") throw mistake(node.place, `expected ${expected}, got ${describeNode(node)}.`);
  return node;
}

export function expectText(node: SourceNode, expected: string): string {
  if (node.kind !== "scalar" || typeof node.value !== "string" || node.value.trim() === "")
    throw mistake(node.place, `expected ${expected}, got ${describeNode(node)}.`);
  return node.value;
}

export function expectNumber(node: SourceNode, expected: string): number {
  if (node.kind !== "scalar" || typeof node.value !== "number" || !Number.isFinite(node.value))
    throw mistake(node.place, `expected ${expected}, got ${describeNode(node)}.`);
  return node.value;
}

/** Throws at the first key that is not one of `known`. */
export function expectKeys(map: SourceMap, owner: string, known: readonly string[]): void {
  for (const [key, node] of map.entries) {
    if (known.includes(key)) continue;
    throw mistake(node.place, `${owner} has no key ${JSON.stringify(shorten(key))}.`, hintOfKeys(key, known));
  }
}

function hintOfKeys(key: string, known: readonly string[]): string {
  const nearest = nearestName(key, known);
  return nearest === undefined ? `Its keys are ${listWords(known)}.` : `Did you mean "${nearest}"?`;
}

/** "a, b and c" */
export function listWords(words: readonly string[], last = "and"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;
}
