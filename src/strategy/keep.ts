import type { Observation } from "./contract.js";

/** Which labels the next predictor is fitted to. */
export type KeepPolicy = "all" | "best" | "latest";

/** The observations to keep, in their given order; `best` and `latest` keep `count` of them. */
export function keepObservations(
  observations: readonly Observation[],
  policy: KeepPolicy,
  count: number,
): readonly Observation[] {
  if (policy === "all" || observations.length <= count) return observations;
  if (policy === "latest") return observations.slice(-count);
  const kept = new Set([...observations].sort((a, b) => b.label - a.label).slice(0, count));
  return observations.filter((observation) => kept.has(observation));
}
