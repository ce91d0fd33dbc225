import { describe, expect, it } from "vitest";
import { encode, encodeAll } from "../../encoding/index.js";
import { takeRows } from "../../kernels/matrix.js";
import { createGenerator } from "../../random/index.js";
import { createNasBench101, createNasBench201 } from "../../space/index.js";
import { type Graphs, readGraphs } from "../graph/readGraphs.js";
import { type SharedStates, shareStates } from "./sharedStates.js";

const nasbench201 = readGraphs(encodeAll(createNasBench201(), "graph"));
const nasbench101 = (() => {
  const space = createNasBench101();
  const generator = createGenerator(1);
  return readGraphs(
    encode(
      space,
      "graph",
      Array.from({ length: 30 }, () => space.sample(generator)),
    ),
  );
})();

/** Numbers for what a state adds up; sums of floats in another order would differ. */
function mix(values: readonly number[], layer: number): number {
  let sum = 0.1 * (layer + 1);
  for (const value of values) sum = Math.sqrt(sum * 1.7 + value);
  return sum;
}

/** What the global vertex ends with, state by state. */
function shared({ layers }: SharedStates, words: number): number[] {
  let states = Array.from({ length: words + 1 }, (_, word) => 1 + word);
  for (const [layer, { starts, entries }] of layers.entries()) {
    states = Array.from({ length: starts.length - 1 }, (_, state) =>
      mix(
        Array.from(entries.subarray(starts[state], starts[state + 1]), (entry) => states[entry]),
        layer,
      ),
    );
  }
  return states;
}

/** The same, vertex by vertex. */
function plain({ shape, words, edges }: Graphs, graph: number, layers: number): number {
  const { vertices } = shape;
  const used = Array.from({ length: vertices }, (_, slot) => slot).filter(
    (slot) => words[graph * vertices + slot] >= 0,
  );
  let states = used.map((slot) => 1 + words[graph * vertices + slot]);
  let global = 1 + shape.words;
  const ascending = (values: number[], layer: number) => (layer === 0 ? values.sort((a, b) => a - b) : values);
  for (let layer = 0; layer < layers; layer++) {
    // Words are added up in their own order, everything later in that of the slots.
    const everything = mix(layer < layers - 1 ? ascending([global, ...states], layer) : [global, ...states], layer);
    states = used.map((slot, i) => {
      const read = used.flatMap((to, j) => (edges[(graph * vertices + slot) * vertices + to] === 1 ? [states[j]] : []));
      return mix(ascending([states[i], ...read], layer), layer);
    });
    global = everything;
  }
  return global;
}

describe("shared states", () => {
  it.each([
    ["nasbench201", nasbench201],
    ["nasbench101", nasbench101],
  ])("of %s come to what every vertex for itself comes to", (_, graphs) => {
    const rows = createGenerator(2).choose(30, graphs.count);
    for (const layers of [1, 2, 4]) {
      const states = shared(shareStates(graphs, rows, layers), graphs.shape.words);
      expect(states).toEqual(rows.map((row) => plain(graphs, row, layers)));
    }
  });

  it("are few beside the global vertices", () => {
    const rows = createGenerator(3).choose(3000, nasbench201.count);
    const { layers, graphs } = shareStates(nasbench201, rows, 4);
    expect(graphs).toBe(3000);
    expect(layers[0].states).toBeLessThan(400);
    // Of 30,000 vertices, and a global one for each cell.
    expect(layers[1].states).toBeLessThan(3000 + 400);
    expect(layers[2].states).toBeLessThan(3000 + 5000);
    expect(layers[3].states).toBe(3000);
  });

  it("do not depend on what rows are looked at together, beyond their numbers", () => {
    const features = encodeAll(createNasBench201(), "pruned-graph");
    const few = readGraphs(takeRows(features, [7, 5000, 12_000]));
    expect(shareStates(few, [0, 1, 2], 3).layers.map(({ states }) => states)).toEqual(
      shareStates(readGraphs(features), [7, 5000, 12_000], 3).layers.map(({ states }) => states),
    );
  });
});
