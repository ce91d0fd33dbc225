import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { requireData } from "../../../test/data.js";
import { createGenerator } from "../../random/index.js";
import { importBenchmark, importFormats, openBenchmark } from "../index.js";

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "assay-import-"));
  process.env["ASSAY_CACHE"] = join(scratch, "cache");
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
