import { AssayError } from "../errors.js";
import type { Architecture, SearchSpace } from "../space/contract.js";
import type { BoundEncoding, Encoding } from "./contract.js";
import type { SeenArchitecture, ViewGroup } from "./views/group.js";
import { type GroupChoice, groupsOf } from "./views/groups.js";
import { headerNames, headerOf, headerWidth, type NamedSpan } from "./views/header.js";
import { oncePerSpace } from "./views/oncePerSpace.js";

/**
 * All views of a space in one row, group by group, made for predictors that measure distances. `readViews` says where the
 * groups stand; the row tells it itself.
 *
 * - `paths`: square roots of the path counts, as a list of pairs.
 * - `choices`: each parameter one-hot; beside paths, where they make predictions worse, only if some parameter shows neither in the
 *   graph nor in the costs.
 * - `summary`: standardised columns: log of each cost, and what the graph comes to (operations, paths, edges, degrees without
 *   what computes nothing) or, where there is no graph, levels of ordinals and how often each level is chosen.
 * - Parts of the summary, again as groups of their own: `operations` and `shape` of the graph, or `levels` and `counts`.
 *
 * A group is there where the space has the view and architectures differ in it. Each but the parts is scaled so that two random
 * architectures are at a mean squared distance of 1, measured on 1,000 that are always the same; a part tells its share of it
 * as its spread. So a kernel exp(-distance² / (spread * l)) with one prior of l suits every group of every space.
 */
export const views: Encoding = {
  name: "views",
  description: "All views of a space in groups of equal scale: paths or choices, a summary with costs",
  needs: [],
  misfit(space: SearchSpace): string | undefined {
    const { parameters, graph, cost } = space.views;
    if (parameters !== undefined || graph !== undefined || (cost?.metrics.length ?? 0) > 0) return undefined;
    return `views has nothing to read: ${space.name} has neither parameters nor a graph nor costs.`;
  },
  bind: oncePerSpace((space) => bindAfresh(space)),
};

/**
 * The groups of `views`, and one more: `neighbours`, the square roots of how often each operation stands between the same neighbours, as
 * a list of pairs. It ranks better; a search finds the best no sooner with it.
 */
export const viewsNeighbours: Encoding = {
  name: "views-neighbours",
  description: "The groups of views, and between which neighbours the operations of the graph stand",
  needs: ["graph"],
  bind: oncePerSpace((space) => bindAfresh(space, { hasNeighbours: true })),
};

/**
 * The groups of `views`, and one more where a graph shows less than what was chosen: `written`, the choices one-hot. Operations that
 * change no result, because nothing reaches them or nothing reads them, may still be executed and take time. Where there is no graph, and there are at
 * most twelve parameters, each of them is a group.
 */
export const viewsWritten: Encoding = {
  ...views,
  name: "views-written",
  description: "The groups of views, and the choices as they are written, without a graph one by one",
  bind: oncePerSpace((space) => bindAfresh(space, { hasWritten: true })),
};

/**
 * The names of the groups of a space, in the order in which `readViews` gives them.
 *
 * @param encoding `views`, or one with the same groups and more
 * @example
 * viewNames(createNasBench201()); // ["paths", "summary", "operations", "shape"]
 */
export function viewNames(space: SearchSpace, encoding = views): readonly string[] {
  const { columnNames } = encoding.bind(space);
  const prefix = "kind of ";
  return columnNames.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}

interface ScaledGroup {
  readonly group: ViewGroup;
  readonly scale: number;
}

function bindAfresh(space: SearchSpace, choice?: GroupChoice): BoundEncoding {
  const { groups, see } = groupsOf(space, choice);
  const scaled = groups.map((group): ScaledGroup => ({ group, scale: 1 / Math.sqrt(group.spread) }));
  if (scaled.length === 0) {
    throw new AssayError(
      "encoding-misfit",
      `Encoding views cannot tell the architectures of ${space.name} apart: all look the same.`,
    );
  }
  return join(scaled, see);
}

function join(scaled: readonly ScaledGroup[], see: (architecture: Architecture) => SeenArchitecture): BoundEncoding {
  const groups = scaled.map(({ group }) => group);
  const starts: number[] = [];
  let columns = headerWidth(groups.reduce((sum, { parts = [] }) => sum + 1 + parts.length, 0));
  for (const { width } of groups) {
    starts.push(columns);
    columns += width;
  }
  const spans = groups.flatMap((group, i) => spansOf(group, starts[i]));
  const header = headerOf(spans);
  const columnNames = headerNames(spans);
  for (const group of groups) columnNames.push(...group.columnNames.map((name) => `${group.name}: ${name}`));
  return {
    columns,
    columnNames,
    write(architecture: Architecture, row: Float32Array, offset: number) {
      const seen = see(architecture);
      row.set(header, offset);
      for (let i = 0; i < scaled.length; i++) {
        const { group, scale } = scaled[i];
        group.write(seen, scale, row, offset + starts[i]);
      }
    },
  };
}

/** The whole group, at spread 1, then its parts. */
function spansOf({ name, kind, width, spread, parts = [] }: ViewGroup, start: number): NamedSpan[] {
  const whole: NamedSpan = { name, kind, start, width, spread: 1 };
  return [
    whole,
    ...parts.map(
      (part): NamedSpan => ({
        name: part.name,
        kind: "dense",
        start: start + part.start,
        width: part.width,
        spread: part.spread / spread,
      }),
    ),
  ];
}
