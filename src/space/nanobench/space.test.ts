import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGenerator } from "../../random/index.js";
import type { Architecture } from "../contract.js";
import { canonicaliseNanoCell } from "./canonical.js";
import { createNanoCell, faultOf, type NanoCell, nodesOf, OPERATIONS } from "./cell.js";
import { loadGenes } from "./genes.js";
import { createNanoBench } from "./index.js";
import { formatNanoCell, parseNanoCell } from "./text.js";

const space = createNanoBench();
const { size, write, indexOf } = space.enumeration!;

function at(index: number): Architecture {
  const architecture = new Int32Array(space.genes);
  write(index, architecture);
  return architecture;
}

const cells = fc.integer({ min: 0, max: size - 1 }).map(at);

/** The same cell with its inner nodes in another order, in which edges may point backwards. */
function shuffled(architecture: Architecture, seed: number): NanoCell {
  const cell = createNanoCell();
  loadGenes(architecture, cell);
  const { vertices, successors, operations } = cell;
  const inner = createGenerator(seed).shuffle(Array.from({ length: vertices - 2 }, (_, i) => i + 1));
  const place = [0, ...inner, vertices - 1];
  const moved = createNanoCell();
  moved.vertices = vertices;
  for (let node = 0; node < vertices; node++) {
    moved.operations[place[node]] = operations[node];
    for (const target of nodesOf(successors[node])) moved.successors[place[node]] |= 1 << place[target];
  }
  return moved;
}

