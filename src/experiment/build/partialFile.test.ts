import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPartialFile, partialPath } from "./partialFile.js";
import { keyOf, recordOf } from "./record.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-partial-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fingerprint = { name: "made/up", "settings.epochs": "3" };
const records = [0, 1, 2, 3].map((architecture) =>
  recordOf(
    { architecture, seed: 1 },
    {
      ...{ losses: [2.12349, Number.NaN], trainingAccuracies: [], validation: 100 / 3, test: Number.NaN },
      ...{ flops: 10, params: 5, seconds: 1, proxies: { synflow: 1.234567e9, naswot: Number.POSITIVE_INFINITY } },
      ...(architecture === 2 ? { failure: "the loss was no longer finite" } : {}),
    },
  ),
);

test("records are rounded, and what does not exist is null", () => {
  expect(records[0]).toEqual({
    ...{ architecture: 0, seed: 1, validation: 33.3333, test: null, losses: [2.123, null], flops: 10, params: 5 },
    proxies: { naswot: null, synflow: 1.2346e9 },
  });
  expect(records[2].failure).toBe("the loss was no longer finite");
});

test("a file that was torn anywhere keeps every whole line and can be continued", () => {
  const path = partialPath(join(folder, "torn.parquet"));
  const file = openPartialFile(path, fingerprint);
  for (const record of records) file.append(record);
  const bytes = readFileSync(path);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: bytes.length }),
      fc.constantFrom("", "\0\0\0", "\0\0\n"),
      (length, rubbish) => {
        writeFileSync(path, Buffer.concat([bytes.subarray(0, length), Buffer.from(rubbish)]));
        const reopened = openPartialFile(path, fingerprint);
        const kept = [...reopened.records.values()];
        expect(kept).toEqual(records.slice(0, kept.length));
        const lines = bytes.subarray(0, length).toString().split("\n").length - 2;
        expect(kept.length).toBe(Math.max(0, lines));
        for (const record of records.slice(kept.length)) reopened.append(record);
        expect(readFileSync(path)).toEqual(bytes);
      },
    ),
    { numRuns: 60 },
  );
});

test("a training that was written twice counts once", () => {
  const path = partialPath(join(folder, "twice.parquet"));
  const file = openPartialFile(path, fingerprint);
  file.append(records[0]);
  file.append({ ...records[0], flops: 99 });
  expect(openPartialFile(path, fingerprint).records.get(keyOf(records[0]))).toEqual(records[0]);
});

test("a file of something else is left alone", () => {
  const path = partialPath(join(folder, "notes.parquet"));
  writeFileSync(path, '{"notes":1}\n{"more":2}\n');
  expect(() => openPartialFile(path, fingerprint)).toThrow(/line 1 is not one that a build wrote/);
  expect(readFileSync(path, "utf8")).toBe('{"notes":1}\n{"more":2}\n');
});
