import { AssayError } from "../../errors.js";
import type { CostView } from "../contract.js";
import type { ChoiceModel } from "./model.js";
import { formatArchitecture } from "./text.js";

/** The costs of a space as a view. A cost that is not a finite number is an error that names the architecture. */
export function createCostView({ costs, parameters, source }: ChoiceModel): CostView {
  return {
    metrics: costs.map(({ name, unit }) => ({ name, unit })),
    write(architecture, values) {
      for (let i = 0; i < costs.length; i++) {
        const value = costs[i].evaluate(architecture);
        if (typeof value !== "number" || !Number.isFinite(value)) {
          const { place } = costs[i];
          const line = place.line === undefined ? "" : `:${place.line}`;
          const given = typeof value === "number" ? String(value) : `a ${typeof value}`;
          throw new AssayError(
            "bad-cost",
            `${source}${line}: ${place.field}: is ${given} for ${formatArchitecture(parameters, architecture)}.`,
            "A cost is a finite number for every architecture; inactive parameters count as 0.",
          );
        }
        values[i] = value;
      }
    },
  };
}
