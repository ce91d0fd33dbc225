import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sampleBenchmark, sampleDataFolder } from "../../test/sampleBenchmark.js";
import { cells, fillStudy, hostile, owner } from "../../test/sampleStudy.js";
import { restrictBenchmark } from "../benchmark/index.js";
import { setUpTableSearch } from "../experiment/searchSetup.js";
import { parseLimit, restrictSpace } from "../space/index.js";
import { keepStudy, runStudy, type Storage } from "../study/index.js";
import { openStorage } from "../study/openStorage.js";
import type { ViewEvent } from "./contract.js";
import { createViewSource } from "./index.js";

const folder = mkdtempSync(join(tmpdir(), "assay-view-"));
const data = sampleDataFolder();
const before = process.env["ASSAY_DATA"];
const storagePath = join(folder, "assay.db");
const source = createViewSource({ storagePath });
let storage: Storage;

interface Searched {
  readonly strategy?: string;
  readonly seed?: number;
  readonly budget?: number;
  readonly objectives?: string;
  readonly limit?: string;
}

/** A study as `assay search --benchmark sample/cells` makes it. */
async function searchSample(name: string, options: Searched = {}): Promise<void> {
  const { strategy = "random", seed = 1, budget = 30, objectives, limit } = options;
  const whole = sampleBenchmark();
  const benchmark =
    limit === undefined ? whole : restrictBenchmark(whole, restrictSpace(whole.space, { limits: [parseLimit(limit)] }));
  const setup = setUpTableSearch({ benchmark, strategy, seed, batch: 5, ...(objectives ? { objectives } : {}) });
  const settings = {
    schema: 1,
    command: "search",
    folder,
    packChecksum: benchmark.metadata.checksum,
    options: {
      benchmark: "sample/cells",
      ...{ strategy, seed, batch: 5 },
      ...(objectives ? { objectives } : {}),
      ...(limit ? { limit: [limit] } : {}),
    },
  };
  const study = keepStudy({ setup, name, storage, subject: benchmark.name, strategy, budget, settings });
  await runStudy(study, { evaluator: setup.evaluator, batch: 5, budget });
  study.close();
}

beforeAll(async () => {
  process.env["ASSAY_DATA"] = data.folder;
  await expect(source.studies()).rejects.toThrow("There is no file");
  storage = await openStorage(storagePath);
  await searchSample("first", { strategy: "regularized-evolution", budget: 60 });
  await searchSample("random 1", { seed: 1 });
  await searchSample("random 2", { seed: 2, budget: 20 });
  await searchSample("fronts", { strategy: "nsga2", objectives: "accuracy,flops" });
  await searchSample("small", { limit: "flops<=40M" });
  fillStudy(storage, "odd", {
    schema: 1,
    command: "search",
    options: { space: "own.yaml", evaluate: "gone.mjs", strategy: "random", seed: 3, limit: ["cost<=3"] },
    folder,
    spaceFile: "not a space",
  }).close();
}, 60_000);

afterAll(() => {
  source.close();
  storage.close();
  data.remove();
  rmSync(folder, { recursive: true, force: true });
  if (before === undefined) delete process.env["ASSAY_DATA"];
  else process.env["ASSAY_DATA"] = before;
});

test("lists studies", async () => {
  const rows = await source.studies();
  expect(rows.map(({ name }) => name)).toEqual(["first", "fronts", "odd", "random 1", "random 2", "small"]);
  expect(rows[0]).toMatchObject({ subject: "sample/cells", standing: "ended", budget: 60, counts: { done: 60 } });
  expect(rows[2]).toMatchObject({ subject: "nasbench201 with cost<=3", counts: { running: 0, lost: 1 } });
  expect(rows[5].subject).toBe("sample/cells with flops<=40M");
});

