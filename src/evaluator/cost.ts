import type { EvaluationRequest } from "./contract.js";

/** What an architecture costs, by name; undefined where its space names no cost. */
export function costOf({ space, architecture }: EvaluationRequest): Record<string, number> | undefined {
  const view = space.views.cost;
  if (view === undefined) return undefined;
  const values = new Float64Array(view.metrics.length);
  view.write(architecture, values);
  return Object.fromEntries(view.metrics.map(({ name }, i) => [name, values[i]]));
}
