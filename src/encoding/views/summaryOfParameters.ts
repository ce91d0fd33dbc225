import type { Architecture, ParameterView } from "../../space/contract.js";
import type { SummaryPart } from "./group.js";

/**
 * What the choices come to. In the run `levels` each ordinal parameter is its level between 0 and 1, where it is switched off the mean of the
 * architectures that have it. Where several parameters share one list of levels (the kernel sizes of all layers), the run
 * `counts` says how often each level is chosen.
 */
export function summariseParameters(view: ParameterView, reference: readonly Architecture[]): SummaryPart {
  const { parameters } = view;
  const chosen = new Int32Array(parameters.length);
  const ordinals = parameters.flatMap(({ kind, levels }, i) => (kind === "ordinal" && levels.length > 1 ? [i] : []));
  const means = meanLevels(view, reference);
  const shared = sharedLists(view);
  const firstCount = ordinals.length;
  /** For each parameter the place of the count of its first level, -1 where its list is its own. */
  const countsOf = new Int32Array(parameters.length).fill(-1);
  const columnNames = ordinals.map((i) => parameters[i].name);
  for (const members of shared) {
    for (const member of members) countsOf[member] = columnNames.length;
    const list = `${parameters[members[0]].name}, …`;
    for (const level of parameters[members[0]].levels) columnNames.push(`number of ${level} among ${list}`);
  }
  return {
    columns: columnNames.map((name) => ({ name, weight: 1 })),
    runs: [
      { name: "levels", width: firstCount },
      { name: "counts", width: columnNames.length - firstCount },
    ],
    write({ architecture }, values, offset) {
      view.write(architecture, chosen);
      ordinals.forEach((parameter, place) => {
        const level = chosen[parameter];
        const last = parameters[parameter].levels.length - 1;
        values[offset + place] = (level < 0 ? means[parameter] : level) / last;
      });
      values.fill(0, offset + firstCount, offset + columnNames.length);
      for (let i = 0; i < chosen.length; i++) {
        if (countsOf[i] >= 0 && chosen[i] >= 0) values[offset + countsOf[i] + chosen[i]]++;
      }
    },
  };
}

/** The parameters that share a list of levels with others, list by list. */
function sharedLists({ parameters }: ParameterView): number[][] {
  const members = new Map<string, number[]>();
  parameters.forEach(({ levels }, i) => {
    const key = JSON.stringify(levels);
    members.set(key, [...(members.get(key) ?? []), i]);
  });
  return [...members.values()].filter((list) => list.length > 1);
}

/** The mean level of each parameter, over the architectures that have it. */
export function meanLevels(view: ParameterView, reference: readonly Architecture[]): Float64Array {
  const chosen = new Int32Array(view.parameters.length);
  const sums = new Float64Array(chosen.length);
  const counts = new Float64Array(chosen.length);
  for (const architecture of reference) {
    view.write(architecture, chosen);
    for (let i = 0; i < chosen.length; i++) {
      if (chosen[i] < 0) continue;
      sums[i] += chosen[i];
      counts[i]++;
    }
  }
  return sums.map((sum, i) => (counts[i] === 0 ? 0 : sum / counts[i]));
}
