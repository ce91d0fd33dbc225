import { check } from "../../conformance.js";
import type { NewStudy, NewTrial, Storage, StudyOwner } from "./contract.js";

/** Opens the storage of a place: the same place, the same studies. */
export type Opener = (place: string, now: () => number) => Storage;

/** A new place each time: what opens it, as often as wanted. */
export type PlaceMaker = () => (now?: () => number) => Storage;

export function firstStudy(name: string): NewStudy {
  const id = `id of ${name}`;
  return { name, id, version: "0.0.0", subject: "grid", strategy: "random", seed: 7, budget: 50, settings: {} };
}

export function suggestion(number: number): NewTrial {
  return { number, architecture: `architecture ${number} "ä"` };
}

/** Somebody who writes; `gone` are the ids that he knows to be no more. */
export function owner(id: string, gone: readonly string[] = []): StudyOwner {
  return { id, description: `writer ${id}`, isGone: (other) => gone.includes(other) };
}

/** The code of the error that something ends in; "" where it ends well. */
export function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as { code?: string }).code ?? `${error}`;
  }
  return "";
}

/** Equal as data: NaN equals NaN, and a field that is undefined is not there. */
export function checkSame(found: unknown, wanted: unknown, what = ""): void {
  const [first, second] = [textOf(found), textOf(wanted)];
  check(first === second, `${what === "" ? "" : `${what}: `}gave ${first} instead of ${second}`);
}

function textOf(value: unknown): string {
  return (
    JSON.stringify(value, (_, part: unknown) => {
      if (typeof part === "number" && !Number.isFinite(part)) return `${part}`;
      if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
      return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
    }) ?? "undefined"
  );
}
