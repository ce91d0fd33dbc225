import type { Architecture, SearchSpace } from "../space/contract.js";
import type { BoundEncoding, Encoding } from "./contract.js";

/** log(1 + c), -log(1 - c) where c is negative. */
export function logarithmOfCost(value: number): number {
  const size = Math.log(1 + Math.abs(value));
  return value < 0 ? -size : size;
}

/**
 * The natural logarithm of each cost: log(1 + c), so that a cost of zero is 0 and costs that differ by a factor of ten lie
 * equally far apart whatever their unit; a negative cost counts as -log(1 - c).
 */
export const cost: Encoding = {
  name: "cost",
  description: "The logarithm of each cost of the space (FLOPs, params, …)",
  needs: ["cost"],
  misfit(space: SearchSpace): string | undefined {
    return space.views.cost?.metrics.length === 0
      ? `cost has nothing to read: ${space.name} names no cost.`
      : undefined;
  },
  bind(space: SearchSpace): BoundEncoding {
    const view = space.views.cost!;
    const values = new Float64Array(view.metrics.length);
    return {
      columns: values.length,
      columnNames: view.metrics.map(({ name }) => `log(1+${name})`),
      write(architecture: Architecture, row: Float32Array, offset: number) {
        view.write(architecture, values);
        for (let i = 0; i < values.length; i++) {
          row[offset + i] = logarithmOfCost(values[i]);
        }
      },
    };
  },
};
