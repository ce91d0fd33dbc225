import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { parquetReadObjects } from "hyparquet";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { storedTrialReportSchema, studiesReportSchema, studyReportSchema } from "../src/experiment/index.js";
import { processOwner } from "../src/study/owner.js";
import { openSqliteStorage } from "../src/study/storage/sqlite/sqliteStorage.js";
import { assay } from "./cliHarness.js";
import { cells, fillStudy, hostile } from "./sampleStudy.js";

const folder = mkdtempSync(join(tmpdir(), "assay-studies-"));
const file = join(folder, "assay.db");
const storage = ["--storage", file];

beforeEach(() => {
  for (const end of ["", "-wal", "-shm"]) rmSync(file + end, { force: true });
  const opened = openSqliteStorage(file);
  fillStudy(opened, "first", { benchmark: "nasbench201/cifar10", parallel: 4, note: hostile.failure }).close();
  const second = fillStudy(opened, "second");
  second.end(4, { result: { label: 80 }, seconds: 1 });
  second.end(5, { result: { label: 79 }, seconds: 1 });
  second.update({ ended: "budget" });
  second.close();
  opened.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("studies", () => {
  test("lists them with how far they have come", async () => {
    const { exitCode, out, err } = await assay(["studies", ...storage]);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
    expect(out).toMatch(/first +nasbench201 +random +4\/8 +93\.50 +(just now|\d+ seconds? ago) +stopped\n/);
    expect(out).toMatch(/second +nasbench201 +random +6\/8 +93\.50 .* ended: budget\n/);
    expect(out).toMatch(/1 failed\n/);
    expect(out.split("\n").filter((line) => line.length > 90)).toEqual([]);
  });

  test("JSON has its documented form", async () => {
    const { out } = await assay(["studies", ...storage, "--json"]);
    const { studies } = studiesReportSchema.parse(JSON.parse(out));
    expect(studies).toMatchObject([
      {
        name: "first",
        state: "stopped",
        budget: 8,
        counts: { done: 3, failed: 1, lost: 1, queued: 1, running: 0 },
        best: { number: 3, architecture: cells[3], label: 93.5 },
      },
      { name: "second", state: "ended", ended: "budget" },
    ]);
  });

  test("a study that somebody writes to runs; one whose process has gone does not", async () => {
    const opened = openSqliteStorage(file);
    const here = opened.open("first", processOwner());
    here.begin(4);
    const gone = opened.open("second", {
      id: processOwner().id,
      description: processOwner().description.replace(/\d+/, "999999999"),
    });
    expect((await assay(["studies", ...storage])).out).toContain(`running: process`);
    const { studies } = studiesReportSchema.parse(JSON.parse((await assay(["studies", ...storage, "--json"])).out));
    expect(studies).toMatchObject([
      { state: "running", writer: processOwner().description, counts: { running: 1 } },
      { state: "ended" },
    ]);
    here.close();
    gone.close();
    opened.close();
  });

  test("says what is wrong with a file", async () => {
    const missing = await assay(["studies", "--storage", join(folder, "asay.db")]);
    expect(missing.exitCode).toBe(2);
    expect(missing.err).toContain(`There is no file ${join(folder, "asay.db")}.`);
    expect(missing.err).toContain(`Did you mean "${file}"?`);
    expect(existsSync(join(folder, "asay.db"))).toBe(false);

    const damaged = join(folder, "damaged.txt");
    writeFileSync(damaged, "no database at all".repeat(100));
    const { exitCode, err } = await assay(["show", "first", "--storage", damaged]);
    expect(exitCode).toBe(2);
    expect(err).toContain("is damaged or no database");
    expect(readFileSync(damaged, "utf8")).toBe("no database at all".repeat(100));

    const empty = join(folder, "empty.sqlite");
    openSqliteStorage(empty).close();
    const none = await assay(["studies", "--storage", empty]);
    expect(none).toMatchObject({ exitCode: 0, out: "" });
    expect(none.err).toContain("holds no studies");
    expect((await assay(["show", "first", "--storage", empty])).err).toContain("It holds no studies.");
  });
});

describe("show", () => {
  test("tells how a study stands, its best trials and its failures", async () => {
    const { exitCode, out } = await assay(["show", "first", ...storage]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^first: 4\/8 trials on nasbench201 with random, seed 3\n/);
    expect(out).toMatch(/trials +3 done, 1 failed, 1 queued, 1 lost\n/);
    expect(out).toMatch(/attempts +2 failed, 1 lost with their process\n/);
    expect(out).toContain("benchmark=nasbench201/cifar10, parallel=4");
    expect(out).toContain("Best architecture, trial 3, label 93.50");
    expect(out).toContain(" conv 3x3 ──▶ out");
    expect(out).toMatch(/93\.50 │ +╭─+\n/);
    expect(out).toMatch(/ {4}3 +93\.50 +92\.00 .* 10 s +\|nor_conv_3x3~0\|/);
    expect(out).toContain("Failures, the last 1 of 1");
    expect(out).toContain("log: logs/2.log");
    expect(out).toContain(`assay resume first --storage ${file}`);
    // Neither escapes nor line breaks of others.
    expect(out).not.toMatch(/[^\P{Cc}\n]|^line two/mu);
  });

  test("JSON has its documented form; counts are as asked", async () => {
    const { out } = await assay(["show", "first", ...storage, "--json", "--trials", "2"]);
    const report = studyReportSchema.parse(JSON.parse(out));
    expect(report.top.map(({ number }) => number)).toEqual([3, 0]);
    expect(report.top[0].curves).toBeUndefined();
    expect(report.failures).toMatchObject([{ number: 2, failure: hostile.failure, label: null }]);
    expect(report.improvements).toEqual([
      { number: 0, label: 71.25 },
      { number: 3, label: 93.5 },
    ]);
    expect(report.study.settings["parallel"]).toBe(4);
    expect((await assay(["show", "first", ...storage, "--trials", "0"])).out).not.toContain("The best");
  });

  test("all failures only where they are asked for", async () => {
    const opened = openSqliteStorage(file);
    const writer = opened.open("first", processOwner());
    const architectures = Array.from({ length: 6 }, (_, i) => ({ number: 6 + i, architecture: `x=${i}` }));
    writer.decide({ trials: architectures, observed: [], state: {} });
    for (const { number } of architectures)
      writer.end(number, { result: { label: Number.NaN, failure: `reason ${number}` }, seconds: 1 });
    writer.close();
    opened.close();
    const { out } = await assay(["show", "first", ...storage]);
    expect(out).toContain("Failures, the last 3 of 7");
    expect(out).toContain("trial 11: reason 11");
    expect(out).not.toContain("reason 8");
    expect((await assay(["show", "first", ...storage, "--failures"])).out).toContain("reason 6");
  });

  test("one trial with all that is known of it", async () => {
    const { out } = await assay(["show", "first", ...storage, "--trial", "3"]);
    expect(out).toMatch(/^Trial 3 of first, on nasbench201: done\n/);
    expect(out).toMatch(/suggested to +exploit: It looked good\./);
    expect(out).toMatch(/train_loss +█▅▁ 2\.5000 → 0\.5000, 3 epochs/);
    expect(out).toMatch(/log +logs\/3\.log/);
    expect(out).toMatch(/objectives +93\.50, 12\.00/);
    const retried = await assay(["show", "first", ...storage, "--trial", "1"]);
    expect(retried.out).toMatch(/failed .*, after 1\.0 s: out of memory\n {4}log: logs\/1\.log/);
    const json = await assay(["show", "first", ...storage, "--trial", "3", "--json"]);
    expect(storedTrialReportSchema.parse(JSON.parse(json.out)).trial.curves?.["accuracy"]).toEqual([10, 55.5]);
  });

  test("no such study, no such trial", async () => {
    const { exitCode, err } = await assay(["show", "fist", ...storage]);
    expect(exitCode).toBe(2);
    expect(err).toContain(`There is no study "fist" in ${file}.\nhint: Did you mean "first"?`);
    expect((await assay(["show", "first", ...storage, "--trial", "6"])).err).toContain("Give a number from 0 to 5.");
    expect((await assay(["show", "first", ...storage, "--trial", "-1"])).exitCode).toBe(2);
  });
});

describe("export-trials", () => {
  const words = ["export-trials", "first", ...storage];

  test("writes CSV to standard output and nothing else", async () => {
    const { exitCode, out, err } = await assay(words);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
    expect(out).toMatch(/^trial,architecture,label,/);
    expect(parse(out, { columns: true, record_delimiter: "\r\n" })).toHaveLength(6);
    expect((await assay([...words, "--curves"])).out).toMatch(/^trial,epoch,train_loss,/);
  });

  test("writes files, in the format of their ending or the one that was named", async () => {
    const csv = join(folder, "trials.csv");
    const { out, err } = await assay([...words, "--out", csv]);
    expect({ out, err }).toEqual({ out: "", err: `wrote ${csv}\n` });
    expect(readFileSync(csv, "utf8")).toBe((await assay(words)).out);
    const parquet = join(folder, "trials.bin");
    await assay([...words, "--out", parquet, "--format", "parquet"]);
    const bytes = readFileSync(parquet);
    const rows = await parquetReadObjects({
      file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
    });
    expect(rows).toHaveLength(6);
    expect(rows[3]).toMatchObject({ trial: 3, label: 93.5 });
  });

  test("refuses what cannot be", async () => {
    const before = readFileSync(file);
    const refused = [
      [...words, "--format", "parquet"],
      [...words, "--out", join(folder, "trials.txt")],
      [...words, "--out", file, "--format", "csv"],
      [...words, "--out", join(folder, "no", "trials.csv")],
      [...words, "--format", "xlsx"],
      ["export-trials", "fist", ...storage, "--out", join(folder, "fist.csv")],
    ];
    for (const line of refused) expect((await assay(line)).exitCode).toBe(2);
    expect(readFileSync(file)).toEqual(before);
    expect(existsSync(join(folder, "fist.csv"))).toBe(false);
  });
});

describe("delete", () => {
  const names = async (): Promise<string[]> =>
    studiesReportSchema
      .parse(JSON.parse((await assay(["studies", ...storage, "--json"])).out))
      .studies.map(({ name }) => name);

  test("asks, and leaves other studies as they are", async () => {
    const before = (await assay(["show", "second", ...storage, "--json"])).out;
    const no = await assay(["delete", "first", ...storage], { answer: "n" });
    expect(no.err).toMatch(
      /Delete the study "first" with 6 trials, best label 93\.50\?.* \[y\/N\] Nothing was deleted\.\n$/,
    );
    expect(await names()).toEqual(["first", "second"]);
    const yes = await assay(["delete", "first", ...storage], { answer: "y" });
    expect(yes).toMatchObject({ exitCode: 0, out: 'Deleted the study "first" with 6 trials.\n' });
    expect(await names()).toEqual(["second"]);
    expect((await assay(["show", "second", ...storage, "--json"])).out).toBe(before);
  });

  test("without a terminal only with --yes", async () => {
    const { exitCode, err } = await assay(["delete", "first", ...storage]);
    expect(exitCode).toBe(2);
    expect(err).toContain("--yes");
    expect(await names()).toEqual(["first", "second"]);
    const done = await assay(["delete", "first", ...storage, "--yes", "--json"]);
    expect(JSON.parse(done.out)).toEqual({ schema: 1, kind: "delete", study: "first", trials: 6 });
    expect((await assay(["delete", "first", ...storage, "--yes"])).err).toContain('There is no study "first"');
  });

  test("refuses a study that is being written", async () => {
    const opened = openSqliteStorage(file);
    const writer = opened.open("first", { id: "other", description: "process 7 on elsewhere" });
    const { exitCode, err } = await assay(["delete", "first", ...storage, "--yes"]);
    expect(exitCode).toBe(2);
    expect(err).toContain('The study "first" is being written by process 7 on elsewhere.');
    expect(await names()).toEqual(["first", "second"]);
    writer.close();
    opened.close();
  });
});
