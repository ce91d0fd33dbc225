import type { Architecture, SearchSpace } from "../space/contract.js";
import type { BoundEncoding, Encoding } from "./contract.js";
import type { GroupsOfSpace } from "./views/groups.js";
import { groupsOf } from "./views/groups.js";
import { views } from "./views.js";

/**
 * What an architecture comes to, in few columns of one scale, for predictors that read plain rows: the dense groups of `views`, every
 * column of the summary counting alike.
 *
 * - The summary: log of each cost, and of a graph without what computes nothing, for each operation its vertices, how often it stands on
 *   all paths and at most on one; paths, their lengths, edges. Without a graph, levels of ordinals and how often each level is
 *   chosen. Standardised on 1,000 architectures that are always the same; what is constant is left out.
 * - The choices, one-hot, where there is no graph, or where some parameter shows neither in the graph nor in the costs.
 *
 * Architectures that compute the same function mostly have equal rows, and some that do not have too.
 */
export const summary: Encoding = {
  name: "summary",
  description: "What graph, costs and ordinals come to, standardised; choices where there is no graph",
  needs: views.needs,
  misfit(space: SearchSpace): string | undefined {
    const reason = views.misfit?.(space);
    if (reason !== undefined) return reason.replace(views.name, summary.name);
    return dense(space).length > 0
      ? undefined
      : `summary cannot tell the architectures of ${space.name} apart: all look the same.`;
  },
  bind(space: SearchSpace): BoundEncoding {
    const { see } = groupsFor(space);
    const groups = dense(space);
    const starts: number[] = [];
    let columns = 0;
    for (const { width } of groups) {
      starts.push(columns);
      columns += width;
    }
    return {
      columns,
      columnNames: groups.flatMap(({ columnNames }) => columnNames),
      write(architecture: Architecture, row: Float32Array, offset: number) {
        const seen = see(architecture);
        for (let i = 0; i < groups.length; i++) groups[i].write(seen, 1, row, offset + starts[i]);
      },
    };
  },
};

const groupsOfSpaces = new WeakMap<SearchSpace, GroupsOfSpace>();

/** The reference takes some time to look at, and sampled spaces are bound again for every pool. */
function groupsFor(space: SearchSpace): GroupsOfSpace {
  let groups = groupsOfSpaces.get(space);
  if (groups === undefined) {
    groups = groupsOf(space, { isPlain: true });
    groupsOfSpaces.set(space, groups);
  }
  return groups;
}

function dense(space: SearchSpace): GroupsOfSpace["groups"] {
  return groupsFor(space).groups.filter(({ kind }) => kind === "dense");
}
