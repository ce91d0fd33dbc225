import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AssayError } from "../errors.js";
import type { Matrix } from "../kernels/matrix.js";
import { createGenerator } from "../random/index.js";
import type { Architecture, SearchSpace } from "../space/contract.js";
import {
  createChoiceSpace,
  createNanoBench,
  createNasBench101,
  createNasBench201,
  createTinyNasBench201,
  restrictSpace,
} from "../space/index.js";
import { bindEncoding, encode, encodeAll, misfitOf, readViews, type ViewSpan } from "./index.js";

const nasbench201 = createNasBench201();

const conditional = createChoiceSpace({
  name: "conditional",
  parameters: {
    family: ["transformer", "convolution"],
    depth: { levels: [1, 2, 4, 8], kind: "ordinal" },
    heads: { levels: [2, 4, 8], kind: "ordinal", when: { family: ["transformer"] } },
    first: { levels: [3, 5, 7], kind: "ordinal", when: { family: ["convolution"] } },
    second: { levels: [3, 5, 7], kind: "ordinal", when: { family: ["convolution"] } },
  },
  cost: { size: "depth * (first + second)", nothing: "7" },
});

/** Names without the group, by group. */
function namesOf(space: SearchSpace): Record<string, string[]> {
  const names: Record<string, string[]> = {};
  for (const name of bindEncoding(space, "views").columnNames) {
    const [group, rest] = name.includes(": ") ? name.split(": ", 2) : ["header", name];
    names[group] ??= [];
    names[group].push(rest);
  }
  return names;
}

/** The coordinates of one group in one row, by number. */
function coordinates({ columns, data }: Matrix, row: number, { kind, start, width }: ViewSpan): Map<number, number> {
  const found = new Map<number, number>();
  const first = row * columns + start;
  for (let i = 0; i < width; i += kind === "sparse" ? 2 : 1) {
    if (kind === "dense") found.set(i, data[first + i]);
    else if (data[first + i] >= 0) found.set(data[first + i], data[first + i + 1]);
  }
  return found;
}

/** The mean squared distance of two rows drawn with replacement, for each group. */
function meanDistances(matrix: Matrix): number[] {
  return readViews(matrix)!.map((span) => {
    const sums = new Map<number, number>();
    let squares = 0;
    for (let row = 0; row < matrix.rows; row++) {
      for (const [column, value] of coordinates(matrix, row, span)) {
        sums.set(column, (sums.get(column) ?? 0) + value / matrix.rows);
        squares += (value * value) / matrix.rows;
      }
    }
    return 2 * [...sums.values()].reduce((rest, mean) => rest - mean * mean, squares);
  });
}

function sampleOf(space: SearchSpace, count: number): Architecture[] {
  const generator = createGenerator("test");
  return Array.from({ length: count }, () => space.sample(generator));
}

const known: [string, SearchSpace][] = [
  ["nasbench201", nasbench201],
  ["nasbench101", createNasBench101()],
  ["nanobench", createNanoBench()],
  ["tiny-nasbench201", createTinyNasBench201()],
  ["a part of nasbench201", restrictSpace(nasbench201, { name: "small", description: "", limits: { flops: 10e6 } })],
  ["choices with conditions and costs", conditional],
];

