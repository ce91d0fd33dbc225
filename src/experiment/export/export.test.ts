import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { parquetReadObjects } from "hyparquet";
import { expect, test } from "vitest";
import { cells, fillStudy, hostile } from "../../../test/sampleStudy.js";
import { createMemoryStorage } from "../../study/index.js";
import { restoreText, writeCsv } from "./csv.js";
import { exportCsv, exportParquet } from "./index.js";
import { freeNames } from "./table.js";

const storage = createMemoryStorage(() => 1_700_000_000.25);
fillStudy(storage, "first").close();

/** Records by an independent reader. */
function read(text: string): Record<string, string>[] {
  return parse(text, { columns: true, record_delimiter: "\r\n" });
}

async function readParquet(bytes: Uint8Array): Promise<Record<string, unknown>[]> {
  const { buffer, byteOffset, byteLength } = bytes;
  return await parquetReadObjects({ file: (buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength) });
}

test("CSV begins with trial, architecture and label, and reads back", () => {
  const text = [...exportCsv(storage, "first")].join("");
  expect(text).toMatch(/^trial,architecture,label,state,/);
  expect(text.endsWith("\r\n")).toBe(true);
  const rows = read(text);
  expect(rows).toHaveLength(6);
  expect(rows[0]).toMatchObject({
    trial: "0",
    architecture: cells[0],
    label: "71.25",
    state: "done",
    failure: "",
    attempts: "1",
    seconds: "2",
    started: "2023-11-14T22:13:20.250Z",
    ended: "2023-11-14T22:13:20.250Z",
    test: "70",
    // A column of every trial has that name.
    metric_seconds: "5",
  });
  expect(rows[1]).toMatchObject({ label: "-0.5", attempts: "2", lost_attempts: "0", test: "" });
  expect(rows[3]).toMatchObject({ label: "93.5", objective_1: "93.5", objective_2: "12", log: "logs/3.log" });
  expect(rows[4]).toMatchObject({ label: "", state: "lost", lost_attempts: "1", seconds: "" });
  expect(rows[5]).toMatchObject({ architecture: "kernel=3,depth=2", state: "queued", started: "" });
});

test("text that means no good is no formula and drives no terminal", () => {
  const text = [...exportCsv(storage, "first")].join("");
  expect(text).not.toContain("\u001b");
  const rows = read(text);
  expect(rows[2]["failure"]).toBe(`'=HYPERLINK("http://evil"), \\u001b[2J"gone",\\u000d\nline two`);
  expect(rows[1][`'${hostile.metric}`]).toBe("1");
});

test("Parquet holds the same, with types", async () => {
  const rows = await readParquet(exportParquet(storage, "first"));
  expect(Object.keys(rows[0]).slice(0, 3)).toEqual(["trial", "architecture", "label"]);
  expect(rows).toHaveLength(6);
  expect(rows[0]).toMatchObject({
    trial: 0,
    architecture: cells[0],
    label: 71.25,
    failure: null,
    started: new Date("2023-11-14T22:13:20.250Z"),
    metric_seconds: 5,
  });
  expect(rows[1]).toMatchObject({ label: -0.5, test: null, [hostile.metric]: 1 });
  expect(rows[2]).toMatchObject({ label: null, failure: hostile.failure });
});

test("curves have a row for each trial and epoch", async () => {
  const text = [...exportCsv(storage, "first", { rows: "curves" })].join("");
  expect(text).toBe("trial,epoch,train_loss,accuracy,series_trial\r\n3,1,2.5,10,9\r\n3,2,1.5,55.5,\r\n3,3,0.5,,\r\n");
  expect(await readParquet(exportParquet(storage, "first", { rows: "curves" }))).toEqual([
    { trial: 3, epoch: 1, train_loss: 2.5, accuracy: 10, series_trial: 9 },
    { trial: 3, epoch: 2, train_loss: 1.5, accuracy: 55.5, series_trial: null },
    { trial: 3, epoch: 3, train_loss: 0.5, accuracy: null, series_trial: null },
  ]);
});

test("a study without trials is a table without rows", async () => {
  const empty = createMemoryStorage();
  const study = { name: "none", id: "n", version: "0", subject: "s", strategy: "random", seed: 0, budget: 1 };
  empty.create({ ...study, settings: {} }, { id: "o", description: "somebody" });
  expect([...exportCsv(empty, "none")].join("")).toMatch(/^trial,architecture,label,[a-z_,]+\r\n$/);
  expect(await readParquet(exportParquet(empty, "none"))).toEqual([]);
  expect([...exportCsv(empty, "none", { rows: "curves" })].join("")).toBe("trial,epoch\r\n");
  expect(() => [...exportCsv(empty, "nine")]).toThrow('no study "nine"');
});

test("long studies come in pieces, each row once", async () => {
  const long = createMemoryStorage();
  const writer = long.create(
    { name: "long", id: "l", version: "0", subject: "s", strategy: "random", seed: 0, budget: 1, settings: {} },
    { id: "o", description: "somebody" },
  );
  const numbers = Array.from({ length: 5_501 }, (_, number) => number);
  writer.decide({ trials: numbers.map((number) => ({ number, architecture: `a${number}` })), observed: [], state: {} });
  for (const number of [0, 5400])
    writer.end(number, { result: { label: number, metrics: { late: number } }, seconds: 1 });
  const pieces = [...exportCsv(long, "long")];
  expect(pieces.length).toBe(3);
  const rows = read(pieces.join(""));
  expect(rows.map(({ trial }) => Number(trial))).toEqual(numbers);
  expect(rows[5400]).toMatchObject({ label: "5400", late: "5400" });
  const stored = await readParquet(exportParquet(long, "long"));
  expect(stored.map(({ trial }) => trial)).toEqual(numbers);
  expect(stored[5400]).toMatchObject({ label: 5400, late: 5400 });
});

test("any text reads back as it was, control characters aside", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1 }), (texts) => {
      const written = texts.map((text) => text.replace(/\p{Cc}/gu, "\n"));
      const table = {
        columns: [
          { name: "text", type: "text" },
          { name: "end", type: "text" },
        ] as const,
        pieces: () => [{ rows: written.length, values: [written, written.map(() => "x")] }],
      };
      const rows = read([...writeCsv(table)].join(""));
      expect(rows.map(({ text }) => restoreText(text))).toEqual(written.map(restoreText));
    }),
  );
});

test("names of measurements give way to those of fixed columns", () => {
  expect(freeNames(["test", "label", "metric_label"], ["label"], "metric_")).toEqual([
    "test",
    "metric_metric_label",
    "metric_label",
  ]);
});
