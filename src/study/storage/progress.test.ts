import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { fillStudy } from "../../../test/sampleStudy.js";
import { createMemoryStorage } from "./memory.js";
import { openSqliteStorage } from "./sqlite/sqliteStorage.js";

const folder = mkdtempSync(join(tmpdir(), "assay-progress-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ["memory", () => createMemoryStorage()],
  ["SQLite", () => openSqliteStorage(join(folder, "assay.db"))],
])("%s", (_, open) => {
  const storage = open();
  fillStudy(storage, "first").close();
  afterAll(() => storage.close());

  test("sums up what came of all trials", () => {
    expect(storage.progress("first")).toEqual({
      improvements: [
        { number: 0, label: 71.25 },
        { number: 3, label: 93.5 },
      ],
      failedAttempts: 2,
      lostAttempts: 1,
      seconds: 19,
    });
    expect(() => storage.progress("fist")).toThrow('no study "fist"');
  });

  test("keeps the attempts that came to nothing", () => {
    const attempts = storage.attempts("first", 1).map(({ endedAt, ...attempt }) => {
      expect(endedAt).toBeGreaterThan(1e9);
      return attempt;
    });
    expect(attempts).toEqual([{ outcome: "failed", failure: "out of memory", log: "logs/1.log", seconds: 1 }]);
    expect(storage.attempts("first", 4)).toMatchObject([{ outcome: "lost" }]);
    expect(storage.attempts("first", 0)).toEqual([]);
    expect(storage.attempts("first", 99)).toEqual([]);
    expect(() => storage.attempts("fist", 0)).toThrow('no study "fist"');
  });

  test("gives the newest first, and those from a number on", () => {
    const numbers = (selection: Parameters<typeof storage.trials>[1]): number[] =>
      storage.trials("first", selection).map(({ number }) => number);
    expect(numbers({ order: "newest", count: 2 })).toEqual([5, 4]);
    expect(numbers({ order: "newest", states: ["done"] })).toEqual([3, 1, 0]);
    expect(numbers({ from: 3 })).toEqual([3, 4, 5]);
    expect(numbers({ from: 1, states: ["done"], count: 1 })).toEqual([1]);
    expect(numbers({ from: 6 })).toEqual([]);
    expect(numbers({ order: "label", from: 1 })).toEqual([3, 1]);
  });
});
