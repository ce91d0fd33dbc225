import type { CostView } from "../../space/contract.js";
import { logarithmOfCost } from "../cost.js";
import type { SummaryPart } from "./group.js";

/**
 * The logarithm of each cost, as the encoding `cost` has it.
 *
 * @param weight of each of them
 */
export function summariseCosts(view: CostView, weight: number): SummaryPart {
  const costs = new Float64Array(view.metrics.length);
  return {
    columns: view.metrics.map(({ name }) => ({ name: `log(1+${name})`, weight })),
    write({ architecture }, values, offset) {
      view.write(architecture, costs);
      for (let i = 0; i < costs.length; i++) values[offset + i] = logarithmOfCost(costs[i]);
    },
  };
}
