import { check } from "../conformance.js";
import type { Catalogue } from "../space/catalogue.js";
import type { Observation, Strategy } from "./contract.js";

/** A strategy with the catalogue it works on, because numbers of sampled spaces mean nothing without it. */
export interface Subject {
  readonly catalogue: Catalogue;
  readonly strategy: Strategy;
}

/** Asks, and checks what every answer must keep: valid numbers, none twice, none in `seen`, at most as many as asked. */
export async function ask(
  { catalogue, strategy }: Subject,
  count: number,
  seen = new Set<string>(),
): Promise<number[]> {
  const suggested = await strategy.suggest(count);
  check(suggested.length <= count, `gave ${suggested.length} instead of ${count}`);
  for (const id of suggested) {
    check(Number.isInteger(id) && id >= 0 && id < catalogue.size, `gave the number ${id}`);
    const text = textOf(catalogue, id);
    check(!seen.has(text), `suggested ${text} twice`);
    seen.add(text);
  }
  return suggested;
}

/** Runs rounds of 5 suggestions; gives all suggestions as text. */
export async function drive(
  subject: Subject,
  rounds: number,
  change: (results: readonly Observation[]) => readonly Observation[] = (results) => results,
): Promise<string[]> {
  const seen = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    const suggested = await ask(subject, 5, seen);
    subject.strategy.observe(
      change(suggested.map((id) => ({ architecture: id, label: score(subject.catalogue, id) }))),
    );
  }
  return [...seen];
}

export function failSome(): (results: readonly Observation[]) => readonly Observation[] {
  let query = 0;
  return (results) => results.map((result) => (query++ % 6 === 5 ? { ...result, label: Number.NaN } : result));
}

export function textOf(catalogue: Catalogue, id: number): string {
  return catalogue.space.format(catalogue.at(id));
}

/** A label with structure to learn and a little that cannot be learnt. */
export function score(catalogue: Catalogue, id: number): number {
  const architecture = catalogue.at(id);
  let sum = 0;
  architecture.forEach((level, gene) => {
    sum += level * (gene % 2 === 0 ? 1 : -0.5) + (level === architecture[0] ? 0.3 : 0);
  });
  return sum + (architecture.join("").length % 3) * 0.01;
}

export function same(first: readonly string[], second: readonly string[]): boolean {
  return first.join(" ") === second.join(" ");
}