describe("views", () => {
  test.each(known)("of %s: every group is at scale, every row has the header, pairs are in order", (_, space) => {
    const rows = encode(space, "views", sampleOf(space, 1_000));
    const spans = readViews(rows)!;
    expect(bindEncoding(space, "views").columns).toBe(rows.columns);
    meanDistances(rows).forEach((distance, i) => {
      expect(Math.abs(distance / spans[i].spread - 1)).toBeLessThan(0.15);
    });
    const wholes = spans.filter(({ spread }) => spread === 1);
    expect(wholes.reduce((sum, { width }) => sum + width, spans[0].start)).toBe(rows.columns);
    const header = rows.data.slice(0, spans[0].start);
    for (let row = 0; row < rows.rows; row += 7) {
      const start = row * rows.columns;
      expect(rows.data.slice(start, start + header.length)).toEqual(header);
      for (const span of spans.filter(({ kind }) => kind === "sparse")) {
        const numbers = [...coordinates(rows, row, span).keys()];
        expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
        const unused = rows.data.subarray(start + span.start + 2 * numbers.length, start + span.start + span.width);
        expect(unused.every((value, i) => value === (i % 2 === 0 ? -1 : 0))).toBe(true);
      }
    }
    expect(rows.data.every(Number.isFinite)).toBe(true);
  });

  test("has exactly scale 1 over a space that is its own reference", () => {
    const rows = encodeAll(conditional, "views");
    const spreads = readViews(rows)!.map(({ spread }) => spread);
    meanDistances(rows).forEach((distance, i) => {
      expect(distance).toBeCloseTo(spreads[i], 5);
    });
    expect(spreads.slice(0, 2)).toEqual([1, 1]);
  });

  test("says where operations and shape stand in the summary, after the costs", () => {
    const rows = encode(nasbench201, "views", sampleOf(nasbench201, 1));
    const { columnNames } = bindEncoding(nasbench201, "views");
    const [, summary, operations, shape] = readViews(rows)!;
    expect(operations.start).toBe(summary.start + 2);
    expect(operations.start + operations.width).toBe(shape.start);
    expect(shape.start + shape.width).toBe(summary.start + summary.width);
    expect(columnNames[shape.start]).toBe("summary: log(1+paths)");
    expect(operations.spread + shape.spread).toBeCloseTo(17 / 19, 2);
  });

  test("names the columns of nasbench201", () => {
    expect(namesOf(nasbench201)).toMatchSnapshot();
  });

  test("keeps the row of nasbench101 short, with room for the 8 sequences that a cell has at most", () => {
    const space = createNasBench101();
    const { columns, write } = bindEncoding(space, "views");
    expect(columns).toBeLessThan(57);
    const matrix = { rows: 1, columns, data: new Float32Array(columns) };
    const architecture = new Int32Array(space.genes);
    let most = 0;
    for (let index = 0; index < space.enumeration!.size; index += 23) {
      space.enumeration!.write(index, architecture);
      write(architecture, matrix.data, 0);
      most = Math.max(most, coordinates(matrix, 0, readViews(matrix)![0]).size);
    }
    expect(most).toBe(8);
  });

  test("is the same from another object of the same space", () => {
    const architectures = sampleOf(nasbench201, 50);
    const again = encode(createNasBench201(), "views", architectures);
    expect(again.data).toEqual(encode(nasbench201, "views", architectures).data);
    expect(bindEncoding(nasbench201, "views")).toBe(bindEncoding(nasbench201, "views"));
  });
});

describe("the groups of nasbench201", () => {
  const all = encodeAll(nasbench201, "views");
  const [paths, summary] = readViews(all)!;

  test("are the roots of the path counts, scaled, for every cell", () => {
    const counts = encodeAll(nasbench201, "path-counts");
    const scale = 2 / Math.max(...[...coordinates(all, skipsIndex(), paths).values()]);
    for (let row = 0; row < all.rows; row += 3) {
      const expected: [number, number][] = [];
      for (let column = 0; column < counts.columns; column++) {
        const count = counts.data[row * counts.columns + column];
        if (count > 0) expected.push([column, count]);
      }
      const found = [...coordinates(all, row, paths)].map(([column, root]) => [
        column,
        Math.round((root * scale) ** 2),
      ]);
      expect(found).toEqual(expected);
    }
  });

  function skipsIndex(): number {
    const skip = "skip_connect";
    return nasbench201.enumeration!.indexOf(
      nasbench201.parse(`|${skip}~0|+|${skip}~0|${skip}~1|+|${skip}~0|${skip}~1|${skip}~2|`),
    );
  }

  test("are the same for isomorphic cells in all that paths tell", () => {
    const names = namesOf(nasbench201)["summary"];
    const ofPaths = names.flatMap((name, i) => (/path|^most/.test(name) ? [i] : []));
    expect(ofPaths).toHaveLength(10);
    fc.assert(
      fc.property(fc.nat(nasbench201.enumeration!.size - 1), (index) => {
        const architecture = new Int32Array(6);
        nasbench201.enumeration!.write(index, architecture);
        const own = nasbench201.enumeration!.indexOf(nasbench201.canonical(architecture));
        expect(coordinates(all, own, paths)).toEqual(coordinates(all, index, paths));
        const told = (row: number) => ofPaths.map((column) => coordinates(all, row, summary).get(column));
        expect(told(own)).toEqual(told(index));
      }),
      { numRuns: 300 },
    );
  });
});

