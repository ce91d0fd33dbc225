import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { requireData } from "../../test/data.js";
import { AssayError } from "../errors.js";
import { createGenerator } from "../random/index.js";
import { createSpace, createTinyNasBench201 } from "../space/index.js";
import {
  benchmarkFromHandle,
  cacheFolder,
  listBenchmarks,
  openBenchmark,
  packPlaces,
  savePack,
  userFolder,
} from "./index.js";

const saved = { ...process.env };
let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "assay-find-"));
  process.env["ASSAY_DATA"] = join(scratch, "data");
  process.env["ASSAY_CACHE"] = join(scratch, "cache");
  process.env["ASSAY_HOME"] = join(scratch, "home");
});
afterEach(() => {
  rmSync(scratch, { recursive: true, force: true });
  for (const name of ["ASSAY_DATA", "ASSAY_CACHE", "ASSAY_HOME"]) {
    if (saved[name] === undefined) delete process.env[name];
    else process.env[name] = saved[name];
  }
});

const wholeSpace = { name: "nasbench201", options: {} };

/** A pack of NAS-Bench-201 with one made-up column. */
function makePack(file: string, name: string, best: number, space = wholeSpace): void {
  const { size } = createSpace(space);
  const accuracy = Float64Array.from({ length: Number(size) }, (_, i) => (i === 7 ? best : 10));
  savePack(
    {
      metadata: {
        name,
        title: `Made up ${name}`,
        space,
        metrics: [{ name: "accuracy", unit: "percent", split: "test", description: "made up" }],
        label: "accuracy",
        labelRule: "mean",
        seedLabels: {},
        test: "accuracy",
        source: "made up",
        licence: "none",
        notes: [],
      },
      columns: new Map([["accuracy", accuracy]]),
      text: new Map(),
    },
    join(scratch, file),
  );
}

/** A small table of a known kind. */
function writeTable(accuracy: number): string {
  const folder = join(scratch, "data/ec_nas");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "ecnas_4V9E.csv");
  writeFileSync(
    path,
    "module_hash,n_nodes,adj_upper,ops,epochs,repeat,train_acc_pct,val_acc_pct,test_acc_pct,halfway_val_acc_pct,halfway_test_acc_pct,train_time_s,train_energy_kWh,train_co2eq_g,params,total_time_s,total_energy_kWh\n" +
      `5529e1779433733d1145e20de5d8604e,4,110111,I13O,36,1,99,91,${accuracy},13,13,668,0.1,13,3468426,746,0.1\n`,
  );
  return path;
}

/** What is listed besides the benchmarks that ship. */
function listedHere() {
  return listBenchmarks().filter(({ path }) => path.startsWith(scratch));
}

describe("the places", () => {
  test("come in order: ASSAY_DATA, the user's folder, what ships", () => {
    const folders = packPlaces({ ASSAY_DATA: "/data", ASSAY_HOME: "/home/assay" }).map(({ folder }) => folder);
    expect(folders.slice(0, 2)).toEqual(["/data", join("/home/assay", "packs")]);
    expect(folders[2]).toMatch(/packs$/);
    expect(packPlaces({ ASSAY_HOME: "/home/assay" })[0].tables).toBe(false);
  });
  test("follow the environment", () => {
    expect(userFolder({ XDG_DATA_HOME: "/share" })).toBe(join("/share", "assay"));
    expect(userFolder({ XDG_DATA_HOME: "/share", ASSAY_HOME: "/own" })).toBe("/own");
    expect(cacheFolder({ XDG_CACHE_HOME: "/cache" })).toBe(join("/cache", "assay"));
    expect(cacheFolder({ XDG_CACHE_HOME: "/cache", ASSAY_CACHE: "/own" })).toBe("/own");
    expect(userFolder({})).toMatch(/assay$/);
  });
  test("are searched in order, whatever the files are called", async () => {
    makePack("home/packs/mine/a.parquet", "mine/a", 50);
    expect((await openBenchmark("mine/a")).test[7]).toBe(50);
    makePack("data/deep/other.parquet", "mine/a", 60);
    expect((await openBenchmark("mine/a")).test[7]).toBe(60);
    const listed = listBenchmarks().filter(({ name }) => name === "mine/a");
    expect(listed).toMatchObject([{ kind: "pack", place: "the folder in ASSAY_DATA", rows: 15_625 }]);
  });
  test("may hold other files and loops of links", async () => {
    makePack("data/a.parquet", "a", 50);
    writeFileSync(join(scratch, "data/broken.parquet"), "not Parquet");
    symlinkSync(join(scratch, "data"), join(scratch, "data/loop"));
    expect((await openBenchmark("a")).test[7]).toBe(50);
    expect(listedHere().map(({ name }) => name)).toEqual(["a"]);
  });
});

