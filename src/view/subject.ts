import type { Benchmark } from "../benchmark/contract.js";
import type { CostView, SearchSpace } from "../space/contract.js";
import { isRestricted, limitsOf } from "../space/index.js";

/** What a study searches, opened without running anything of the user's. */
export interface Subject {
  readonly space: SearchSpace;
  /** Everything that is known of an architecture without training; the metrics of the space first, each name once. */
  readonly costs: CostView | undefined;
  /** Of the label (`label`) and of metrics, by name. */
  readonly units: Readonly<Record<string, string>>;
  /** The table that labels come from; with `isLive`, that of a search that trains. Absent where there is none, or another than then. */
  readonly table?: { readonly benchmark: Benchmark; readonly isLive: boolean };
}

/** All costs that are known of a space: its own, those of its limits, and further ones. */
export function knownCosts(space: SearchSpace, further: CostView | undefined): CostView | undefined {
  const views = [space.views.cost, further, limitedCosts(space)].filter((view) => view !== undefined);
  const taken = new Set<string>();
  const parts = views.map((view) => ({
    view,
    values: new Float64Array(view.metrics.length),
    places: view.metrics.flatMap(({ name }, place) => {
      if (taken.has(name)) return [];
      taken.add(name);
      return [place];
    }),
  }));
  if (taken.size === 0) return undefined;
  return {
    metrics: parts.flatMap(({ view, places }) => places.map((place) => view.metrics[place])),
    write(architecture, values) {
      let next = 0;
      for (const { view, places, values: own } of parts) {
        if (places.length === 0) continue;
        view.write(architecture, own);
        for (const place of places) values[next++] = own[place];
      }
    },
  };
}

function limitedCosts(space: SearchSpace): CostView | undefined {
  if (!isRestricted(space)) return undefined;
  const limits = limitsOf(space);
  const metrics = limits
    .map(({ cost, unit }) => ({ name: cost, unit }))
    .filter(({ name }, i) => limits.findIndex(({ cost }) => cost === name) === i);
  return {
    metrics,
    write(architecture, values) {
      const found = space.limitedCosts(architecture);
      for (const [i, { name }] of metrics.entries())
        values[i] = found.find((cost) => cost.name === name)?.value ?? Number.NaN;
    },
  };
}
