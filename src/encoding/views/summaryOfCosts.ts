import type { CostView } from "../../space/contract.js";
import { logarithmOfCost } from "../cost.js";
import type { SummaryPart } from "./group.js";

/** The logarithm of each cost, as the encoding `cost` has it. */
export function summariseCosts(view: CostView): SummaryPart {
  const costs = new Float64Array(view.metrics.length);
  return {
    columnNames: view.metrics.map(({ name }) => `log(1+${name})`),
    write({ architecture }, values, offset) {
      view.write(architecture, costs);
      for (let i = 0; i < costs.length; i++) values[offset + i] = logarithmOfCost(costs[i]);
    },
  };
}
