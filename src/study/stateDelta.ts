import type { StrategyState } from "../strategy/contract.js";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * What turns one JSON value into another, as JSON. States grow at the end and change here and there, so that a step costs
 * what changed and not what there is.
 */
export type Delta =
  /** The same. */
  | 0
  /** Another value altogether. */
  | { readonly set: Json }
  /** A list that kept its first `keep` members, but for those in `at` (position and delta), and goes on with `add`. */
  | { readonly keep: number; readonly at?: readonly (readonly [number, Delta])[]; readonly add?: readonly Json[] }
  /** An object with these keys changed, and those gone. */
  | { readonly in: { readonly [key: string]: Delta }; readonly gone?: readonly string[] };

/**
 * The delta between two states.
 *
 * @example
 * const delta = stateDelta({ labels: [1, "pending"] }, { labels: [1, 2, "pending"] });
 * applyStateDelta({ labels: [1, "pending"] }, delta); // { labels: [1, 2, "pending"] }
 */
export function stateDelta(before: StrategyState, after: StrategyState): Delta {
  return difference(before as Json, after as Json);
}

/** The state that a delta leads to. */
export function applyStateDelta(before: StrategyState, delta: Delta): StrategyState {
  return apply(before as Json, delta) as StrategyState;
}

function difference(before: Json, after: Json): Delta {
  if (before === after) return 0;
  if (Array.isArray(before) && Array.isArray(after)) return differenceOfLists(before, after);
  if (isObject(before) && isObject(after)) {
    const changed: Record<string, Delta> = {};
    for (const [key, value] of Object.entries(after)) {
      if (value === undefined) continue;
      const delta = Object.hasOwn(before, key) ? difference(before[key], value) : { set: value };
      if (delta !== 0) define(changed, key, delta);
    }
    const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
    if (gone.length > 0) return { in: changed, gone };
    return Object.keys(changed).length === 0 ? 0 : { in: changed };
  }
  return { set: after };
}

function differenceOfLists(before: readonly Json[], after: readonly Json[]): Delta {
  const keep = Math.min(before.length, after.length);
  const at: [number, Delta][] = [];
  for (let position = 0; position < keep; position++) {
    const delta = difference(before[position], after[position]);
    if (delta !== 0) at.push([position, delta]);
  }
  if (at.length === 0 && before.length === after.length) return 0;
  // Where most members changed the list is written shorter whole.
  if (at.length > keep / 2) return { set: after };
  return {
    keep,
    ...(at.length === 0 ? {} : { at }),
    ...(after.length === keep ? {} : { add: after.slice(keep) }),
  };
}

function apply(before: Json, delta: Delta): Json {
  if (delta === 0) return before;
  if ("set" in delta) return delta.set;
  if ("keep" in delta) {
    const list = (before as readonly Json[]).slice(0, delta.keep);
    for (const [position, change] of delta.at ?? []) list[position] = apply(list[position], change);
    for (const member of delta.add ?? []) list.push(member);
    return list;
  }
  const object: Record<string, Json> = {};
  for (const [key, value] of Object.entries(before as { readonly [key: string]: Json })) {
    if (!(delta.gone ?? []).includes(key)) define(object, key, value);
  }
  for (const [key, change] of Object.entries(delta.in)) define(object, key, apply(object[key] ?? null, change));
  return object;
}

/** Assigns a key of its own, also where it is called `__proto__`. */
function define<Value>(object: Record<string, Value>, key: string, value: Value): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
