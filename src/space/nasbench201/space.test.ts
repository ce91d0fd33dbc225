import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { requireData } from "../../../test/data.js";
import { AssayError } from "../../errors.js";
import { createSpace } from "../index.js";
import { DATASETS } from "./cost.js";
import { functionOf, topologyOf } from "./isomorphism.js";
import { createNasBench201 } from "./space.js";

const space = createNasBench201();
const enumeration = space.enumeration!;

function at(index: number): Int32Array {
  const architecture = new Int32Array(space.genes);
  enumeration.write(index, architecture);
  return architecture;
}

describe("nasbench201", () => {
  it("lists the cells in the official order", () => {
    expect(space.format(at(0))).toBe(
      "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|",
    );
    expect(space.format(at(3))).toBe("|avg_pool_3x3~0|+|skip_connect~0|none~1|+|none~0|none~1|skip_connect~2|");
  });

  it("counts the topologies as the paper does", () => {
    const topologies = new Map<string, string>();
    for (let index = 0; index < enumeration.size; index++) {
      const cell = at(index);
      const representative = space.format(space.canonical(cell));
      const topology = topologyOf(cell);
      expect(topologies.get(topology) ?? representative).toBe(representative);
      topologies.set(topology, representative);
    }
    expect(topologies.size).toBe(6466);
    expect(new Set(topologies.values()).size).toBe(6466);
  });

  it("trains 4,930 different functions, of which one is zero", () => {
    const functions = new Map<number, string>();
    for (let index = 0; index < enumeration.size; index++) {
      const cell = at(index);
      const representative = space.format(space.distinct!(cell));
      const computed = functionOf(cell);
      expect(functions.get(computed) ?? representative).toBe(representative);
      functions.set(computed, representative);
    }
    expect(functions.size).toBe(4930);
    expect(new Set(functions.values()).size).toBe(4930);
    expect(functions.get(0)).toBe("|none~0|+|none~0|none~1|+|none~0|none~1|none~2|");
  });

  it.each([
    [
      "a zero in a sum",
      "|none~0|+|nor_conv_3x3~0|none~1|+|none~0|nor_conv_1x1~1|skip_connect~2|",
      "|none~0|+|none~0|none~1|+|nor_conv_3x3~0|none~1|none~2|",
    ],
    [
      "a sum that a skip hands on",
      "|nor_conv_3x3~0|+|skip_connect~0|skip_connect~1|+|none~0|none~1|skip_connect~2|",
      "|nor_conv_3x3~0|+|none~0|none~1|+|skip_connect~0|skip_connect~1|none~2|",
    ],
  ])("sees through %s", (_, first, second) => {
    expect(functionOf(space.parse(first))).toBe(functionOf(space.parse(second)));
    expect(space.distinct!(space.parse(first))).toEqual(space.distinct!(space.parse(second)));
  });

  it("never makes a cell dearer by canonicalising it", () => {
    const before = new Float64Array(2);
    const after = new Float64Array(2);
    for (let index = 0; index < enumeration.size; index += 7) {
      space.views.cost!.write(at(index), before);
      for (const merge of [space.canonical, space.distinct!]) {
        space.views.cost!.write(merge(at(index)), after);
        expect(after[0]).toBeLessThanOrEqual(before[0]);
        expect(after[1]).toBeLessThanOrEqual(before[1]);
      }
    }
  });

  it("draws the same paths in the graph as the cell has", () => {
    const graph = { vertices: 0, adjacency: new Uint8Array(64), operations: new Uint8Array(8) };
    space.views.graph!.write(at(0), graph);
    const names = space.views.graph!.operations;
    const paths: string[] = [];
    const walk = (vertex: number, words: string[]): void => {
      if (vertex === 7) paths.push(words.join(" "));
      for (let next = vertex + 1; next < 8; next++) {
        if (graph.adjacency[vertex * 8 + next] === 1) walk(next, [...words, names[graph.operations[next]]]);
      }
    };
    walk(0, []);
    expect(paths.sort()).toEqual([
      "avg_pool_3x3 skip_connect output",
      "avg_pool_3x3 skip_connect skip_connect output",
      "nor_conv_1x1 output",
      "nor_conv_1x1 skip_connect output",
    ]);
  });

  it.each([
    ["", "expected 3 nodes"],
    ["|none~0|+|none~0|none~1|", "expected 3 nodes"],
    ["|none~0|+|none~0|none~1|+|none~0|none~1|none~1|", 'input 3 of node 3 must end in "~2"'],
    ["|none~0|+|none~0|none~1|+|none~0|none~1|", "node 3 must have 3 inputs, found 2"],
    ["none~0+|none~0|none~1|+|none~0|none~1|none~2|", 'node 1 must stand between "|" and "|"'],
    ["|conv3x3~0|+|none~0|none~1|+|none~0|none~1|none~2|", 'unknown operation "conv3x3"'],
  ])("refuses %j", (text, reason) => {
    expect(() => space.parse(text)).toThrow(AssayError);
    expect(() => space.parse(text)).toThrow(reason);
  });

  it("says which data sets there are", () => {
    expect(() => createSpace("nasbench201:dataset=mnist")).toThrow(/dataset/);
    expect(createSpace("nasbench201:dataset=cifar100").size).toBe(15_625n);
  });

  it("knows no index for genes that are no operations", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 6, maxLength: 6 }), (genes) => {
        const index = enumeration.indexOf(Int32Array.from(genes));
        expect(index >= 0).toBe(genes.every((gene) => gene >= 0 && gene < 5));
        if (index >= 0) expect([...at(index)]).toEqual(genes);
      }),
    );
  });

  it("agrees with the published table in all 15,625 rows", (context) => {
    const file = join(requireData(context), "nasbench201", "nb201_main.csv.gz");
    const [header, ...rows] = gunzipSync(readFileSync(file)).toString().trim().split("\n");
    const names = header.split(",");
    expect(rows).toHaveLength(15_625);
    const prefixes = ["cifar10", "cifar100", "in16"];
    const costs = DATASETS.map((dataset) => createNasBench201({ dataset }).views.cost!);
    const columns = prefixes.map((prefix) => [names.indexOf(`${prefix}_flops`), names.indexOf(`${prefix}_params`)]);
    const values = new Float64Array(2);
    rows.forEach((row, index) => {
      const fields = row.split(",");
      const cell = space.parse(fields[1]);
      if (enumeration.indexOf(cell) !== index || space.format(cell) !== fields[1]) throw new Error(`row ${index}`);
      costs.forEach((cost, dataset) => {
        cost.write(cell, values);
        columns[dataset].forEach((column, metric) => {
          if (values[metric] !== Number(fields[column])) throw new Error(`row ${index}, ${names[column]}`);
        });
      });
    });
  });
});
