import type { Architecture, SearchSpace } from "../space/contract.js";
import type { BoundEncoding, Encoding } from "./contract.js";

/**
 * One column for each level of each parameter, 1 where it is chosen. Ordinal parameters are treated like categorical
 * ones; a parameter that a condition switches off is all zeros. On nasbench201 these are the 30 numbers of WeakNAS.
 */
export const oneHot: Encoding = {
  name: "one-hot",
  description: "One column for each level of each parameter; inactive parameters are all zeros",
  needs: ["parameters"],
  bind(space: SearchSpace): BoundEncoding {
    const view = space.views.parameters!;
    const { parameters } = view;
    const starts: number[] = [];
    const columnNames: string[] = [];
    for (const { name, levels } of parameters) {
      starts.push(columnNames.length);
      for (const level of levels) columnNames.push(`${name}=${level}`);
    }
    const columns = columnNames.length;
    const chosen = new Int32Array(parameters.length);
    return {
      columns,
      columnNames,
      write(architecture: Architecture, row: Float32Array, offset: number) {
        view.write(architecture, chosen);
        row.fill(0, offset, offset + columns);
        for (let i = 0; i < chosen.length; i++) if (chosen[i] >= 0) row[offset + starts[i] + chosen[i]] = 1;
      },
    };
  },
};