describe("a part of another benchmark", () => {
  test("has the rows of the restricted space, is kept in the cache and follows the whole", async () => {
    const space = createTinyNasBench201();
    const inside = space.baseIndices.indexOf(7);
    makePack("home/packs/a.parquet", "nasbench201/cifar10", 50);
    expect(listedHere()).toMatchObject([{ name: "nasbench201/cifar10" }, { name: "tiny-nasbench201", kind: "part" }]);
    for (const best of [50, 60]) {
      makePack("home/packs/a.parquet", "nasbench201/cifar10", best);
      const whole = await openBenchmark("nasbench201/cifar10");
      const part = await openBenchmark("tiny-nasbench201", { verify: true });
      expect(part.test).toEqual(Float64Array.from(space.baseIndices, (index) => whole.test[index]));
      expect(part.test.includes(best)).toBe(inside >= 0);
      expect(part.space).toBe(space);
      const copy = benchmarkFromHandle(structuredClone(part.handle()));
      expect(copy.pack.column("accuracy")).toEqual(part.test);
    }
    expect(readdirSync(join(scratch, "cache/packs")).length).toBe(2);
  });
  test("needs the whole, of the right space", async () => {
    await expect(openBenchmark("tiny-nasbench201")).rejects.toThrow('"nasbench201/cifar10" is not here');
    makePack("data/a.parquet", "nasbench201/cifar10", 50, { name: "tiny-nasbench201", options: {} });
    await expect(openBenchmark("tiny-nasbench201")).rejects.toThrow(/is no table of nasbench201/);
  });
});

describe("a name that is not there", () => {
  const hintOf = async (name: string): Promise<string> => {
    const error = await openBenchmark(name).then(
      () => expect.unreachable(),
      (reason: unknown) => reason as AssayError,
    );
    expect(error).toBeInstanceOf(AssayError);
    return `${error.message} ${error.hint ?? ""}`;
  };
  test("gets the nearest name, where it was looked for and how to get it", async () => {
    makePack("home/packs/mine/a.parquet", "mine/special", 50);
    expect(await hintOf("nasbench201/cifar1000")).toMatch(/Did you mean "nasbench201\/cifar100"\?/);
    expect(await hintOf("mine/spezial")).toMatch(/Did you mean "mine\/special"\?/);
    const hint = await hintOf("nasbench101");
    expect(hint).toMatch(/"nasbench101" is not here.*nasbench101\/nb101_main\.csv\.gz.*assay import/);
    expect(hint).toMatch(/data, which does not exist\)/);
  });
  test("never leads out of the folders", async () => {
    makePack("secret.parquet", "secret", 50);
    expect(await hintOf("../secret")).toMatch(/no benchmark/);
    expect(await hintOf("")).toMatch(/no benchmark/);
  });
  test("may be a path to a pack; a damaged pack says so", async () => {
    makePack("somewhere.parquet", "a", 50);
    expect((await openBenchmark(join(scratch, "somewhere.parquet"))).name).toBe("a");
    expect(await hintOf(join(scratch, "absent.parquet"))).toMatch(/Cannot read/);
    mkdirSync(join(scratch, "home/packs"), { recursive: true });
    writeFileSync(join(scratch, "home/packs/hurt.parquet"), "not Parquet at all");
    expect(await hintOf("hurt")).toMatch(/hurt\.parquet is not a pack/);
  });
});

