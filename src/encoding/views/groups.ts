import type { Architecture, SearchSpace } from "../../space/contract.js";
import { createChoicesGroup } from "./choices.js";
import { createParameterGroups } from "./eachParameter.js";
import type { SeenArchitecture, SummaryPart, ViewGroup } from "./group.js";
import { hasHiddenChoices } from "./hiddenChoices.js";
import { createLiveGraph } from "./liveGraph.js";
import { createNeighboursGroup } from "./neighbours.js";
import { oncePerSpace } from "./oncePerSpace.js";
import { createPathsGroup } from "./paths.js";
import { drawReference } from "./reference.js";
import { createSummaryGroup, plainly, weighed } from "./summary.js";
import { summariseCosts } from "./summaryOfCosts.js";
import { summariseGraph } from "./summaryOfGraph.js";
import { summariseParameters } from "./summaryOfParameters.js";

/** How much a cost counts beside what is said of an operation in a graph; learnt, see docs/ablation.md. */
const COST_BESIDE_GRAPH = 2;

/** The views of a space in which its architectures differ. */
export interface GroupsOfSpace {
  /** Paths, choices, summary, neighbours, choices as written, parameters one by one, in this order; those that are there. */
  readonly groups: readonly ViewGroup[];
  /** Reads an architecture for the groups; what it gives is written anew by the next call. */
  see(architecture: Architecture): SeenArchitecture;
}

/** Groups of graphs besides those that every space has; none by default. */
export interface GroupChoice {
  /** Whether the neighbourhoods of the operations in a graph are a group too. */
  readonly hasNeighbours?: boolean;
  /** Whether the choices are a group where the graph is believed to tell all that they tell, and where there is no graph one group each. */
  readonly hasWritten?: boolean;
  /** Whether all columns of the summary count alike. */
  readonly isPlain?: boolean;
}

/** What all choices of groups have in common. The reference takes some time to look at, and a search needs two of them. */
const measureOnce = oncePerSpace((space: SearchSpace) => {
  const { parameters, graph: graphView, cost } = space.views;
  const graph = graphView === undefined ? undefined : createLiveGraph(graphView);
  const seen: SeenArchitecture = {
    architecture: new Int32Array(space.genes),
    ...(graph === undefined ? {} : { graph }),
  };
  const see = (architecture: Architecture): SeenArchitecture => {
    seen.architecture = architecture;
    graph?.read(architecture);
    return seen;
  };
  const { architectures, isWhole } = drawReference(space);
  const parts: SummaryPart[] = [];
  if (cost !== undefined) parts.push(summariseCosts(cost, graph === undefined ? 1 : COST_BESIDE_GRAPH));
  if (graph !== undefined) parts.push(summariseGraph(graph));
  else if (parameters !== undefined) parts.push(summariseParameters(parameters, architectures));
  const paths = graphView && createPathsGroup(graphView, see, architectures, isWhole);
  const hasPaths = paths !== undefined && paths.spread > 0;
  return {
    see,
    architectures,
    isWhole,
    paths: hasPaths ? paths : undefined,
    needsChoices: !hasPaths || hasHiddenChoices(space, architectures),
    choices: parameters && createChoicesGroup(parameters, architectures),
    weighedSummary: createSummaryGroup(parts, see, architectures, weighed),
    createPlainSummary: () => createSummaryGroup(parts, see, architectures, plainly),
  };
});

/** What a space shows of its architectures, measured on its reference. */
export function groupsOf(
  space: SearchSpace,
  { hasNeighbours = false, hasWritten = false, isPlain = false }: GroupChoice = {},
): GroupsOfSpace {
  const { parameters, graph } = space.views;
  const measured = measureOnce(space);
  const { see, architectures, isWhole, choices, needsChoices } = measured;
  const groups = [
    measured.paths,
    needsChoices ? choices : undefined,
    isPlain ? measured.createPlainSummary() : measured.weighedSummary,
    graph && hasNeighbours ? createNeighboursGroup(graph, see, architectures, isWhole) : undefined,
    choices && hasWritten && !needsChoices ? { ...choices, name: "written" } : undefined,
    ...(parameters && hasWritten && graph === undefined ? createParameterGroups(parameters, architectures) : []),
  ];
  return { groups: groups.filter((group): group is ViewGroup => group !== undefined && group.spread > 0), see };
}
