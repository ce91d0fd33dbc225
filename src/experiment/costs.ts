import { z } from "zod";
import type { SearchSpace } from "../space/contract.js";
import { isRestricted, type KnownCost } from "../space/index.js";
import type { Trial } from "../study/index.js";

/** One cost of an architecture, as JSON. */
export const costSchema = z.object({ name: z.string(), unit: z.string(), value: z.number() });

/** The costs that the space itself names, and those that are limited; none where there are none. */
export function costsOf(space: SearchSpace, architecture: Int32Array): z.infer<typeof costSchema>[] {
  const limited = limitedCostsOf(space, architecture);
  const view = space.views.cost;
  if (view === undefined) return [...limited];
  const values = new Float64Array(view.metrics.length);
  view.write(architecture, values);
  const own = view.metrics.map(({ name, unit }, i) => ({ name, unit, value: values[i] }));
  return withOthers(own, limited);
}

/**
 * The network that was trained is smaller than the one that the space counts.
 *
 * @param limited from `limitedCostsOf`
 */
export function trainedCosts(
  { flops, params }: Trial["metrics"],
  limited: readonly KnownCost[],
): z.infer<typeof costSchema>[] {
  const own = [
    { name: "flops", unit: "MAC", value: flops },
    { name: "params", unit: "parameters", value: params },
  ].filter(({ value }) => value !== undefined && Number.isFinite(value));
  return withOthers(own, limited);
}

/** The costs on which a space has limits. */
export function limitedCostsOf(space: SearchSpace, architecture: Int32Array): readonly KnownCost[] {
  return isRestricted(space) ? space.limitedCosts(architecture) : [];
}

function withOthers(own: readonly KnownCost[], others: readonly KnownCost[]): KnownCost[] {
  return [...own, ...others.filter(({ name }) => own.every((cost) => cost.name !== name))];
}
