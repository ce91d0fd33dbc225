import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { requireData } from "../../../test/data.js";
import { createGenerator } from "../../random/index.js";
import { importBenchmark, importFormats, openBenchmark, type Pack } from "../index.js";
import { bytesOf, tuple, type Writable, writePickle } from "../pickle/fixtures/writePickle.js";

let cache: string;
beforeAll(() => {
  cache = mkdtempSync(join(tmpdir(), "assay-import-cache-"));
  process.env["ASSAY_CACHE"] = cache;
});
afterAll(() => rmSync(cache, { recursive: true, force: true }));

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "assay-import-"));
  process.env["ASSAY_HOME"] = join(scratch, "home");
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

const tss = "raw/nats_bench_samples/NATS-tss-v1_0-3ffb9-simple";
const sss = "raw/nats_bench_samples/NATS-sss-v1_0-50262-simple";

describe("nats-bench", () => {
  for (const dataset of ["cifar10", "cifar100", "imagenet16-120"]) {
    test(`${dataset}: the sample's numbers equal those of the tables`, async (context) => {
      const folder = requireData(context);
      const pack = await importBenchmark(`nats-bench:dataset=${dataset},curves=false`, join(folder, tss));
      expect(pack.metadata.rows).toBe(3);
      const imported = await openBenchmark(pack.metadata.name);
      const table = await openBenchmark(`nasbench201/${dataset}`);
      expect(imported.test.length).toBe(15_625);
      expect(imported.test.filter((value) => !Number.isNaN(value)).length).toBe(3);
      const names = ["valid_accuracy", "test_accuracy", "train_time", "flops", "params"];
      if (dataset === "cifar10")
        names.push("valid_accuracy_seed777", "valid_accuracy_seed888", "valid_accuracy_seed999");
      for (const index of [0, 11, 284]) {
        for (const name of names) {
          const difference = Math.abs(imported.pack.column(name)[index] - table.pack.column(name)[index]);
          expect(difference, `${name} of ${index}`).toBeLessThan(name === "train_time" ? 6e-4 : 1.01e-6);
        }
      }
      const { values } = imported.labels("random-seed", createGenerator(1));
      expect(values.filter((value) => !Number.isNaN(value)).length).toBe(3);
    });
  }

  test("keeps the curves of every epoch, the last of which is the final value", async (context) => {
    const folder = requireData(context);
    const pack = await importBenchmark("nats-bench", join(folder, tss), { name: "mine/curves" });
    const epochs = Array.from({ length: 200 }, (_, i) => pack.column(`valid_accuracy_seed777_epoch${i + 1}`)[1]);
    expect(epochs[0]).toBeCloseTo(30.196, 4);
    expect(epochs[199]).toBeCloseTo(pack.column("valid_accuracy_seed777")[1], 4);
    expect(pack.column("train_loss_seed777_epoch1")[1]).toBeCloseTo(1.932092, 5);
    expect(pack.text("architecture")[0]).toMatch(/^\|avg_pool_3x3~0\|/);
    expect((await openBenchmark("mine/curves")).metadata.rowIndex).toBe("arch_index");
  });

  test("refuses the size space and folders without records", async (context) => {
    const folder = requireData(context);
    await expect(importBenchmark("nats-bench", join(folder, sss))).rejects.toThrow(/size space/);
    await expect(importBenchmark("nats-bench", scratch)).rejects.toThrow(/no files like/);
    await expect(importBenchmark("nats-bench", join(scratch, "absent"))).rejects.toThrow(/Cannot list/);
  });

  test("refuses a record whose index is not that of its architecture, and damaged records", async (context) => {
    const folder = requireData(context);
    const copy = join(scratch, "records");
    cpSync(join(folder, tss, "000011.pickle.pbz2"), join(copy, "000011.pickle.pbz2"));
    const bytes = readFileSync(join(copy, "000011.pickle.pbz2"));
    writeFileSync(join(copy, "000011.pickle.pbz2"), bytes.subarray(0, 50_000));
    await expect(importBenchmark("nats-bench", copy)).rejects.toThrow(/000011\.pickle\.pbz2: the bzip2 data end early/);
    bytes[30_000] ^= 1;
    writeFileSync(join(copy, "000011.pickle.pbz2"), bytes);
    await expect(importBenchmark("nats-bench", copy)).rejects.toThrow(/not sound bzip2 data/);
  });
});