describe("the groups of a choice space", () => {
  const names = namesOf(conditional);

  test("are choices and a summary of ordinals, shared levels and costs that differ", () => {
    expect(names["header"].filter((name) => name.startsWith("kind"))).toEqual([
      "kind of choices",
      "kind of summary",
      "kind of levels",
      "kind of counts",
    ]);
    expect(names["choices"]).toHaveLength(2 + 4 + 3 + 3 + 3);
    expect(names["summary"]).toEqual([
      "log(1+size)",
      "depth",
      "heads",
      "first",
      "second",
      "number of 3 among first, …",
      "number of 5 among first, …",
      "number of 7 among first, …",
    ]);
  });

  test("are levels and counts again, which follow the costs", () => {
    const [choices, summary, levels, counts] = readViews(encodeAll(conditional, "views"))!;
    expect(choices.start + choices.width).toBe(summary.start);
    expect(levels).toMatchObject({ start: summary.start + 1, width: 4 });
    expect(counts).toMatchObject({ start: summary.start + 5, width: 3 });
  });

  test("are no parts that would be the whole summary", () => {
    const space = createChoiceSpace({
      parameters: { depth: { levels: [1, 2, 3], kind: "ordinal" }, kind: ["a", "b"] },
    });
    expect(readViews(encodeAll(space, "views"))).toHaveLength(2);
  });

  test("put an inactive ordinal at the mean of the active ones and count it nowhere", () => {
    const rows = encode(
      conditional,
      "views",
      ["family=transformer,depth=1,heads=8", "family=convolution,depth=1,first=3,second=3"].map(conditional.parse),
    );
    const [choices, summary] = readViews(rows)!;
    const at = (row: number, name: string): number =>
      coordinates(rows, row, summary).get(names["summary"].indexOf(name))!;
    expect(at(0, "first")).toBeCloseTo(0, 6);
    expect(at(1, "heads")).toBeCloseTo(0, 6);
    expect(at(1, "first")).toBeLessThan(-0.1);
    expect(at(0, "number of 3 among first, …")).toBeLessThan(at(1, "number of 3 among first, …"));
    const chosen = [0, 1].map(
      (row) => [...coordinates(rows, row, choices).values()].filter((value) => value > 0).length,
    );
    expect(chosen).toEqual([3, 4]);
  });

  test("tell rare architectures apart", () => {
    const rare = createChoiceSpace({
      parameters: {
        kind: ["simple", "rich"],
        variant: { levels: [1, 2, 3, 4], when: { kind: ["simple"] } },
        ...Object.fromEntries(
          Array.from({ length: 24 }, (_, i) => [`switch${i}`, { levels: ["on", "off"], when: { kind: ["rich"] } }]),
        ),
      },
    });
    const texts = [1, 2, 3, 4].map((variant) => `kind=simple,variant=${variant}`);
    const rows = encode(rare, "views", texts.map(rare.parse));
    expect(
      new Set(texts.map((_, row) => rows.data.slice(row * rows.columns, (row + 1) * rows.columns).join())).size,
    ).toBe(4);
    expect(rows.data.every(Number.isFinite)).toBe(true);
  });

  test("are there for any space of choices", () => {
    const anyParameters = fc.dictionary(
      fc.constantFrom("p", "q", "r", "s"),
      fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 4 }),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(anyParameters, (parameters) => {
        const space = createChoiceSpace({ parameters });
        const rows = encodeAll(space, "views");
        const spans = readViews(rows)!;
        meanDistances(rows).forEach((distance, i) => {
          expect(distance).toBeCloseTo(spans[i].spread, 4);
        });
        const different = new Set(
          Array.from({ length: rows.rows }, (_, row) =>
            rows.data.slice(row * rows.columns, (row + 1) * rows.columns).join(),
          ),
        );
        expect(different.size).toBe(rows.rows);
      }),
      { numRuns: 40 },
    );
  });
});

