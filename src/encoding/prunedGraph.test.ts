import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGenerator } from "../random/index.js";
import type { SearchSpace } from "../space/contract.js";
import { createNanoBench, createNasBench101, createNasBench201, createTinyNasBench201 } from "../space/index.js";
import { bindEncoding, encode, encodeAll, graphEdgeColumn, graphSizes } from "./index.js";

const nasbench101 = createNasBench101();
const nasbench201 = createNasBench201();

/** A row as words. */
function read(space: SearchSpace, row: Float32Array) {
  const { vertices } = graphSizes(row.length);
  const names = space.views.graph!.operations;
  const words = Array.from(row.subarray(1, 1 + vertices)).filter((word) => word >= 0);
  const feeds = (from: number, to: number): boolean => row[graphEdgeColumn(vertices, from, to)] === 1;
  return { words: words.map((word) => names[word]), feeds };
}

/** The sequences of operations on the ways from input to output, each once. */
function sequences(space: SearchSpace, row: Float32Array): string[] {
  const { words, feeds } = read(space, row);
  const found = new Set<string>();
  const walk = (vertex: number, sequence: string): void => {
    for (let next = vertex + 1; next < words.length; next++) {
      if (!feeds(vertex, next)) continue;
      if (next === words.length - 1) found.add(`${sequence}output`);
      else walk(next, `${sequence}${words[next]}>`);
    }
  };
  walk(0, "input>");
  return [...found].sort();
}

describe("pruned-graph", () => {
  it("leaves out zeros, contracts copies and drops what the output does not read", () => {
    // Edges 0-1, 0-2, 1-2, 0-3, 1-3, 2-3: node 2 reads node 0 only, node 1 is read by the output only.
    const cell = "|avg_pool_3x3~0|+|skip_connect~0|none~1|+|none~0|nor_conv_1x1~1|nor_conv_3x3~2|";
    const { columns, data } = encode(nasbench201, "pruned-graph", [nasbench201.parse(cell)]);
    expect(columns).toBe(37);
    const { words, feeds } = read(nasbench201, data);
    expect(words).toEqual(["input", "avg_pool_3x3", "nor_conv_1x1", "nor_conv_3x3", "output"]);
    const edges = words.flatMap((_, from) =>
      words.flatMap((_, to) => (from < to && feeds(from, to) ? [[from, to]] : [])),
    );
    expect(edges).toEqual([
      [0, 1],
      [0, 3],
      [1, 2],
      [2, 4],
      [3, 4],
    ]);
  });

  it("is an input and an output where nothing reaches the output", () => {
    const cell = "|avg_pool_3x3~0|+|none~0|none~1|+|none~0|none~1|nor_conv_3x3~2|";
    const { data } = encode(nasbench201, "pruned-graph", [nasbench201.parse(cell)]);
    expect(read(nasbench201, data).words).toEqual(["input", "output"]);
    expect([...data.subarray(9)].every((edge) => edge === 0)).toBe(true);
  });

  it("says less than a third of what nasbench201 can be written as", () => {
    const { rows, columns, data } = encodeAll(nasbench201, "pruned-graph");
    const different = new Set(
      Array.from({ length: rows }, (_, row) => data.subarray(row * columns, (row + 1) * columns).join()),
    );
    expect(different.size).toBeGreaterThan(5000);
    expect(different.size).toBeLessThan(10_000);
  });

  it.each(
    [nasbench101, nasbench201, createTinyNasBench201(), createNanoBench()].map((space) => [space.name, space] as const),
  )("has the ways from input to output of %s, and no vertex beside them", (_, space) => {
    const { columnNames } = bindEncoding(space, "path-counts");
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const architecture = space.sample(createGenerator(seed));
        const row = encode(space, "pruned-graph", [architecture]).data;
        const paths = encode(space, "path-counts", [architecture]).data;
        expect(sequences(space, row)).toEqual(columnNames.filter((_, column) => paths[column] > 0).sort());
        const { words, feeds } = read(space, row);
        for (let vertex = 1; vertex < words.length - 1; vertex++) {
          expect(words.some((_, from) => from < vertex && feeds(from, vertex))).toBe(true);
          expect(words.some((_, to) => to > vertex && feeds(vertex, to))).toBe(true);
        }
        expect([words[0], words.at(-1)]).toEqual(["input", "output"]);
      }),
      { numRuns: 50 },
    );
  });
});
