import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AssayError } from "../../errors.js";
import { createGenerator } from "../../random/index.js";
import { createNasBench101, nasBench101Hash } from "./space.js";

const space = createNasBench101();
const enumeration = space.enumeration!;

/** The same cell with its interior vertices in another order, and with dead vertices, as genes. */
function disguise(text: string, seed: number): Int32Array {
  const [, edges, letters] = text.split(":");
  const vertices = letters.length;
  const generator = createGenerator(seed);
  const room = vertices + generator.integer(8 - vertices);
  // Places keep the order of the vertices wherever an edge joins them: a shuffle, sorted by depth.
  const pairs: [number, number][] = [];
  let place = 0;
  for (let i = 0; i < vertices; i++) {
    for (let j = i + 1; j < vertices; j++) if (edges[place++] === "1") pairs.push([i, j]);
  }
  const depth = new Array<number>(vertices).fill(0);
  for (const [i, j] of pairs) depth[j] = Math.max(depth[j], depth[i] + 1);
  const interior = generator.shuffle(Array.from({ length: vertices - 2 }, (_, i) => i + 1));
  interior.sort((a, b) => depth[a] - depth[b]);
  const places = generator
    .choose(vertices - 2, room - 2)
    .map((slot) => slot + 1)
    .sort((a, b) => a - b);
  const placeOf = new Map<number, number>([
    [0, 0],
    [vertices - 1, room - 1],
  ]);
  interior.forEach((vertex, i) => {
    placeOf.set(vertex, places[i]);
  });
  const joined = new Set(pairs.map(([i, j]) => `${placeOf.get(i)}${placeOf.get(j)}`));
  const names = Array.from({ length: room }, () => generator.integer(3));
  for (const vertex of interior) names[placeOf.get(vertex)!] = "31M".indexOf(letters[vertex]);
  for (let dead = 1; dead < room - 1; dead++) {
    // A dead vertex may have an edge in: it leads nowhere.
    if (!places.includes(dead) && generator.integer(2) === 0) joined.add(`0${dead}`);
  }
  let adjacency = 0;
  let bit = 0;
  for (let i = 0; i < room; i++) {
    for (let j = i + 1; j < room; j++, bit++) if (joined.has(`${i}${j}`)) adjacency |= 1 << bit;
  }
  let operations = 0;
  for (let vertex = room - 2; vertex > 0; vertex--) operations = operations * 3 + names[vertex];
  return Int32Array.of(room, adjacency, operations);
}

