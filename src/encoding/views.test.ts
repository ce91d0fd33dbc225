import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createConditionalSpace } from "../../test/fixtures/conditionalSpace.js";
import { coordinates, meanDistances, namesOf } from "../../test/fixtures/viewsOfRows.js";
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
import { bindEncoding, encode, encodeAll, misfitOf, readViews, viewNames, viewsWritten } from "./index.js";

const nasbench201 = createNasBench201();

const conditional = createConditionalSpace();

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
    expect(operations.spread + shape.spread).toBeCloseTo((9 + 13) / (8 + 9 + 13), 2);
  });

  test("names the columns of nasbench201", () => {
    expect(namesOf(nasbench201)).toMatchSnapshot();
  });

  test("keeps the row of nasbench101 short, with room for the 8 sequences that a cell has at most", () => {
    const space = createNasBench101();
    const { columns, write } = bindEncoding(space, "views");
    expect(columns).toBeLessThan(53);
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

describe("views-neighbours", () => {
  test.each(known.slice(0, 5))("of %s: is views and one more group, at scale", (_, space) => {
    const architectures = sampleOf(space, 1_000);
    const rows = encode(space, "views-neighbours", architectures);
    const spans = readViews(rows)!;
    const plain = encode(space, "views", architectures);
    const before = readViews(plain)!;
    const shift = spans[0].start - before[0].start;
    expect(spans.slice(0, -1)).toEqual(before.map((span) => ({ ...span, start: span.start + shift })));
    const end = spans[0].start + plain.columns - before[0].start;
    expect(spans.at(-1)).toMatchObject({ kind: "sparse", start: end, spread: 1 });
    for (let row = 0; row < rows.rows; row += 13) {
      const [start, plainStart] = [row * rows.columns, row * plain.columns];
      expect(rows.data.slice(start + spans[0].start, start + end)).toEqual(
        plain.data.slice(plainStart + before[0].start, plainStart + plain.columns),
      );
    }
    expect(Math.abs(meanDistances(rows).at(-1)! - 1)).toBeLessThan(0.15);
  });

  test("needs a graph", () => {
    expect(misfitOf(conditional, "views-neighbours")).toMatch(/reads the graph of a space/);
  });
});

describe("views-written", () => {
  test("is views and the choices one-hot, which tell cells apart that compute the same", () => {
    const architectures = sampleOf(nasbench201, 1_000);
    const rows = encode(nasbench201, "views-written", architectures);
    const plain = encode(nasbench201, "views", architectures);
    const [spans, before] = [rows, plain].map((matrix) => readViews(matrix)!);
    const shift = spans[0].start - before[0].start;
    expect(spans.slice(0, -1)).toEqual(before.map((span) => ({ ...span, start: span.start + shift })));
    expect(spans.at(-1)).toMatchObject({ kind: "dense", width: 30, spread: 1 });
    expect(viewNames(nasbench201, viewsWritten)).toEqual([...viewNames(nasbench201), "written"]);
    const twins = ["none", "avg_pool_3x3"].map((operation) =>
      nasbench201.parse(`|none~0|+|none~0|none~1|+|nor_conv_3x3~0|${operation}~1|none~2|`),
    );
    const apart = (encoding: string): number => {
      const { data, columns } = encode(nasbench201, encoding, twins);
      return data.subarray(0, columns).reduce((sum, value, i) => sum + (value - data[columns + i]) ** 2, 0);
    };
    expect(apart("views")).toBe(0);
    // One choice of six is different, of which four in five of two random cells are.
    expect(apart("views-written")).toBeCloseTo(1 / (6 * 0.8), 1);
  });

  test("is views where the choices are there anyway", () => {
    const space = createNasBench101();
    const architectures = sampleOf(space, 20);
    expect(encode(space, "views-written", architectures)).toEqual(encode(space, "views", architectures));
  });

  test("is views and each parameter by itself where there is no graph", () => {
    const space = createChoiceSpace({
      parameters: {
        block: ["plain", "wide"],
        factor: { levels: [2, 4, 6], when: { block: "wide" } },
        rate: [0.1, 0.2, 0.3, 0.4, 0.5],
      },
    });
    const own = ["parameter block", "parameter factor", "parameter rate"];
    expect(viewNames(space, viewsWritten)).toEqual([...viewNames(space), ...own]);
    const spans = (rows: Matrix) => readViews(rows)!.slice(-3);
    const architectures = sampleOf(space, 1_000);
    const rows = encode(space, "views-written", architectures);
    expect(spans(rows)).toMatchObject([
      { width: 2, spread: 1 },
      { width: 1, spread: 1 },
      { width: 1, spread: 1 },
    ]);
    for (const distance of meanDistances(rows).slice(-3)) expect(distance).toBeCloseTo(1, 1);
    // A parameter that is switched off is where the middle of the others is.
    const texts = ["plain", "wide,factor=4"].map((block) => space.parse(`block=${block},rate=0.3`));
    const [one, two] = [0, 1].map((row) => {
      const { data, columns } = encode(space, "views-written", texts);
      return data[row * columns + spans(rows)[1].start];
    });
    expect(Math.abs(one - two)).toBeLessThan(0.1);
    const many = Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`p${i}`, [1, 2]]));
    const large = createChoiceSpace({ parameters: many });
    expect(viewNames(large, viewsWritten)).toEqual(viewNames(large));
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

  /** Cells of nasbench201 with a further gene that the graph does not show. */
  function withRate(levels: number, graphs: number, costsShowIt: boolean): SearchSpace {
    const { parameters, graph, cost } = nasbench201.views;
    const { enumeration: _, ...unlisted } = nasbench201;
    const cellOf = (architecture: Architecture): Architecture => architecture.subarray(0, 6);
    return {
      ...unlisted,
      genes: 7,
      sample: (generator) =>
        Int32Array.of(...nasbench201.sample(generator).fill(1, graphs, 6), generator.integer(levels)),
      mutate: (architecture, generator) => architecture.with(generator.integer(7), generator.integer(levels)),
      views: {
        parameters: {
          parameters: [
            ...parameters!.parameters,
            { name: "rate", kind: "ordinal", levels: Array.from({ length: levels }, (_, i) => i) },
          ],
          write(architecture, chosen) {
            parameters!.write(cellOf(architecture), chosen);
            chosen[6] = architecture[6];
          },
        },
        graph: { ...graph!, write: (architecture, target) => graph!.write(cellOf(architecture), target) },
        cost: {
          metrics: [...cost!.metrics, { name: "price", unit: "" }],
          write(architecture, values) {
            cost!.write(cellOf(architecture), values);
            values[cost!.metrics.length] = costsShowIt ? architecture[6] : 1;
          },
        },
      },
    };
  }

  test.each([
    ["few graphs", 2],
    ["many graphs", 6],
  ])("keep the choices beside the paths where something shows in them only (%s)", (_, graphs) => {
    const groupsOf = (space: SearchSpace): string[] => Object.keys(namesOf(space));
    expect(groupsOf(withRate(3, graphs, true))).not.toContain("choices");
    const hidden = withRate(3, graphs, false);
    expect(groupsOf(hidden).slice(0, 4)).toEqual(["header", "paths", "choices", "summary"]);
    const [first, ...others] = [0, 1, 2].map((rate) =>
      encode(hidden, "views", [Int32Array.of(1, 2, 3, 1, 0, 1, rate)]).data.join(),
    );
    expect(others).not.toContain(first);
    expect(groupsOf(nasbench201)).not.toContain("choices");
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
