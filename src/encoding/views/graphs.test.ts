import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Architecture, GraphView } from "../../space/contract.js";
import { countSequences } from "../pathSequences.js";
import { createLiveGraph } from "./liveGraph.js";
import { createPathList } from "./pathList.js";
import { summariseGraph } from "./summaryOfGraph.js";

const VERTICES = 6;

/** Genes: number of vertices, the operations of all, then the bits above the diagonal of the largest graph, row by row. */
const view: GraphView = {
  maximumVertices: VERTICES,
  operations: ["input", "a", "b", "zero", "copy", "output"],
  zeroOperations: ["zero"],
  identityOperations: ["copy"],
  write([vertices, ...genes]: Architecture, graph) {
    graph.vertices = vertices;
    graph.adjacency.fill(0);
    let gene = VERTICES;
    for (let i = 0; i < VERTICES; i++) {
      for (let j = i + 1; j < VERTICES; j++) {
        graph.adjacency[i * VERTICES + j] = j < vertices ? genes[gene] : 0;
        gene++;
      }
    }
    for (let v = 0; v < vertices; v++) graph.operations[v] = genes[v];
    graph.operations[0] = 0;
    graph.operations[vertices - 1] = 5;
  },
};

const anyGraph = fc
  .tuple(
    fc.integer({ min: 2, max: VERTICES }),
    fc.array(fc.integer({ min: 1, max: 4 }), { minLength: VERTICES, maxLength: VERTICES }),
    fc.array(fc.constantFrom(0, 1, 1), { minLength: 15, maxLength: 15 }),
  )
  .map(([vertices, operations, bits]) => Int32Array.of(vertices, ...operations, ...bits));

/** All paths from input to output without a zero, as lists of vertices. */
function pathsOf(architecture: Architecture): { paths: number[][]; operations: string[] } {
  const graph = { vertices: 0, adjacency: new Uint8Array(36), operations: new Uint8Array(6) };
  view.write(architecture, graph);
  const operations = Array.from({ length: graph.vertices }, (_, v) => view.operations[graph.operations[v]]);
  const paths: number[][] = [];
  const extend = (path: number[]): void => {
    const end = path[path.length - 1];
    if (end === graph.vertices - 1) paths.push(path);
    for (let next = end + 1; next < graph.vertices; next++) {
      if (graph.adjacency[end * VERTICES + next] === 1 && operations[next] !== "zero") extend([...path, next]);
    }
  };
  extend([0]);
  return { paths, operations };
}

const live = createLiveGraph(view);

describe("the live graph", () => {
  test("is summed up like a list of all its paths", () => {
    const part = summariseGraph(live);
    const values = new Float64Array(part.columns.length + 2).fill(9);
    fc.assert(
      fc.property(anyGraph, (architecture) => {
        const { paths, operations } = pathsOf(architecture);
        live.read(architecture);
        part.write({ architecture, graph: live }, values, 1);
        const vertices = new Set(paths.flat());
        const edges = new Set(paths.flatMap((path) => path.slice(1).map((to, i) => `${path[i]}>${to}`)));
        const lengths = paths.map((path) => path.filter((v) => "ab".includes(operations[v])).length);
        const total = lengths.reduce((sum, length) => sum + length, 0);
        const expected: number[] = [];
        for (const letter of ["a", "b"]) {
          const times = paths.map((path) => path.filter((v) => operations[v] === letter).length);
          expected.push([...vertices].filter((v) => operations[v] === letter).length);
          expected.push(Math.log(1 + times.reduce((sum, time) => sum + time, 0)));
          expected.push(Math.max(0, ...times));
        }
        expected.push(Math.log(1 + paths.length), lengths.filter((length) => length === 0).length);
        expected.push(Math.max(0, ...lengths), total / Math.max(1, paths.length), edges.size, vertices.size);
        expected.push([...edges].filter((edge) => edge.startsWith("0>")).length);
        expected.push([...edges].filter((edge) => edge.endsWith(`>${operations.length - 1}`)).length);
        expected.push(paths.length === 0 ? 0 : Math.min(...lengths));
        expect([...values]).toEqual([9, ...expected, 9]);
      }),
      { numRuns: 300 },
    );
  });

  test("has the sequences of its paths, the numerous first where there is no room", () => {
    const list = createPathList(countSequences(2, VERTICES - 2));
    fc.assert(
      fc.property(anyGraph, fc.nat(6), (architecture, room) => {
        const { paths, operations } = pathsOf(architecture);
        const expected = new Map<number, number>();
        for (const path of paths) {
          const letters = path.map((v) => "ab".indexOf(operations[v])).filter((letter) => letter >= 0);
          const sequence = letters.reduce((number, letter) => number * 2 + 1 + letter, 0);
          expected.set(sequence, (expected.get(sequence) ?? 0) + 1);
        }
        live.read(architecture);
        list.read(live);
        const listed = (): [number, number][] =>
          Array.from(list.sequences.subarray(0, list.length), (sequence) => [sequence, list.counts[sequence]]);
        const all = [...expected].sort(([a], [b]) => a - b);
        expect(listed()).toEqual(all);
        list.shorten(room);
        const kept = all.sort(([a, countA], [b, countB]) => countB - countA || a - b).slice(0, room);
        expect(listed()).toEqual(kept.sort(([a], [b]) => a - b));
        expect(list.counts.reduce((sum, count) => sum + count, 0)).toBe(
          kept.reduce((sum, [, count]) => sum + count, 0),
        );
      }),
      { numRuns: 300 },
    );
  });

  test("lists long lists in order too", () => {
    const wide: GraphView = {
      maximumVertices: 42,
      operations: ["input", ...Array.from({ length: 40 }, (_, i) => `o${i}`), "output"],
      zeroOperations: [],
      identityOperations: [],
      longestPath: 1,
      write(_, graph) {
        graph.vertices = 42;
        graph.adjacency.fill(0);
        for (let v = 1; v < 41; v++) {
          graph.adjacency[v] = 1;
          graph.adjacency[v * 42 + 41] = 1;
          graph.operations[v] = 41 - v;
        }
        graph.operations[41] = 41;
      },
    };
    const buffer = createLiveGraph(wide);
    buffer.read(new Int32Array(0));
    const list = createPathList(41);
    list.read(buffer);
    expect([...list.sequences.subarray(0, list.length)]).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  });
});
