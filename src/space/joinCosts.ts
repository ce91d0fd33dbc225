import type { CostView } from "./contract.js";

/**
 * Several cost views as one; the metrics of the first come first.
 *
 * @example
 * const costs = joinCosts([lookUpCosts(table, ["latency.pixel3"], space), costsOfFunction(space, energyOf)]);
 */
export function joinCosts(views: readonly CostView[]): CostView {
  const parts = views.map((view) => ({ view, values: new Float64Array(view.metrics.length) }));
  return {
    metrics: views.flatMap(({ metrics }) => metrics),
    write(architecture, values) {
      let next = 0;
      for (const part of parts) {
        part.view.write(architecture, part.values);
        values.set(part.values, next);
        next += part.values.length;
      }
    },
  };
}
