import { AssayError, suggestName } from "../errors.js";
import type { CostView, SearchSpace } from "../space/contract.js";
import { type CostFunction, costsOfFunction } from "./costFunction.js";
import { importModule } from "./module.js";

const EXPORTS = ["default", "costs"];

/**
 * Loads the costs of a user for `restrictSpace`: a JavaScript module whose default export, or export `costs`, is a function of an
 * architecture (see `costsOfFunction`); the export `units` may hold their units. The module runs in this process with all its
 * rights. Throws AssayError where there is no such file or function, or what it gives is no cost.
 *
 * @param path of the file, relative to the working folder
 * @example
 * // latency.mjs: export const units = { latency: "ms" };
 * //              export default ({ cost }) => ({ latency: 0.4 + 0.06 * cost.flops / 1e6 });
 * const costs = await loadCosts("latency.mjs", space);
 */
export async function loadCosts(path: string, space: SearchSpace): Promise<CostView> {
  const loaded = await importModule(path);
  const name = EXPORTS.find((candidate) => typeof loaded[candidate] === "function");
  if (name === undefined) {
    const names = Object.keys(loaded);
    const listed = names.length === 0 ? "It exports nothing." : `It exports ${names.join(", ")}.`;
    throw new AssayError(
      "bad-module",
      `${path} has no function as default export and no export costs. ${listed}`,
      names.length > 0 && suggestName("costs", names).startsWith("Did you mean")
        ? "Rename the export: costs."
        : "Write export default ({ architecture, parameters, cost }) => ({ latency: … }).",
    );
  }
  return costsOfFunction(space, loaded[name] as CostFunction, { name: path, units: readUnits(path, loaded["units"]) });
}

function readUnits(path: string, units: unknown): Record<string, string> {
  if (units === undefined) return {};
  const isMap = typeof units === "object" && units !== null && !Array.isArray(units);
  if (isMap && Object.values(units).every((unit) => typeof unit === "string")) return units as Record<string, string>;
  throw new AssayError(
    "bad-module",
    `The export units of ${path} is no object of texts.`,
    'Write export const units = { latency: "ms" }.',
  );
}
