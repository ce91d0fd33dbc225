import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assignLayers } from "./assignLayers.js";
import { boxWidth, edgePath, type Graph, layoutGraph } from "./layoutGraph.js";
import { countCrossings, orderLayers } from "./orderLayers.js";
import { keepApart } from "./placeAcross.js";

const cell: Graph = {
  vertices: [
    { label: "in", kind: "input" },
    { label: "+", kind: "sum" },
    { label: "+", kind: "sum" },
    { label: "out", kind: "output" },
  ],
  edges: [
    ...([
      [0, 1, "conv 3x3"],
      [0, 2, "none"],
      [1, 2, "skip"],
    ] as const),
    ...([
      [0, 3, "pool"],
      [1, 3, "conv 1x1"],
      [2, 3, "conv 3x3"],
    ] as const),
  ],
};

const graphs = fc
  .tuple(
    fc.integer({ min: 1, max: 8 }),
    fc.array(fc.tuple(fc.nat(7), fc.nat(7), fc.constantFrom("", "conv 3x3", "none"))),
  )
  .map(
    ([count, edges]): Graph => ({
      vertices: Array.from({ length: count }, () => ({ label: "v", kind: "operation" as const })),
      edges,
    }),
  );

describe("the drawing of a graph", () => {
  test.each(["right", "down"] as const)(
    "of a cell to the %s keeps its boxes apart and its edges forward",
    (direction) => {
      const { nodes, edges, width, height } = layoutGraph(cell, direction);
      expect([nodes.length, edges.length]).toEqual([10, 12]);
      for (const [i, a] of nodes.entries()) {
        expect(
          a.x - a.width / 2 >= 0 &&
            a.x + a.width / 2 <= width &&
            a.y - a.height / 2 >= 0 &&
            a.y + a.height / 2 <= height,
        ).toBe(true);
        for (const b of nodes.slice(0, i)) {
          const isApart =
            Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2;
          expect(isApart).toBe(true);
        }
      }
      const along = direction === "right" ? 0 : 1;
      for (const { points } of edges)
        for (let i = 1; i < points.length; i++) expect(points[i][along]).toBeGreaterThan(points[i - 1][along]);
      expect(edges.filter(({ isNothing }) => isNothing).length).toBe(2);
      expect(edgePath(edges[0].points, direction)).toMatch(/^M[\d.,]+C/);
    },
  );

  test("ends for any graph, cycles and strange edges included", () => {
    fc.assert(
      fc.property(graphs, fc.constantFrom("right" as const, "down" as const), (graph, direction) => {
        const { nodes, width, height } = layoutGraph(graph, direction);
        expect(nodes.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
        expect(Number.isFinite(width) && Number.isFinite(height)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("puts each vertex after all that lead to it, and undoes a crossing", () => {
    const links = [
      { from: 0, to: 3 },
      { from: 1, to: 2 },
      { from: 0, to: 1 },
    ];
    expect(assignLayers(4, links, 4).layer.slice(0, 4)).toEqual([0, 1, 2, 1]);
    const crossed = assignLayers(
      4,
      [
        { from: 0, to: 3 },
        { from: 1, to: 2 },
      ],
      4,
    );
    expect(
      countCrossings(
        [
          [0, 1],
          [2, 3],
        ],
        crossed.segments,
      ),
    ).toBe(1);
    expect(countCrossings(orderLayers(crossed), crossed.segments)).toBe(0);
  });

  test("leaves room for labels, within bounds", () => {
    expect(boxWidth("x".repeat(200), "operation")).toBe(190);
    expect(boxWidth("+", "sum")).toBe(28);
  });

  test("moves boxes apart as little as possible", () => {
    expect(keepApart([0, 0], [10, 10], 2)).toEqual([-6, 6]);
    expect(keepApart([0, 100], [10, 10], 2)).toEqual([0, 100]);
  });
});
