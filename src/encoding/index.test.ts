import { describe, expect, it } from "vitest";
import { AssayError } from "../errors.js";
import { createGenerator } from "../random/index.js";
import type { SearchSpace } from "../space/contract.js";
import { createNanoBench, createNasBench101, createNasBench201 } from "../space/index.js";
import { bindEncoding, encode, encodeAll, encodings, fittingEncodings, misfitOf } from "./index.js";

const nasbench101 = createNasBench101();
const nasbench201 = createNasBench201();

/** The numbers that are not zero, by the names of their columns. */
function named(space: SearchSpace, encoding: string, text: string): Record<string, number> {
  const { columnNames } = bindEncoding(space, encoding);
  const { data } = encode(space, encoding, [space.parse(text)]);
  return Object.fromEntries([...data].flatMap((value, i) => (value === 0 ? [] : [[columnNames[i], value]])));
}

const CELL_201 = "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|none~1|nor_conv_3x3~2|";

describe("one-hot", () => {
  it("has the 30 numbers of WeakNAS on nasbench201", () => {
    const { rows, columns, data } = encode(nasbench201, "one-hot", [nasbench201.parse(CELL_201)]);
    expect([rows, columns]).toEqual([1, 30]);
    expect([...data].flatMap((value, i) => (value === 1 ? [i] : []))).toEqual([4, 5 + 2, 10 + 1, 15 + 2, 20, 25 + 3]);
  });

  it("is all zeros for a parameter that is switched off", () => {
    const conditional: SearchSpace = {
      ...nasbench201,
      views: {
        parameters: {
          parameters: [
            { name: "kind", kind: "categorical", levels: ["a", "b"] },
            { name: "width", kind: "ordinal", levels: [8, 16, 32] },
          ],
          write: (_, levels) => levels.set([1, -1]),
        },
      },
    };
    const { data } = encode(conditional, "one-hot", [new Int32Array(6)]);
    expect([...data]).toEqual([0, 1, 0, 0, 0]);
    expect(bindEncoding(conditional, "one-hot").columnNames).toEqual([
      "kind=a",
      "kind=b",
      "width=8",
      "width=16",
      "width=32",
    ]);
  });
});

describe("adjacency", () => {
  it("has the 45 numbers of WeakNAS on nasbench101, column by column", () => {
    const { columns, data } = encode(nasbench101, "adjacency", [nasbench101.parse("4:101101:I3MO")]);
    expect(columns).toBe(45);
    // Vertex 1: edge 0->1, 3x3. Vertex 2: edge 1->2, pooling. Vertex 3: edges 0->3 and 2->3, output. Then padding.
    const expected = [[1], [1, 0, 0, 0], [0, 1], [0, 0, 1, 0], [1, 0, 1], [0, 0, 0, 1]].flat();
    expect([...data]).toEqual([...expected, ...new Array(45 - expected.length).fill(0)]);
  });

  it("has a column for each edge and operation of nasbench201 drawn as a graph", () => {
    const bound = bindEncoding(nasbench201, "adjacency");
    expect(bound.columns).toBe(28 + 7 * 6);
    expect(named(nasbench201, "adjacency", CELL_201)).toMatchObject({ "1=avg_pool_3x3": 1, "0->1": 1, "6->7": 1 });
  });
});

describe("path-counts", () => {
  it("counts the paths of a nasbench101 cell", () => {
    expect(bindEncoding(nasbench101, "path-counts").columns).toBe(364);
    // 0->1, 0->2, 0->4, 1->2, 1->3, 2->3, 3->4
    expect(named(nasbench101, "path-counts", "5:1101110101:I331O")).toEqual({
      "input>output": 1,
      "input>conv3x3-bn-relu>conv1x1-bn-relu>output": 2,
      "input>conv3x3-bn-relu>conv3x3-bn-relu>conv1x1-bn-relu>output": 1,
    });
  });

  it("drops zeros and leaves out skips on nasbench201", () => {
    expect(bindEncoding(nasbench201, "path-counts").columns).toBe(40);
    expect(named(nasbench201, "path-counts", CELL_201)).toEqual({
      "input>nor_conv_1x1>output": 1,
      "input>nor_conv_1x1>nor_conv_3x3>output": 1,
      "input>avg_pool_3x3>nor_conv_3x3>output": 1,
    });
    const skips = "|skip_connect~0|+|skip_connect~0|skip_connect~1|+|skip_connect~0|skip_connect~1|skip_connect~2|";
    expect(named(nasbench201, "path-counts", skips)).toEqual({ "input>output": 4 });
  });

  it("orders the sequences by length, the first operation slowest", () => {
    const names = bindEncoding(nasbench201, "path-counts").columnNames;
    expect(names.slice(0, 6)).toEqual([
      "input>output",
      "input>nor_conv_1x1>output",
      "input>nor_conv_3x3>output",
      "input>avg_pool_3x3>output",
      "input>nor_conv_1x1>nor_conv_1x1>output",
      "input>nor_conv_1x1>nor_conv_3x3>output",
    ]);
    expect(new Set(names).size).toBe(40);
  });

  it("gives every topology of nasbench201 with other paths another row, and no row more than 4 paths", () => {
    const { rows, columns, data } = encodeAll(nasbench201, "path-counts");
    for (let row = 0; row < rows; row += 11) {
      const sum = data.subarray(row * columns, (row + 1) * columns).reduce((a, b) => a + b, 0);
      expect(sum).toBeLessThanOrEqual(4);
    }
  });
});

