import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Architecture, SearchSpace } from "../../space/contract.js";
import { createNasBench101, createNasBench201 } from "../../space/index.js";
import { createLiveGraph, type LiveGraph } from "./liveGraph.js";
import { createNeighbourList, createNeighboursGroup } from "./neighbours.js";

/** What `createNeighbourList` counts, found by walking. */
function neighbourhoodsOf(graph: LiveGraph): Map<string, number> {
  const { output, edges, from, to, letter, isLive } = graph;
  const found = new Map<string, number>();
  const note = (text: string) => found.set(text, (found.get(text) ?? 0) + 1);
  const nameOf = (vertex: number): string =>
    vertex === 0 || vertex === output ? "end" : graph.letters[letter[vertex]];
  const isPassed = (vertex: number): boolean => vertex !== 0 && vertex !== output && letter[vertex] < 0;
  const walk = (vertex: number, here: Int32Array, there: Int32Array): string[] => {
    const names: string[] = [];
    for (let edge = 0; edge < edges; edge++) {
      if (here[edge] !== vertex) continue;
      const other = there[edge];
      if (isPassed(other)) names.push(...walk(other, here, there));
      else names.push(nameOf(other));
    }
    return names.sort();
  };
  for (let vertex = 0; vertex <= output; vertex++) {
    if (edges === 0 || isLive[vertex] === 0 || isPassed(vertex)) continue;
    if (vertex > 0) note(`${walk(vertex, to, from)} into ${nameOf(vertex)}`);
    if (vertex < output) note(`${nameOf(vertex)} to ${walk(vertex, from, to)}`);
  }
  return found;
}

describe.each<[string, SearchSpace, number]>([
  ["nasbench201", createNasBench201(), 3],
  ["nasbench101", createNasBench101(), 401],
])("the neighbourhoods of %s", (_, space, step) => {
  const view = space.views.graph!;
  const graph = createLiveGraph(view);
  const list = createNeighbourList(view);
  const architecture = new Int32Array(space.genes);

  test("tell apart what differs in them, and nothing else", () => {
    const numbersOf = new Map<string, string>();
    for (let index = 0; index < space.enumeration!.size; index += step) {
      space.enumeration!.write(index, architecture);
      graph.read(architecture);
      list.read(graph);
      const expected = neighbourhoodsOf(graph);
      const counts = Array.from(list.counts.subarray(0, list.length));
      expect(counts.toSorted()).toEqual([...expected.values()].sort());
      const text = JSON.stringify([...expected].sort());
      const numbers = JSON.stringify([Array.from(list.numbers.subarray(0, list.length)), counts]);
      expect(numbersOf.get(text) ?? numbers).toBe(numbers);
      numbersOf.set(text, numbers);
    }
    expect(new Set(numbersOf.values()).size).toBe(numbersOf.size);
  });

  test("rise, and keep the most frequent where there is no room", () => {
    fc.assert(
      fc.property(fc.nat(space.enumeration!.size - 1), fc.nat(8), (index, room) => {
        space.enumeration!.write(index, architecture);
        graph.read(architecture);
        list.read(graph);
        const listed = () =>
          Array.from(list.numbers.subarray(0, list.length), (number, i): [number, number] => [number, list.counts[i]]);
        const all = listed();
        expect(all).toEqual(all.toSorted(([a], [b]) => a - b));
        list.shorten(room);
        const kept = all.sort(([a, countA], [b, countB]) => countB - countA || a - b).slice(0, room);
        expect(listed()).toEqual(kept.sort(([a], [b]) => a - b));
      }),
      { numRuns: 100 },
    );
  });
});

describe("neighbourhoods", () => {
  const space = createNasBench201();
  const view = space.views.graph!;

  function seen(text: string): LiveGraph {
    const graph = createLiveGraph(view);
    graph.read(space.parse(text));
    return graph;
  }

  test("tell whether paths share an operation", () => {
    const [a, b] = ["nor_conv_3x3", "nor_conv_1x1"];
    // Twice a path a, b; with one b in all, and with two.
    const shared = seen(`|${a}~0|+|${a}~0|skip_connect~1|+|none~0|none~1|${b}~2|`);
    const apart = seen(`|${a}~0|+|${a}~0|none~1|+|none~0|${b}~1|${b}~2|`);
    expect(neighbourhoodsOf(shared).get(`${a},${a} into ${b}`)).toBe(1);
    const list = createNeighbourList(view);
    const numbersOf = (graph: LiveGraph) => {
      list.read(graph);
      return Array.from(list.numbers.subarray(0, list.length));
    };
    expect(numbersOf(shared)).not.toEqual(numbersOf(apart));
  });

  test("are none in a cell that computes nothing, whose row holds unused pairs", () => {
    const graph = createLiveGraph(view);
    const architectures = Array.from({ length: 40 }, (_, index) => {
      const architecture = new Int32Array(space.genes);
      space.enumeration!.write(300 * index, architecture);
      return architecture;
    });
    const see = (architecture: Architecture) => {
      graph.read(architecture);
      return { architecture, graph };
    };
    const group = createNeighboursGroup(view, see, architectures, false);
    const none = "none";
    const nothing = space.parse(`|${none}~0|+|${none}~0|${none}~1|+|${none}~0|${none}~1|${none}~2|`);
    const row = new Float32Array(group.width + 2).fill(9);
    group.write(see(nothing), 1, row, 1);
    expect([...row]).toEqual([
      9,
      ...Array(group.width / 2)
        .fill([-1, 0])
        .flat(),
      9,
    ]);
    expect(group.spread).toBeGreaterThan(0);
  });
});