describe("nasbench201-pth", () => {
  test("reads the layouts of torch.save, whole tables and single architectures, with the same numbers", async () => {
    const record = recordOfArchitecture(11);
    const whole = new Map<Writable, Writable>([
      ["meta_archs", []],
      ["arch2infos", new Map<Writable, Writable>([[11, new Map<Writable, Writable>([["full", record]])]])],
    ]);
    writeFileSync(join(scratch, "whole.pth"), legacyTorchFile(whole));
    writeFileSync(join(scratch, "000011-FULL.pth"), legacyTorchFile(record));
    const packs: Pack[] = [];
    for (const file of ["whole.pth", "000011-FULL.pth"]) {
      packs.push(await importBenchmark("nasbench201-pth:curves=false", join(scratch, file)));
    }
    for (const pack of packs) {
      expect(pack.metadata.name).toBe("nasbench201-pth/cifar10");
      expect([...pack.column("arch_index")]).toEqual([11]);
      expect(pack.column("valid_accuracy")[0]).toBe(80);
      expect([...pack.column("valid_accuracy_seed777")]).toEqual([79]);
      expect([...pack.column("valid_accuracy_seed888")]).toEqual([81]);
      expect(pack.column("test_accuracy")[0]).toBe(90);
      expect(pack.column("train_time")[0]).toBeCloseTo(200 * 1.5, 9);
      expect([...pack.column("params")]).toEqual([802_426]);
    }
    expect(packs[1].metadata.checksum).toBe(packs[0].metadata.checksum);
  });

  test("refuses an architecture under another index, and what is no such file", async () => {
    writeFileSync(join(scratch, "a.pth"), legacyTorchFile(recordOfArchitecture(12)));
    await expect(importBenchmark("nasbench201-pth", join(scratch, "a.pth"))).rejects.toThrow(
      /architecture 12 should be number 11/,
    );
    writeFileSync(join(scratch, "a.pth"), legacyTorchFile(new Map<Writable, Writable>([["weights", 1]])));
    await expect(importBenchmark("nasbench201-pth", join(scratch, "a.pth"))).rejects.toThrow(/should be a dictionary/);
    writeFileSync(join(scratch, "a.pth"), "not a torch file");
    await expect(importBenchmark("nasbench201-pth", join(scratch, "a.pth"))).rejects.toThrow(/byte 0/);
  });

  test("refuses a file without the data set that is asked for, and leaves no pack behind", async () => {
    writeFileSync(join(scratch, "a.pth"), legacyTorchFile(recordOfArchitecture(11)));
    const format = "nasbench201-pth:dataset=cifar100";
    await expect(importBenchmark(format, join(scratch, "a.pth"))).rejects.toThrow(/no values for valid_accuracy/);
    expect(existsSync(join(scratch, "home"))).toBe(false);
  });
});

describe("nasbench101-tfrecord", () => {
  for (const [file, name] of [
    ["energy_4V9E", "ec_nas/4v"],
    ["energy_5V9E", "ec_nas/5v"],
  ]) {
    test(`${file} gives the same pack as the CSV table`, async (context) => {
      const folder = requireData(context);
      const path = join(folder, "raw/ec_nas_tfrecord", `${file}.tfrecord`);
      const pack = await importBenchmark("nasbench101-tfrecord", path);
      const { pack: table } = await openBenchmark(name);
      expect(pack.columns).toEqual(table.columns);
      expect(pack.text("module_hash")).toEqual(table.text("module_hash"));
      for (const column of pack.columns) {
        const [own, others] = [pack.column(column), table.column(column)];
        const worst = Math.max(...Array.from(own, (value, i) => Math.abs(value - others[i])));
        expect(worst, column).toBeLessThan(6e-4);
      }
    });
  }

  test("names the record whose checksum is wrong", async (context) => {
    const folder = requireData(context);
    const bytes = readFileSync(join(folder, "raw/ec_nas_tfrecord/energy_4V9E.tfrecord"));
    const path = join(scratch, "damaged.tfrecord");
    bytes[300] ^= 1;
    writeFileSync(path, bytes);
    await expect(importBenchmark("nasbench101-tfrecord", path)).rejects.toThrow(/record 0: the checksum is wrong/);
    bytes[300] ^= 1;
    writeFileSync(path, bytes.subarray(0, 2000));
    await expect(importBenchmark("nasbench101-tfrecord", path)).rejects.toThrow(/record 2: the file ends early/);
    writeFileSync(path, "these bytes are no records at all");
    await expect(importBenchmark("nasbench101-tfrecord", path)).rejects.toThrow(/no TFRecord file/);
  });
});