describe("a study of a benchmark", () => {
  test("has quantities, a band, improvements and a front", async () => {
    const view = await source.study("first");
    expect(view.quantities.map(({ name, unit, kind }) => `${name} ${unit} ${kind}`)).toEqual([
      "label % label",
      "test % metric",
      "flops MAC cost",
      "params parameters cost",
      "seconds s seconds",
    ]);
    expect(view.hasSpace).toBe(true);
    expect(view.randomSearch!.queries.at(-1)).toBe(60);
    const { low, middle, high } = view.randomSearch!;
    expect(middle.every((value, i) => low[i] <= value && value <= high[i])).toBe(true);
    expect(view.improvements.at(-1)!.number).toBe(view.row.best!.number);
    expect(view.front.includes(view.row.best!.number)).toBe(true);
    expect(view.objectives).toEqual(["label"]);
    expect(view.settings).toMatchObject({ "--benchmark": "sample/cells", "--seed": "1" });
    expect(view.quality.at(-1)!.recallOfBestTen).toBe(1);
  });

  test("gives trials in pages", async () => {
    const all = await source.trials("first", 0, 1000);
    expect(all.number).toEqual(Array.from({ length: 60 }, (_, i) => i));
    const page = await source.trials("first", 50, 5);
    expect(page.architecture).toEqual(all.architecture.slice(50, 55));
    expect(page.values["flops"]).toEqual(all.values["flops"].slice(50, 55));
    expect(page.values["flops"].every((value) => value! > 0)).toBe(true);
    expect((await source.trials("first", 60, 5)).number).toEqual([]);
    await expect(source.trials("first", -1, 5)).rejects.toThrow("whole number");
  });

  test("shows a trial with its neighbours, those that were evaluated first", async () => {
    const { row } = await source.study("first");
    const trial = await source.trial("first", row.best!.number);
    expect(trial.label).toBe(row.best!.label);
    expect(trial.neighbours).toHaveLength(24);
    const tried = trial.neighbours.filter(({ number }) => number !== undefined).length;
    expect(trial.neighbours.slice(0, tried).every(({ label }) => label !== undefined)).toBe(true);
    expect(trial.drawing.graph!.vertices.map(({ kind }) => kind)).toEqual(["input", "sum", "sum", "output"]);
    expect(trial.drawing.graph!.edges.every(([from, to]) => from < to)).toBe(true);
    await expect(source.trial("first", 60)).rejects.toThrow("has no trial 60");
  });

  test("of several objectives has their front", async () => {
    const view = await source.study("fronts");
    expect(view.objectives).toEqual(["label", "flops"]);
    const { values } = await source.trials("fronts", 0, 100);
    const points = view.front.map((number) => [values["label"][number]!, values["flops"][number]!]);
    for (const [label, flops] of points)
      expect(points.some(([better, cheaper]) => better > label && cheaper < flops)).toBe(false);
  });

  test("tells what stands at the points of its map, those outside of its limits too", async () => {
    const all = await source.points("small", 0, 100_000);
    expect(all.architecture).toEqual((await source.points("first", 0, 100_000)).architecture);
    expect(Object.keys(all.costs)).toEqual(["flops", "params"]);
    expect(all.costs["flops"].filter((flops) => flops! <= 40e6).length).toBeGreaterThan(0);
    expect(all.costs["flops"].filter((flops) => flops! > 40e6).length).toBeGreaterThan(0);
    const { architecture, values } = await source.trials("small", 0, 1);
    const point = all.architecture.indexOf(architecture[0]);
    expect(await source.points("small", point, 1)).toEqual({
      from: point,
      architecture,
      costs: { flops: values["flops"], params: values["params"] },
    });
    expect((await source.points("small", all.architecture.length, 5)).architecture).toEqual([]);
    await expect(source.points("small", -1, 5)).rejects.toThrow("whole number");
    await expect(source.points("odd", 0, 5)).rejects.toThrow("its space cannot be opened");
  });

  test("with limits has those of its part of the space", async () => {
    const view = await source.study("small");
    expect(view.limits).toEqual([{ name: "flops", bound: "at most", value: 40e6, unit: "MAC" }]);
    expect(view.randomSearch).toBeDefined();
  });
});

