import { afterAll, describe, expect, test } from "vitest";
import { requireData } from "../../test/data.js";
import { sampleBenchmark, sampleDataFolder, samplePackContents } from "../../test/sampleBenchmark.js";
import {
  benchmarkFromPack,
  createPack,
  createTableEstimation,
  openBenchmark,
  openEstimation,
  readEstimationTable,
} from "./index.js";
import { parseMetadata } from "./pack/metadata.js";

const benchmark = sampleBenchmark();

test("codes are columns of the benchmark, one row for each architecture that is asked for", async () => {
  const source = createTableEstimation(benchmark, "early");
  expect(source).toMatchObject({ name: "early", length: 2, cost: 0.015 });
  const codes = await source.of([17, 4]);
  const column = (name: string, row: number) => Math.fround(benchmark.pack.column(name)[row]);
  expect([...codes.data]).toEqual(
    [17, 4].flatMap((row) => [column("valid_accuracy_1", row), column("valid_accuracy_2", row)]),
  );
});

test("an unknown code is refused with the nearest name", () => {
  expect(() => createTableEstimation(benchmark, "erly")).toThrow(/sample\/cells has no estimation code "erly"/);
});

describe("codes of another benchmark", () => {
  test("over a part of the space, found by text; NaN for what it lacks", async () => {
    const contents = samplePackContents("sample/part");
    const part = benchmarkFromPack(
      createPack({
        ...contents,
        metadata: { ...contents.metadata, rowIndex: "index" },
        columns: new Map([
          ...[...contents.columns].map(([name, column]) => [name, column.slice(0, 2)] as const),
          ["index", Int32Array.of(100, 7)],
        ]),
      }),
    );
    const source = createTableEstimation(benchmark, "score", part);
    expect(source.name).toBe("sample/part/score");
    const { data } = await source.of([7, 8, 100]);
    expect([...data]).toEqual([
      Math.fround(contents.columns.get("valid_accuracy_2")![1]),
      Number.NaN,
      Math.fround(contents.columns.get("valid_accuracy_2")![0]),
    ]);
  });

  test("over another order of the same architectures", () => {
    const { space } = benchmark;
    const size = 50;
    const reversed = {
      ...benchmark,
      name: "reversed",
      space: {
        ...space,
        name: "reversed",
        size: BigInt(size),
        enumeration: {
          size,
          write: (index: number, genes: Int32Array) => space.enumeration!.write(size - 1 - index, genes),
          indexOf: (genes: Int32Array) => size - 1 - space.enumeration!.indexOf(genes),
        },
      },
    };
    const own = readEstimationTable(benchmark, "score").codes.data;
    const { codes } = readEstimationTable(reversed, "score", benchmark);
    expect([...codes.data]).toEqual([...own.subarray(0, size)].reverse());
  });
});

describe("names of codes", () => {
  const data = sampleDataFolder();
  const before = process.env["ASSAY_DATA"];
  process.env["ASSAY_DATA"] = data.folder;
  afterAll(() => {
    if (before === undefined) delete process.env["ASSAY_DATA"];
    else process.env["ASSAY_DATA"] = before;
    data.remove();
  });

  test("stand for the benchmark's first, one of its own, one of another benchmark, or none", async () => {
    const nameOf = async (name: string | undefined) => (await openEstimation(benchmark, name))?.name;
    expect(await nameOf(undefined)).toBe("early");
    expect(await nameOf("score")).toBe("score");
    expect(await nameOf("none")).toBeUndefined();
    expect(await nameOf("sample/cells/score")).toBe("score");
    const other = benchmarkFromPack(createPack(samplePackContents("mine")));
    expect((await openEstimation(other, "sample/cells/early"))?.name).toBe("sample/cells/early");
    await expect(openEstimation(benchmark, "early/")).rejects.toThrow(/names no estimation code/);
    await expect(openEstimation(benchmark, "nothing/early")).rejects.toThrow(/no benchmark "nothing"/);
  });
});

test("metadata with codes of another form are refused", () => {
  const metadata = { ...benchmark.metadata, estimationCodes: [{ name: "a/b", columns: [], cost: -1 }] };
  expect(() => parseMetadata(JSON.stringify(metadata), "file")).toThrow(/estimationCodes\.0\.name/);
});

test("NAS-Bench-201 offers proxy losses and SynFlow", async (context) => {
  requireData(context);
  const cifar = await openBenchmark("nasbench201/cifar10");
  expect(cifar.metadata.estimationCodes?.map(({ name, columns }) => [name, columns.length])).toEqual([
    ["proxy-losses", 3],
    ["proxy-losses-10", 10],
    ["landscape", 11],
    ["synflow", 1],
  ]);
  const losses = createTableEstimation(cifar, "proxy-losses");
  expect([...(await losses.of([0, 3995])).data]).toEqual(
    [4.5638, 3.3386, 2.6735, Number.NaN, Number.NaN, Number.NaN].map(Math.fround),
  );
  // 3 of 50 epochs, 7.534 s in the mean; the full trainings take 1,828 s in the mean.
  expect(losses.cost).toBeCloseTo(((3 / 50) * 7.53413) / 1828, 6);
  const synflow = cifar.pack.column("synflow");
  const [score] = (await createTableEstimation(cifar, "synflow").of([0])).data;
  expect(score).toBeCloseTo(Math.log(synflow[0]), 4);
});