describe("csv", () => {
  test("reads a data folder and a single file", async (context) => {
    const folder = requireData(context);
    const fromFolder = await importBenchmark("ec_nas-csv", folder, { name: "a" });
    const fromFile = await importBenchmark("ec_nas-csv", join(folder, "ec_nas/ecnas_4V9E.csv.gz"), { name: "b/c" });
    expect(fromFile.metadata.checksum).toBe(fromFolder.metadata.checksum);
    expect((await openBenchmark("b/c")).test.length).toBe(91);
  });

  test("says where a table is wrong", async () => {
    const path = join(scratch, "table.csv");
    const header =
      "module_hash,n_nodes,adj_upper,ops,epochs,repeat,train_acc_pct,val_acc_pct,test_acc_pct,halfway_val_acc_pct,halfway_test_acc_pct,train_time_s,train_energy_kWh,train_co2eq_g,params,total_time_s,total_energy_kWh";
    const row = "5529e1779433733d1145e20de5d8604e,4,110111,I13O,36,1,99,91,90,13,13,668,0.1,13,3468426,746,0.1";
    const attempt = (lines: string[]): Promise<unknown> => {
      writeFileSync(path, `${lines.join("\n")}\n`);
      return importBenchmark("ec_nas-csv", path);
    };
    await expect(attempt([header, row])).resolves.toBeDefined();
    await expect(attempt([header, row, row.replace("668", "fast")])).rejects.toThrow(
      'table.csv, line 3, column "train_time_s": expected a number, got "fast"',
    );
    await expect(attempt([header, row.replace("I13O", "I1XO")])).rejects.toThrow(/line 2, column "ops": expected I, 2/);
    await expect(attempt([header, row.replace("110111", "11011")])).rejects.toThrow(/column "adj_upper": expected 6/);
    await expect(attempt([header, row.replace(",4,", ",4.5,")])).rejects.toThrow(/whole number of 32 bits, got "4.5"/);
    await expect(attempt([header, `${row},7`])).rejects.toThrow(/line 2: 18 fields where the header has 17/);
    await expect(attempt([header.replace("epochs", "epoch"), row])).rejects.toThrow(/no column "epochs"/);
    await expect(importBenchmark("ec_nas-csv", join(scratch, "absent"))).rejects.toThrow(/neither a folder/);
  });
});

/** The record of one architecture, made up but of the published form. */
function recordOfArchitecture(index: number): Writable {
  const training = (seed: number, evaluated: string, accuracy: number): Writable => {
    const everyEpoch = (value: number): Writable =>
      new Map(Array.from({ length: 200 }, (_, epoch): [Writable, Writable] => [epoch, value]));
    return new Map<Writable, Writable>([
      ["seed", seed],
      ["epochs", 200],
      ["params", 0.802426],
      ["flop", 113.95137],
      ["latency", [0.016]],
      ["train_times", everyEpoch(1.5)],
      ["train_acc1es", everyEpoch(99)],
      ["train_losses", everyEpoch(0.01)],
      ["eval_acc1es", new Map<Writable, Writable>([[`${evaluated}@199`, accuracy]])],
      ["eval_losses", new Map<Writable, Writable>([[`${evaluated}@199`, 0.5]])],
    ]);
  };
  return new Map<Writable, Writable>([
    ["arch_index", index],
    ["arch_str", "|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|none~0|nor_conv_3x3~1|avg_pool_3x3~2|"],
    [
      "all_results",
      new Map<Writable, Writable>([
        [tuple("cifar10-valid", 777), training(777, "x-valid", 79)],
        [tuple("cifar10-valid", 888), training(888, "x-valid", 81)],
        [tuple("cifar10", 777), training(777, "ori-test", 90)],
      ]),
    ],
  ]);
}

/** What torch.save wrote before its zip layout: magic number, protocol, system, value, no tensors. */
function legacyTorchFile(value: Writable): Uint8Array {
  const magic = bytesOf(0x80, 2, 0x8a, 10, Buffer.from("6cfc9c46f9206aa85019", "hex"), ".");
  return bytesOf(magic, writePickle(1001), writePickle(new Map()), writePickle(value), writePickle([]));
}

test("every format describes itself; unknown formats, options and names are refused", async () => {
  for (const [name, format] of Object.entries(importFormats)) {
    expect(format.name).toBe(name);
    expect(format.description.length).toBeGreaterThan(20);
    expect(format.expects.length).toBeGreaterThan(20);
  }
  await expect(importBenchmark("nats-bensh", scratch)).rejects.toThrow(/no format/);
  await expect(importBenchmark("nats-bench:dataset=mnist", scratch)).rejects.toThrow(/dataset/);
  await expect(importBenchmark("nats-bench", scratch, { name: "../outside" })).rejects.toThrow(/cannot name/);
});