test("a study whose space cannot be opened still has everything else", async () => {
  const view = await source.study("odd");
  expect(view).toMatchObject({ hasSpace: false, hasMap: false, failures: 1, front: [] });
  expect(view.limits).toEqual([{ name: "cost", bound: "at most", value: 3, unit: "" }]);
  expect(view.quantities.map(({ name }) => name)).toEqual([
    "label",
    "test",
    "seconds (metric)",
    hostile.metric,
    "seconds",
  ]);
  const { values, state, failure } = await source.trials("odd", 0, 10);
  expect(state).toEqual(["done", "done", "failed", "done", "lost", "queued"]);
  expect(values["label"]).toEqual([71.25, -0.5, null, 93.5, null, null]);
  expect(values["test"]).toEqual([70, null, null, 92, null, null]);
  expect(failure[2]).toBe(hostile.failure);
  const trial = await source.trial("odd", 3);
  expect(trial).toMatchObject({ reason: "exploit", detail: "It looked good.", curves: { accuracy: [10, 55.5] } });
  expect(trial.drawing.graph!.edges[0]).toEqual([0, 1, "nor_conv_3x3"]);
  expect((await source.trial("odd", 5)).drawing.parameters).toEqual([
    { name: "kernel", value: "3", isActive: true },
    { name: "depth", value: "2", isActive: true },
  ]);
  expect((await source.trial("odd", 1)).attempts).toEqual([
    { outcome: "failed", failure: "out of memory", seconds: 1 },
  ]);
});

test("a study without a space has no map", async () => {
  await expect(source.map("odd", "UMAP")).rejects.toThrow("its space cannot be opened");
  await expect(source.map("first", "PCA" as "UMAP")).rejects.toThrow("no such map");
  await expect(source.frame("first", "UMAP", 1.5)).rejects.toThrow("whole number");
});

describe("comparisons", () => {
  test("group runs by strategy and options", async () => {
    const { groups, budget, target, subject } = await source.compare(["random 1", "random 2", "first"]);
    expect([subject, budget]).toEqual(["sample/cells", 20]);
    expect(groups.map(({ name, studies }) => [name, studies])).toEqual([
      ["random, batch 5", ["random 1", "random 2"]],
      ["first: regularized-evolution, batch 5", ["first"]],
    ]);
    const [{ curve, final, queriesToTarget }] = groups;
    expect(curve.queries).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(curve.middle.at(-1)).toBeCloseTo((final[0] + final[1]) / 2);
    expect(curve.low.every((low, i) => low <= curve.middle[i] && curve.middle[i] <= curve.high[i])).toBe(true);
    expect(groups.flatMap((group) => group.queriesToTarget).some((queries) => queries !== null)).toBe(true);
    expect(queriesToTarget).toHaveLength(2);
    expect(target).toBe(Math.min(...groups.map((group) => Math.max(...group.final))));
    expect((await source.compare(["first"], 1000)).groups[0].queriesToTarget).toEqual([null]);
  });

  test("refuse what cannot be compared", async () => {
    await expect(source.compare(["first", "small"])).rejects.toThrow(/search different things: sample\/cells and/);
    await expect(source.compare(["first", "fist"])).rejects.toThrow('no study "fist"');
    await expect(source.compare([])).rejects.toThrow("no studies");
  });
});

describe("logs", () => {
  const log = '# python train.py\n# {"schema":1}\nepoch 1\n';
  const settings = {
    schema: 1,
    command: "search",
    options: { space: "nasbench201", command: ["python"], strategy: "random", seed: 0 },
    folder,
  };

  async function logOf(path: string, name = path): Promise<string | undefined> {
    const study = `log ${name.replace(/[^a-z]/g, "")}`;
    const writer = storage.create(
      {
        name: study,
        id: study,
        version: "0",
        subject: "nasbench201",
        strategy: "random",
        seed: 0,
        budget: 1,
        settings,
      },
      owner,
    );
    writer.decide({ trials: [{ number: 0, architecture: cells[0] }], observed: [], state: {} });
    writer.begin(0);
    writer.end(0, { result: { label: 1, log: path }, seconds: 1 });
    writer.close();
    const found = await source.trial(study, 0);
    return found.log?.text;
  }

  test("are read inside the folder of logs only", async () => {
    const logs = join(folder, "assay-logs", "first");
    mkdirSync(logs, { recursive: true });
    writeFileSync(join(logs, "good.log"), log);
    writeFileSync(join(logs, "plain.log"), "root:x:0:0\n");
    writeFileSync(join(folder, "outside.log"), log);
    symlinkSync(join(folder, "outside.log"), join(logs, "link.log"));
    expect(await logOf("assay-logs/first/good.log")).toBe(log);
    expect(await logOf(join(logs, "good.log"), "absolute")).toBe(log);
    for (const path of ["plain.log", "link.log", "gone.log", "../../outside.log", "."])
      expect(await logOf(`assay-logs/first/${path}`)).toBeUndefined();
    expect(await logOf("/etc/passwd")).toBeUndefined();
    expect(await logOf("host:/x/y.log")).toBeUndefined();
  });

  test("are cut at the front", async () => {
    writeFileSync(join(folder, "assay-logs", "long.log"), `${log}${"ü".repeat(100_000)}end`);
    const text = (await logOf("assay-logs/long.log"))!;
    expect(text.endsWith("üend")).toBe(true);
    expect(text.startsWith("ü")).toBe(true);
    expect(text.length).toBeLessThan(100_001);
  });
});

