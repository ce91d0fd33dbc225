import { createGenerator } from "../../random/index.js";
import type { Architecture, SearchSpace } from "../../space/contract.js";
import { createGraph } from "../graphBuffer.js";

/**
 * Whether a space has parameters that neither its graph nor its costs show: two architectures of the reference, or one of them
 * and its mutant, that are the same in graph and costs and not in their parameters. Mutants find them in spaces so large that no two
 * draws have the same graph.
 */
export function hasHiddenChoices(space: SearchSpace, reference: readonly Architecture[]): boolean {
  const { parameters, graph, cost } = space.views;
  if (parameters === undefined || graph === undefined) return false;
  const buffer = createGraph(graph);
  const costs = new Float64Array(cost?.metrics.length ?? 0);
  const chosen = new Int32Array(parameters.parameters.length);
  const shownBy = (architecture: Architecture): string => {
    graph.write(architecture, buffer);
    cost?.write(architecture, costs);
    const { vertices, adjacency, operations } = buffer;
    const edges: number[] = [];
    for (let vertex = 0; vertex < vertices; vertex++) {
      const row = vertex * graph.maximumVertices;
      for (let next = vertex + 1; next < vertices; next++) {
        if (adjacency[row + next] === 1) edges.push(row + next);
      }
    }
    return [vertices, ...operations.subarray(0, vertices), ...costs, ...edges].join();
  };
  /** For each graph with its costs the parameters that were first seen with it. */
  const seen = new Map<string, string>();
  const isHidden = (architecture: Architecture): boolean => {
    const shown = shownBy(architecture);
    parameters.write(architecture, chosen);
    const choices = chosen.join();
    const before = seen.get(shown) ?? choices;
    seen.set(shown, before);
    return before !== choices;
  };
  const generator = createGenerator("mutants for the encoding views");
  return reference.some((architecture) => isHidden(architecture) || isHidden(space.mutate(architecture, generator)));
}