describe("views of other spaces", () => {
  /** Dense graphs whose vertices, all but the input and the output, are genes: 0 is no operation. */
  function denseSpace(vertices: number, operations: number): SearchSpace {
    const { enumeration: _, ...unlisted } = nasbench201;
    return {
      ...unlisted,
      name: "dense",
      genes: vertices,
      sample: (generator) => Int32Array.from({ length: vertices }, () => generator.integer(operations)),
      views: {
        graph: {
          maximumVertices: vertices,
          operations: ["input", ...Array.from({ length: operations }, (_, i) => `o${i}`), "output"],
          zeroOperations: [],
          identityOperations: ["o0"],
          write(architecture, graph) {
            graph.vertices = vertices;
            for (let i = 0; i < vertices; i++) graph.adjacency.fill(1, i * vertices + i + 1, (i + 1) * vertices);
            for (let v = 1; v < vertices - 1; v++) graph.operations[v] = architecture[v] + 1;
            graph.operations[vertices - 1] = operations + 1;
          },
        },
      },
    };
  }

  test("have no paths, but choices where there are any, where sequences are too many", () => {
    const space = denseSpace(10, 6);
    expect(Object.keys(namesOf(space))).toEqual(["header", "summary"]);
    const parameters = {
      parameters: [{ name: "second", levels: ["o0", "other"], kind: "categorical" as const }],
      write: (architecture: Architecture, chosen: Int32Array) => chosen.fill(Math.min(1, architecture[1])),
    };
    const withChoices: SearchSpace = { ...space, views: { ...space.views, parameters } };
    expect(Object.keys(namesOf(withChoices))).toEqual(["header", "choices", "summary"]);
  });

  test("have no paths where paths are too many", () => {
    const space = denseSpace(40, 2);
    expect(Object.keys(namesOf(space))).toEqual(["header", "summary"]);
    expect(encode(space, "views", sampleOf(space, 20)).data.every(Number.isFinite)).toBe(true);
  });

  test("have only as many pairs as can be of use", () => {
    expect(namesOf(denseSpace(4, 2))["paths"]).toHaveLength(2 * 3);
    expect(namesOf(denseSpace(10, 4))["paths"].length).toBeLessThanOrEqual(2 * 128);
  });

  test("are refused where there is nothing to read or nothing differs", () => {
    const bare: SearchSpace = { ...nasbench201, views: { cost: { metrics: [], write() {} } } };
    expect(misfitOf(bare, "views")).toBe(
      "views has nothing to read: nasbench201 has neither parameters nor a graph nor costs.",
    );
    const metrics = [{ name: "price", unit: "" }];
    const constant: SearchSpace = {
      ...nasbench201,
      views: { cost: { metrics, write: (_, values) => values.fill(3) } },
    };
    expect(() => bindEncoding(constant, "views")).toThrow(AssayError);
    expect(() => bindEncoding(constant, "views")).toThrow(/apart/);
  });
});
