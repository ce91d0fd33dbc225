import { expect, test } from "vitest";
import { createGenerator } from "../../random/index.js";
import { createChoiceSpace, createNasBench101, createNasBench201 } from "../../space/index.js";
import { drawArchitecture } from "./architecture.js";

const edgeCells = createNasBench201();

function drawEdges(text: string): string {
  return drawArchitecture(edgeCells, edgeCells.parse(text)).join("\n");
}

test("a cell with operations on its edges is drawn from left to right", () => {
  expect(
    drawEdges("|nor_conv_3x3~0|+|nor_conv_1x1~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|"),
  ).toBe(`\
╭──────────────────────── skip ─────────────────────────╮
│╭──────────── conv 1x1 ─────────────╮                  │
││                                   ▼                  ▼
in ── conv 3x3 ──▶ 1 ── avg pool ──▶ 2 ── conv 3x3 ──▶ out
                   │                                    ▲
                   ╰───────────── conv 3x3 ─────────────╯`);
});

test("what leads nowhere is left out", () => {
  expect(drawEdges("|nor_conv_3x3~0|+|none~0|skip_connect~1|+|none~0|avg_pool_3x3~1|none~2|")).toBe(`\
in ── conv 3x3 ──▶ 1                                   out
                   │                                    ▲
                   ╰───────────── avg pool ─────────────╯`);
  expect(drawEdges("|none~0|+|none~0|nor_conv_3x3~1|+|none~0|skip_connect~1|none~2|")).toBe(
    "in   out   (nothing leads from the input to the output)",
  );
});

test("a cell with operations on its vertices is drawn from top to bottom", () => {
  const space = createNasBench101();
  // input -> conv3x3 -> output, and input -> output
  const cell = Int32Array.of(3, 0b111, 0);
  expect(drawArchitecture(space, cell).join("\n")).toBe(`\
╭──● input
│  │
│  ● conv3x3-bn-relu
│  │
╰─▶● output`);
});

test("every edge of a graph can be followed", () => {
  const space = createNasBench101();
  const view = space.views.graph!;
  const side = view.maximumVertices;
  const generator = createGenerator("drawings");
  for (let sample = 0; sample < 50; sample++) {
    const graph = { vertices: 0, adjacency: new Uint8Array(side * side), operations: new Uint8Array(side) };
    const cell = space.sample(generator);
    view.write(cell, graph);
    const lines = drawArchitecture(space, cell);
    const middle = lines[0].indexOf("●");
    for (let vertex = 1; vertex < graph.vertices; vertex++) {
      const row = lines.findIndex((_, i) => lines.slice(0, i + 1).filter((one) => one.includes("●")).length > vertex);
      const sources = Array.from({ length: vertex }, (_, i) => i).filter(
        (i) => graph.adjacency[i * side + vertex] === 1,
      );
      expect(lines[row - 1][middle] === "│").toBe(sources.includes(vertex - 1));
      expect(lines[row][middle - 1] === "▶").toBe(sources.some((source) => source < vertex - 1));
    }
  }
});

test("choices are a list", () => {
  const space = createChoiceSpace({ parameters: { kernel: [3, 5], depth: [1, 2] } });
  expect(drawArchitecture(space, Int32Array.of(1, 0))).toEqual(["kernel  5", "depth   1"]);
});