describe("cost", () => {
  it("is the logarithm of FLOPs and params", () => {
    const { data } = encode(nasbench201, "cost", [nasbench201.parse(nasbench201.format(new Int32Array(6)))]);
    expect([...data]).toEqual([Math.fround(Math.log(7_783_051)), Math.fround(Math.log(73_307))]);
  });

  it("is defined for zero and negative costs", () => {
    const odd: SearchSpace = {
      ...nasbench201,
      views: {
        cost: {
          metrics: [
            { name: "a", unit: "" },
            { name: "b", unit: "" },
          ],
          write: (_, values) => values.set([0, -9]),
        },
      },
    };
    expect([...encode(odd, "cost", [new Int32Array(6)]).data]).toEqual([0, Math.fround(-Math.log(10))]);
  });
});

describe("every encoding", () => {
  const pairs = [nasbench101, nasbench201, createNanoBench()].flatMap((space) =>
    fittingEncodings(space).map((name): [string, string, SearchSpace] => [space.name, name, space]),
  );

  it.each(pairs)("%s, %s: writes its own columns only, whatever stood there", (_, name, space) => {
    const bound = bindEncoding(space, name);
    expect(bound.columnNames).toHaveLength(bound.columns);
    expect(new Set(bound.columnNames).size).toBe(bound.columns);
    const generator = createGenerator(name);
    for (let i = 0; i < 50; i++) {
      const architecture = space.sample(generator);
      const row = new Float32Array(bound.columns + 8).fill(9);
      bound.write(architecture, row, 4);
      expect(row.subarray(4, 4 + bound.columns)).toEqual(encode(space, name, [architecture]).data.slice());
      expect([...row.subarray(0, 4), ...row.subarray(4 + bound.columns)]).toEqual(new Array(8).fill(9));
    }
  });

  it.each([
    ...["one-hot", "adjacency", "path-counts", "cost", "graph", "pruned-graph"],
    ...["views", "views-neighbours", "views-written", "summary"],
  ])("%s of all of nasbench201 is the rows one by one", (name) => {
    const { rows, columns, data } = encodeAll(nasbench201, name);
    expect(rows).toBe(15_625);
    for (let index = 0; index < rows; index += 997) {
      const architecture = new Int32Array(6);
      nasbench201.enumeration!.write(index, architecture);
      const one = encode(nasbench201, name, [architecture]);
      expect([...data.subarray(index * columns, (index + 1) * columns)]).toEqual([...one.data]);
    }
  });
});

describe("misfits", () => {
  it("are one sentence that names the space and the view", () => {
    expect(misfitOf(nasbench101, "one-hot")).toBe("one-hot reads the parameters of a space, and nasbench101 has none.");
    expect(misfitOf(nasbench201, "one-hot")).toBeUndefined();
    expect(fittingEncodings(nasbench101)).toEqual([
      "adjacency",
      "path-counts",
      "cost",
      "graph",
      "pruned-graph",
      "views",
      "views-neighbours",
      "views-written",
      "summary",
    ]);
    expect(fittingEncodings(nasbench201)).toEqual(Object.keys(encodings));
    expect(() => encode(nasbench101, "one-hot", [])).toThrow(AssayError);
    expect(() => encode(nasbench101, "one-hot", [])).toThrow(/parameters.*nasbench101/);
    expect(() => encode(nasbench101, "onehot", [])).toThrow('no encoding "onehot"');
  });

  it("say when paths are too many or costs are missing", () => {
    const wide: SearchSpace = {
      ...nasbench201,
      views: { graph: { ...nasbench201.views.graph!, longestPath: 20 }, cost: { metrics: [], write() {} } },
    };
    expect(misfitOf(wide, "path-counts")).toMatch(/would need 5,230,176,601 columns for nasbench201/);
    expect(misfitOf(wide, "cost")).toBe("cost has nothing to read: nasbench201 names no cost.");
  });

  it("say when a space is too large to be listed", () => {
    const { enumeration: _listed, ...unlisted } = nasbench201;
    expect(() => encodeAll(unlisted, "one-hot")).toThrow(/too large/);
  });
});
