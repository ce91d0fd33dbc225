import { expect, test } from "vitest";
import type { Graph } from "./layoutGraph.js";
import { chainOf, wrapChain } from "./wrapChain.js";

const chain: Graph = {
  vertices: Array.from({ length: 12 }, (_, index) => ({ label: `block ${index}`, kind: "operation" as const })),
  edges: Array.from({ length: 11 }, (_, index) => [index, index + 1, ""] as const),
};

test("a chain is wrapped like a text", () => {
  const { nodes, edges, width } = wrapChain(chain, chainOf(chain)!, 300);
  expect(width).toBeLessThanOrEqual(304);
  expect(new Set(nodes.map(({ y }) => y)).size).toBeGreaterThan(3);
  expect(edges.length).toBe(11);
});

test("what branches is no chain", () => {
  expect(
    chainOf({
      vertices: chain.vertices.slice(0, 3),
      edges: [
        [0, 1, ""],
        [0, 2, ""],
      ],
    }),
  ).toBeUndefined();
  expect(chainOf({ vertices: chain.vertices.slice(0, 2), edges: [[0, 1, "conv"]] })).toBeUndefined();
  expect(
    chainOf({
      vertices: chain.vertices.slice(0, 3),
      edges: [
        [1, 2, ""],
        [2, 1, ""],
      ],
    }),
  ).toBeUndefined();
});