describe("nasbench101", () => {
  it("has the published hashes", () => {
    expect(nasBench101Hash(space.parse("7:100110100001001010101:I3M331O"))).toBe("00005c142e6f48ac74fdcf73e3439874");
    expect(nasBench101Hash(space.parse("7:100000100001000111101:I11313O"))).toBe("0000718c96730a92ea6d5242f8ce77e2");
  });

  it("sees through any order of the vertices and through dead vertices", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 423_623 }), fc.integer(), (index, seed) => {
        const cell = new Int32Array(3);
        enumeration.write(index, cell);
        const other = disguise(space.format(cell), seed);
        expect([...space.canonical(other)]).toEqual([...cell]);
        expect(enumeration.indexOf(other)).toBe(index);
        expect([...space.parse(space.format(other))]).toEqual([...cell]);
        expect(nasBench101Hash(other)).toBe(nasBench101Hash(cell));
      }),
      { numRuns: 300 },
    );
  });

  it("lists the neighbours of small cells as a count by hand gives", () => {
    const texts = (text: string): string[] => space.neighbours(space.parse(text)).map(space.format).sort();
    expect(texts("2:1:IO")).toEqual(["3:111:I1O", "3:111:I3O", "3:111:IMO"]);
    const chain = texts("3:101:I3O");
    // Another operation, a skip, or a vertex beside, before or after the one there is.
    expect(chain).toContain("3:101:I1O");
    expect(chain).toContain("3:111:I3O");
    expect(chain).toHaveLength(2 + 1 + 3 * 3);
    expect(texts("3:111:I3O")).toContain("2:1:IO");
  });

  it("reaches large cells from the smallest one by neighbours alone", () => {
    const generator = createGenerator(3);
    let cell = space.parse("2:1:IO");
    let most = 0;
    for (let step = 0; step < 60; step++) {
      const neighbours = space.neighbours(cell);
      cell = neighbours[generator.integer(neighbours.length)];
      most = Math.max(most, cell[0]);
    }
    expect(most).toBe(7);
  });

  it("lets mutants grow and shrink", () => {
    const generator = createGenerator(4);
    const sizes = new Set<number>();
    for (let i = 0; i < 200; i++) sizes.add(space.mutate(space.parse("5:1000100101:I3M1O"), generator)[0]);
    expect([...sizes].sort()).toEqual(expect.arrayContaining([4, 5, 6, 7]));
  });

  it("keeps to the cells it is given, in their order", () => {
    const texts = ["7:100000100001000111101:I11313O", "3:101:IMO", "2:1:IO"];
    const given = texts.map(space.parse);
    const column = (gene: number): Int32Array => Int32Array.from(given, (cell) => cell[gene]);
    const few = createNasBench101({
      cells: { vertices: column(0), adjacency: column(1), operations: column(2) },
    });
    expect(few.size).toBe(3n);
    texts.forEach((text, index) => {
      expect(few.enumeration!.indexOf(few.parse(text))).toBe(index);
    });
    expect(few.enumeration!.indexOf(space.parse("3:101:I3O"))).toBe(-1);
    const generator = createGenerator(5);
    for (const text of texts) {
      for (let i = 0; i < 5; i++) {
        const mutant = few.format(few.mutate(few.parse(text), generator));
        expect(texts.filter((other) => other !== text)).toContain(mutant);
      }
    }
  });

  it("finds a cell by its hash where the cells are in the order of the hashes", () => {
    const generator = createGenerator(6);
    const cells = Array.from({ length: 50 }, () => space.sample(generator)).map((cell) => ({
      cell,
      hash: nasBench101Hash(cell),
    }));
    cells.sort((a, b) => (a.hash < b.hash ? -1 : 1));
    const column = (gene: number): Int32Array => Int32Array.from(cells, ({ cell }) => cell[gene]);
    const sorted = createNasBench101({
      cells: { vertices: column(0), adjacency: column(1), operations: column(2) },
    });
    for (const { cell, hash } of cells) expect([...sorted.parse(hash.toUpperCase())]).toEqual([...cell]);
    expect(() => sorted.parse("0".repeat(32))).toThrow(/No cell with the module hash 0{32}/);
  });

  it.each([
    ["", "expected three parts"],
    ["8:1:IO", 'expected 2 to 7 vertices, found "8"'],
    ["3:10:I3O", "expected 3 digits 0 or 1 for 3 vertices"],
    ["3:102:I3O", "expected 3 digits 0 or 1 for 3 vertices"],
    ["3:101:I5O", "expected I, 1 of the letters 3, 1 and M, and O"],
    ["3:101:I33O", "expected I, 1 of the letters 3, 1 and M, and O"],
    ["3:100:I3O", "no path leads from the input to the output"],
    ["5:1111111111:I333O", "it has 10 edges, at most 9 are possible"],
  ])("refuses %j", (text, reason) => {
    expect(() => space.parse(text)).toThrow(AssayError);
    expect(() => space.parse(text)).toThrow(reason);
  });

  it("refuses genes and columns that make no sense", () => {
    expect(() => space.canonical(Int32Array.of(3, 1, 0))).toThrow(/no path/);
    expect(() => space.canonical(Int32Array.of(9, 1, 0))).toThrow(/no cell/);
    expect(() => space.format(Int32Array.of(3, 8, 0))).toThrow(/no cell/);
    const empty = new Int32Array(0);
    expect(() => createNasBench101({ cells: { vertices: empty, adjacency: empty, operations: empty } })).toThrow(
      /three columns of one length/,
    );
    const twice = { vertices: [2, 2], adjacency: [1, 1], operations: [0, 0] };
    expect(() => createNasBench101({ cells: twice }).enumeration!.indexOf(Int32Array.of(2, 1, 0))).toThrow(
      /Rows 0 and 1 hold the same nasbench101 cell/,
    );
  });
});
