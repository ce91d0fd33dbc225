import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGenerator } from "../random/index.js";
import type { Graph, SearchSpace } from "../space/contract.js";
import {
  createChoiceSpace,
  createNanoBench,
  createNasBench101,
  createNasBench201,
  createTinyNasBench201,
} from "../space/index.js";
import { bindEncoding, encode, graphEdgeColumn, graphSizes, misfitOf } from "./index.js";

const nasbench101 = createNasBench101();
const nasbench201 = createNasBench201();
const spaces: SearchSpace[] = [nasbench101, nasbench201, createTinyNasBench201(), createNanoBench()];

const CELL = "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|none~1|nor_conv_3x3~2|";

describe("graph", () => {
  it("draws nasbench201 with the 10 nodes and 9 words of Siamese-NAS", () => {
    const { columns, data } = encode(nasbench201, "graph", [nasbench201.parse(CELL)]);
    const words = nasbench201.views.network!.operations;
    expect(columns).toBe(56);
    expect(data[0]).toBe(9);
    expect([...data.subarray(1, 11)].map((word) => words[word])).toEqual(
      "split_3 avg_pool_3x3 split_2 nor_conv_1x1 skip_connect none nor_conv_1x1 zeros nor_conv_3x3 output".split(" "),
    );
    const { columnNames } = bindEncoding(nasbench201, "graph");
    const edges = columnNames.filter((_, column) => column > 10 && data[column] === 1);
    expect(edges).toEqual("0->1 0->3 0->6 1->2 2->4 2->7 3->5 4->5 5->8 6->9 7->9 8->9".split(" "));
  });

  it("gives tiny-nasbench201 the same rows as nasbench201", () => {
    const tiny = createTinyNasBench201();
    const cell = tiny.sample(createGenerator(1));
    expect(encode(tiny, "graph", [cell])).toEqual(encode(nasbench201, "graph", [cell]));
  });

  it("has the output in the last used slot and -1 behind it", () => {
    const { columns, data } = encode(nasbench101, "graph", [nasbench101.parse("4:101101:I3MO")]);
    expect(columns).toBe(29);
    expect([...data.subarray(0, 8)]).toEqual([5, 0, 1, 3, 4, -1, -1, -1]);
    const edges = bindEncoding(nasbench101, "graph").columnNames.filter((_, i) => i > 7 && data[i] === 1);
    expect(edges).toEqual(["0->1", "0->3", "1->2", "2->3"]);
  });

  it.each(spaces.map((space) => [space.name, space] as const))("tells all of a graph of %s in one row", (_, space) => {
    const view = space.views.network ?? space.views.graph!;
    const side = view.maximumVertices;
    const graph: Graph = { vertices: 0, adjacency: new Uint8Array(side * side), operations: new Uint8Array(side) };
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const architecture = space.sample(createGenerator(seed));
        view.write(architecture, graph);
        const { columns, data } = encode(space, "graph", [architecture]);
        const { vertices, edgesColumn } = graphSizes(columns);
        expect([vertices, edgesColumn, data[0]]).toEqual([side, side + 1, view.operations.length]);
        for (let slot = 0; slot < vertices; slot++) {
          expect(data[1 + slot]).toBe(slot < graph.vertices ? graph.operations[slot] : -1);
          for (let to = slot + 1; to < vertices; to++) {
            expect(data[graphEdgeColumn(vertices, slot, to)]).toBe(graph.adjacency[slot * side + to]);
          }
        }
        expect(view.operations[data[graph.vertices]]).toBe("output");
      }),
      { numRuns: 50 },
    );
  });

  it("knows its sizes from the number of columns, and which numbers are none", () => {
    for (let vertices = 1; vertices < 60; vertices++) {
      expect(graphSizes(1 + (vertices * (vertices + 1)) / 2).vertices).toBe(vertices);
      if (vertices > 1) expect(() => graphSizes((vertices * (vertices + 1)) / 2)).toThrow(/no rows of the encoding/);
    }
    expect(() => graphSizes(Number.NaN)).toThrow(/no rows/);
    expect(graphEdgeColumn(10, 8, 9)).toBe(55);
  });

  it("does not fit a space without a graph", () => {
    const space = createChoiceSpace({ parameters: { block: ["a", "b"] } });
    expect(misfitOf(space, "graph")).toBe("graph reads the graph of a space, and choice has none.");
  });
});