describe("nanobench", () => {
  it("counts the same cells as a search through all of them without any cleverness", () => {
    // All cells of up to 5 nodes in all topological orders; two are the same where some order makes them equal.
    const texts = new Set<string>();
    const cell = createNanoCell();
    for (let vertices = 2; vertices <= 5; vertices++) {
      const edges = (vertices * (vertices - 1)) / 2;
      cell.vertices = vertices;
      for (let labels = 0; labels < 6 ** (vertices - 2); labels++) {
        for (let node = 1, rest = labels; node < vertices - 1; node++, rest = Math.floor(rest / 6)) {
          cell.operations[node] = rest % 6;
        }
        for (let bits = 0; bits < 2 ** edges; bits++) {
          cell.successors.fill(0);
          for (let from = 0, bit = 0; from < vertices; from++) {
            for (let to = from + 1; to < vertices; to++, bit++) cell.successors[from] |= ((bits >>> bit) & 1) << to;
          }
          if (faultOf(cell) === undefined) texts.add(smallestText(cell));
        }
      }
    }
    expect(texts.size).toBe(1 + 5 + 30 + 225);
    const listed = Array.from({ length: texts.size }, (_, index) =>
      smallestText(parseNanoCell(space.format(at(index)))),
    );
    expect(new Set(listed)).toEqual(texts);
  });

  it("has 24,556 cells, 11,369 without nodes that do nothing", () => {
    expect(size).toBe(24_556);
    const vertices = Array.from({ length: size }, (_, index) => at(index)[0]);
    expect([2, 3, 4, 5, 6, 7].map((count) => vertices.filter((found) => found === count).length)).toEqual([
      1, 5, 30, 225, 2050, 22_245,
    ]);
    const canonical = new Set<string>();
    const canonicalOfOddWidths = new Set<string>();
    const odd = createNanoBench({ channels: 8 });
    for (let index = 0; index < size; index++) {
      canonical.add(space.canonical(at(index)).join());
      canonicalOfOddWidths.add(odd.canonical(at(index)).join());
    }
    expect(
      [...canonical].some((genes) => space.format(Int32Array.from(genes.split(","), Number)).includes("none")),
    ).toBe(false);
    expect([canonical.size, canonicalOfOddWidths.size]).toEqual([11_369, 12_604]);
  });

  it("takes out what does nothing", () => {
    const canonical = (text: string): string => space.format(space.canonical(space.parse(text)));
    expect(canonical("none~0|output~1")).toBe("output~0");
    expect(canonical("split~0|none~1|output~1,2")).toBe("output~0");
    expect(canonical("split~0|split~1|none~2|dwconv3x3~2,3|output~1,4")).toBe("split~0|dwconv3x3~1|output~1,2");
    expect(canonical("split~0|dwconv3x3~1|none~1|none~2,3|atten~4|output~5")).toBe(
      "split~0|dwconv3x3~1|atten~1,2|output~3",
    );
  });

  it("has the same index for every form of a cell, and none for what is no cell", () => {
    fc.assert(
      fc.property(cells, fc.integer(), (architecture, seed) => {
        const key = canonicaliseNanoCell(shuffled(architecture, seed));
        expect(key).toBe(canonicaliseNanoCell(shuffled(architecture, seed + 1)));
        const other = shuffled(architecture, seed);
        canonicaliseNanoCell(other);
        expect(formatNanoCell(other)).toBe(space.format(architecture));
      }),
    );
    const written = space.parse("split~0|conv1x1~1|dwconv3x3~1|output~2,3");
    expect(space.format(written)).toBe("split~0|dwconv3x3~1|conv1x1~1|output~2,3");
    // Node 1 feeds nothing; two inputs of the network; one gene too few.
    for (const genes of [
      [3, 0b10, 0],
      [3, 0b111, 0],
      [3, 0b101],
    ])
      expect(indexOf(Int32Array.from(genes))).toBe(-1);
    expect(() => space.format(Int32Array.of(3, 0b10, 0))).toThrow(/no cell of nanobench/);
  });

  it("reaches every cell by edits from the smallest", () => {
    const reached = new Set([0]);
    const waiting = [0];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const neighbour of space.neighbours(at(next))) {
        const index = indexOf(neighbour);
        if (neighbour[0] > 5 || reached.has(index)) continue;
        reached.add(index);
        waiting.push(index);
      }
    }
    expect(reached.size).toBe(1 + 5 + 30 + 225);
  });

  it.each([
    ["conv3x3~0|output~1", /node 1 is "conv3x3", expected one of dwconv3x3/],
    ["dwconv3x3~0|split~1", /node 2 is "split", expected output/],
    ["dwconv3x3~1|output~1", /node 1 reads 1, expected earlier nodes/],
    ["split~0|output~1,1", /node 2 reads 1,1, expected earlier nodes in rising order, none twice/],
    ["split~0|output~1", /node 1 \(split\) feeds 1 nodes instead of 2/],
    ["dwconv3x3~0|conv1x1~0|output~1,2", /node 0 \(input\) feeds 2 nodes instead of 1/],
    ["dwconv3x3|output~1", /node 1 is "dwconv3x3" instead of operation~inputs/],
    ["none~0|none~1|none~2|none~3|none~4|none~5|output~6", /it has 8 nodes with the input, at most 7/],
  ])("refuses %s", (text, message) => {
    expect(() => space.parse(text)).toThrow(message);
  });

  it("says that images are too small for the stages", () => {
    expect(() => createNanoBench({ inputSize: 4, stages: 4 })).toThrow(/4 x 4 are too small for 4 stages/);
    expect(() => createNanoBench({ channels: 0 })).toThrow(/channels/);
  });
});

function smallestText(cell: NanoCell): string {
  const { vertices } = cell;
  let smallest: string | undefined;
  const place = (left: readonly number[], order: readonly number[]): void => {
    if (left.length > 0) {
      for (const node of left)
        place(
          left.filter((other) => other !== node),
          [...order, node],
        );
      return;
    }
    const position = [0, ...order, vertices - 1].map((_, node, all) => all.indexOf(node));
    const edges = position.flatMap((from, node) =>
      nodesOf(cell.successors[node]).map((target) => [from, position[target]] as const),
    );
    if (edges.some(([from, to]) => from > to)) return;
    const names = order.map((node) => OPERATIONS[cell.operations[node]]);
    const text = `${names.join()} ${edges
      .map(([from, to]) => `${from}-${to}`)
      .sort()
      .join()}`;
    if (smallest === undefined || text < smallest) smallest = text;
  };
  place(
    Array.from({ length: vertices - 2 }, (_, i) => i + 1),
    [],
  );
  return smallest!;
}