describe("the cache of converted tables", () => {
  const cached = (): string[] => readdirSync(join(scratch, "cache/packs"));
  test("is made anew when a table changes, or when it is damaged", async () => {
    const path = writeTable(90);
    expect((await openBenchmark("ec_nas/4v")).test[0]).toBe(90);
    expect(cached().length).toBe(1);
    writeTable(80);
    utimesSync(path, 1, 1);
    expect((await openBenchmark("ec_nas/4v")).test[0]).toBe(80);
    expect(cached().length).toBe(2);
    for (const name of cached()) writeFileSync(join(scratch, "cache/packs", name), "damage");
    expect((await openBenchmark("ec_nas/4v")).test[0]).toBe(80);
  });
  test("may be filled by several at the same time", async () => {
    writeTable(90);
    const opened = await Promise.all(Array.from({ length: 5 }, () => openBenchmark("ec_nas/4v", { verify: true })));
    expect(opened.map(({ test }) => test[0])).toEqual([90, 90, 90, 90, 90]);
    expect(cached().length).toBe(1);
  });
  test("stays empty where the conversion is called off or fails", async () => {
    writeTable(90);
    await expect(openBenchmark("ec_nas/4v", { signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
    writeFileSync(join(scratch, "data/ec_nas/ecnas_4V9E.csv"), "wrong\n1\n");
    await expect(openBenchmark("ec_nas/4v")).rejects.toThrow(/ecnas_4V9E\.csv has no column/);
    expect(() => cached()).toThrow();
  });
  test("that cannot be written is an error that names the variable", async () => {
    writeTable(90);
    writeFileSync(join(scratch, "cache"), "a file in the way");
    await expect(openBenchmark("ec_nas/4v")).rejects.toMatchObject({ hint: expect.stringContaining("ASSAY_CACHE") });
  });
  test("also takes plain and optional tables", async (context) => {
    process.env["ASSAY_DATA"] = saved["ASSAY_DATA"] ?? "";
    const folder = requireData(context);
    const data = join(scratch, "data");
    process.env["ASSAY_DATA"] = data;
    cpSync(join(folder, "nasbench201/nb201_main.csv.gz"), join(data, "nasbench201/nb201_main.csv.gz"));
    const alone = await openBenchmark("nasbench201/imagenet16-120");
    expect(alone.pack.columns).not.toContain("edgegpu_latency");
    cpSync(join(folder, "hw_nas_bench"), join(data, "hw_nas_bench"), { recursive: true });
    const joined = await openBenchmark("nasbench201/imagenet16-120");
    expect(joined.pack.column("edgegpu_latency")[0]).toBe(Math.fround(5.82804));
    expect(joined.test).toEqual(alone.test);
  });
});

describe("a handle", () => {
  test("opens the same benchmark on another thread, without the file for what it carries", async () => {
    makePack("data/a.parquet", "a", 50);
    const benchmark = await openBenchmark("a");
    const handle = benchmark.handle();
    const copy = benchmarkFromHandle(structuredClone(handle));
    rmSync(join(scratch, "data/a.parquet"));
    expect(copy.test[7]).toBe(50);
    expect(copy.test.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(copy.labels("noisy(0.1)", createGenerator(1))).toEqual(benchmark.labels("noisy(0.1)", createGenerator(1)));
    expect(copy.metadata).toEqual(benchmark.metadata);
  });
  test("reads other columns from the file", async () => {
    writeTable(90);
    const copy = benchmarkFromHandle(structuredClone((await openBenchmark("ec_nas/4v")).handle()));
    expect(copy.pack.column("train_energy")[0]).toBe(0.1);
    expect(copy.pack.text("module_hash")).toEqual(["5529e1779433733d1145e20de5d8604e"]);
    expect(copy.pack.columns).toContain("total_time");
    expect(copy.space.format(copy.space.sample(createGenerator(1)))).toBe("4:110111:I13O");
    expect(() => copy.pack.column("totaltime")).toThrow(/no column/);
  });
});