test("a study without trials, and one where all failed", async () => {
  const make = (name: string) =>
    storage.create(
      { name, id: name, version: "0", subject: "mine", strategy: "random", seed: 0, budget: 4, settings: {} },
      owner,
    );
  make("empty").close();
  expect(await source.study("empty")).toMatchObject({ improvements: [], front: [], quality: [], hasSpace: false });
  expect((await source.trials("empty", 0, 9)).number).toEqual([]);
  await expect(source.compare(["empty"])).rejects.toThrow("no label yet");
  const writer = make("failing");
  const trials = [0, 1].map((number) => ({ number, architecture: `a=${number}` }));
  writer.decide({ trials, observed: [], state: {} });
  for (const number of [0, 1]) {
    writer.begin(number);
    writer.end(number, { result: { label: Number.NaN, failure: "no" }, seconds: 1 });
  }
  writer.close();
  expect(await source.study("failing")).toMatchObject({ failures: 2, improvements: [], front: [] });
});

test("what changes is seen, and told", async () => {
  const events: ViewEvent[] = [];
  const end = source.listen((event) => events.push(event));
  await expect.poll(() => events.length >= 0 && true).toBe(true);
  const writer = storage.create(
    {
      name: "live",
      id: "live",
      version: "0",
      subject: "nasbench201",
      strategy: "random",
      seed: 0,
      budget: 4,
      settings: {},
    },
    owner,
  );
  writer.decide({ trials: [{ number: 0, architecture: cells[1] }], observed: [], state: {} });
  expect((await source.trials("live", 0, 9)).state).toEqual(["queued"]);
  writer.begin(0);
  expect((await source.trials("live", 0, 9)).state).toEqual(["running"]);
  writer.end(0, { result: { label: 5 }, seconds: 1 });
  expect((await source.study("live")).improvements).toEqual([{ number: 0, label: 5 }]);
  await expect
    .poll(() => events.some((event) => event.kind === "changed" && event.studies.includes("live")), { timeout: 8000 })
    .toBe(true);
  writer.close();
  end();
}, 15_000);

test("a storage may go, come back and be replaced", async () => {
  const path = join(folder, "moving.db");
  const moving = createViewSource({ storagePath: path });
  const events: ViewEvent[] = [];
  moving.listen((event) => events.push(event));
  await expect(moving.studies()).rejects.toThrow("There is no file");
  for (const name of ["one", "two"]) {
    const made = await openStorage(join(folder, `${name}.db`));
    fillStudy(made, name).close();
    made.close();
    renameSync(join(folder, `${name}.db`), path);
    expect((await moving.studies()).map((row) => row.name)).toEqual([name]);
  }
  await expect.poll(() => events.map(({ kind }) => kind), { timeout: 8000 }).toContain("changed");
  moving.close();
  await expect(moving.studies()).rejects.toThrow("closed");
}, 15_000);

test("nothing is written to the file", async () => {
  const reader = await openStorage(storagePath, { isReadOnly: true });
  expect(() => fillStudy(reader, "written")).toThrow();
  expect(reader.find("written")).toBeUndefined();
  reader.close();
  const path = join(folder, "empty.db");
  writeFileSync(path, "");
  const empty = createViewSource({ storagePath: path });
  await expect(empty.studies()).rejects.toThrow("holds no studies yet");
  empty.close();
});
