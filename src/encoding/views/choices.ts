import type { Architecture, ParameterView } from "../../space/contract.js";
import type { ViewGroup } from "./group.js";

/**
 * One column for each level of each parameter, of ordinals too; a parameter that is switched off is all zeros. Half the squared
 * distance of two rows without inactive parameters is the number of choices in which they differ. Levels that no sample
 * shows stay, so that rare architectures are told apart.
 */
export function createChoicesGroup(view: ParameterView, reference: readonly Architecture[]): ViewGroup {
  const starts: number[] = [];
  const columnNames: string[] = [];
  for (const { name, levels } of view.parameters) {
    starts.push(columnNames.length);
    for (const level of levels) columnNames.push(`${name}=${level}`);
  }
  const width = columnNames.length;
  const chosen = new Int32Array(view.parameters.length);
  const times = new Float64Array(width);
  for (const architecture of reference) {
    view.write(architecture, chosen);
    for (let i = 0; i < chosen.length; i++) if (chosen[i] >= 0) times[starts[i] + chosen[i]]++;
  }
  return {
    name: "choices",
    kind: "dense",
    width,
    columnNames,
    spread: spreadOf(times, reference.length),
    write({ architecture }, scale, row, offset) {
      view.write(architecture, chosen);
      row.fill(0, offset, offset + width);
      for (let i = 0; i < chosen.length; i++) if (chosen[i] >= 0) row[offset + starts[i] + chosen[i]] = scale;
    },
  };
}

/** Twice the sum of the variances of columns that are 1 so many times and else 0. */
function spreadOf(times: Float64Array, rows: number): number {
  let variance = 0;
  for (const ones of times) variance += (ones / rows) * (1 - ones / rows);
  return 2 * variance;
}
