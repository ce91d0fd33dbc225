import type { CompareView } from "../../../../src/view/contract.js";
import type { StrategyMeasure } from "../../../../src/view/strategies/contract.js";

/** The comparison with another value to reach: the first query after which a run had at least that. */
export function aimMeasure({ view, steps }: StrategyMeasure, target: number | undefined): CompareView {
  if (target === undefined || steps === undefined) return view;
  return {
    ...view,
    target,
    groups: view.groups.map((group, place) => ({
      ...group,
      queriesToTarget: steps[place].map(({ queries, values }) => {
        const reached = values.findIndex((value) => value >= target);
        return reached < 0 ? null : queries[reached];
      }),
    })),
  };
}
