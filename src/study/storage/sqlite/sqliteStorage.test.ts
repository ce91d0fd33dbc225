import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import Libsql from "libsql";
import { afterAll, describe, expect, it } from "vitest";
import type { AssayError } from "../../../errors.js";
import type { Storage, StudyOwner } from "../contract.js";
import { APPLICATION_ID } from "./schema.js";
import { openSqliteStorage } from "./sqliteStorage.js";

const folder = mkdtempSync(join(tmpdir(), "assay-sqlite-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newPath = (): string => join(folder, `${++files}.db`);

const owner: StudyOwner = { id: "test", description: "the test", isGone: () => true };
const made = { id: "1", version: "0", subject: "grid", strategy: "random", seed: 1, budget: 9, settings: {} };

function refusal(act: () => unknown): AssayError {
  try {
    act();
  } catch (error) {
    return error as AssayError;
  }
  throw new Error("it was not refused");
}

/** A file with a study of 300 trials, closed. */
const sound = newPath();
fill(openSqliteStorage(sound));

function fill(storage: Storage): void {
  const writer = storage.create({ ...made, name: "first" }, owner);
  const trials = Array.from({ length: 300 }, (_, number) => ({
    number,
    architecture: `architecture ${number}`.repeat(9),
  }));
  writer.decide({ trials, observed: [], state: { list: trials.map(({ number }) => number) } });
  for (let number = 0; number < 30; number++)
    writer.end(number, { result: { label: number, curves: { a: [1, 2] } }, seconds: 1 });
  writer.close();
  storage.close();
}

function copy(): string {
  const path = newPath();
  copyFileSync(sound, path);
  return path;
}

/** Whatever anybody does with a file of studies. */
function useAll(path: string): void {
  const storage = openSqliteStorage(path, { mustExist: true });
  try {
    storage.studies();
    storage.find("first");
    storage.trials("first");
    storage.trials("first", { order: "label" });
    const writer = storage.open("first", owner);
    writer.begin(40);
    writer.decide({ trials: [{ number: 300, architecture: "new" }], observed: [0, 1], state: { list: [] } });
    writer.close();
  } finally {
    storage.close();
  }
}

describe("a file that is no storage of ours", () => {
  it("is refused where another program made it, and left as it is", () => {
    for (const set of ["CREATE TABLE other (a)", "PRAGMA user_version = 3", "PRAGMA application_id = 77"]) {
      const path = newPath();
      const database = new Libsql(path);
      database.exec(set);
      database.close();
      const before = readFileSync(path);
      expect(refusal(() => openSqliteStorage(path)).code, set).toBe("not-a-storage");
      expect(readFileSync(path).equals(before)).toBe(true);
    }
  });

  it("is refused where a newer version made it, and left as it is", () => {
    const path = copy();
    const database = new Libsql(path);
    database.exec("PRAGMA user_version = 99");
    database.close();
    const before = readFileSync(path);
    const { code, message, hint } = refusal(() => openSqliteStorage(path));
    expect([code, hint]).toEqual(["newer-storage", expect.stringContaining("Update Assay")]);
    expect(message).toContain("schema 99");
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it("is filled where it is empty, and marked as ours", () => {
    const path = newPath();
    writeFileSync(path, "");
    openSqliteStorage(path).close();
    const database = new Libsql(path);
    expect(database.prepare("PRAGMA application_id").raw().all()).toEqual([[APPLICATION_ID]]);
    expect(database.prepare("PRAGMA journal_mode").raw().all()).toEqual([["wal"]]);
    database.close();
  });
});

describe("a damaged file", () => {
  const size = statSync(sound).size;
  const damages: Readonly<Record<string, (path: string) => void>> = {
    "garbage of its size": (path) => writeFileSync(path, Buffer.alloc(size, "x")),
    "a text file": (path) => writeFileSync(path, "These are my notes.\n"),
    "a header of zeros": (path) => overwrite(path, 0, Buffer.alloc(100)),
    "a first page of zeros": (path) => overwrite(path, 0, Buffer.alloc(4096)),
    "nothing but zeros": (path) => writeFileSync(path, Buffer.alloc(size)),
    "cut in the middle": (path) => truncateSync(path, Math.floor(size / 2)),
    "cut in the middle of a page": (path) => truncateSync(path, Math.floor(size / 2) + 77),
    "cut after the first page": (path) => truncateSync(path, 4096),
    "cut to a few bytes": (path) => truncateSync(path, 50),
    "zeros in the middle": (path) => overwrite(path, 4096 * 3, Buffer.alloc(4096 * 4)),
    "another file in the middle": (path) => overwrite(path, 4096 * 3, Buffer.alloc(4096 * 4, "{}")),
    "pages in another order": (path) => {
      const bytes = readFileSync(path);
      overwrite(path, 4096 * 2, bytes.subarray(4096 * 5, 4096 * 7));
      overwrite(path, 4096 * 5, bytes.subarray(4096 * 2, 4096 * 4));
    },
  };
  for (const [name, damage] of Object.entries(damages)) {
    it(`is refused with a clear message, and left as it is: ${name}`, () => {
      const path = copy();
      damage(path);
      const before = readFileSync(path);
      const { code, message, hint } = refusal(() => useAll(path));
      expect(code, message).toBe("damaged-storage");
      expect(message).toContain(path);
      expect(hint).toContain("Nothing was written to it.");
      expect(readFileSync(path).equals(before)).toBe(true);
    });
  }

  it("is never taken for a new one because it was emptied while its log holds something", () => {
    const path = copy();
    const database = new Libsql(path);
    database.exec("UPDATE study SET budget = 10");
    copyFileSync(`${path}-wal`, `${path}.kept`);
    database.close();
    writeFileSync(path, "");
    copyFileSync(`${path}.kept`, `${path}-wal`);
    const before = readFileSync(`${path}-wal`);
    expect(refusal(() => openSqliteStorage(path)).code).toBe("damaged-storage");
    expect(readFileSync(`${path}-wal`).equals(before)).toBe(true);
  });

  it("is refused where single bits flipped in what keeps it together", () => {
    // Of the tree pages every byte of the header matters: kind, cells, content.
    for (const page of [2, 3, 4, 5, 6]) {
      for (const offset of [0, 3, 4]) {
        const path = copy();
        const bytes = readFileSync(path);
        const at = page * 4096 + offset;
        bytes[at] ^= 0x40;
        writeFileSync(path, bytes);
        expect(refusal(() => useAll(path)).code, `page ${page} offset ${offset}`).toBe("damaged-storage");
        expect(readFileSync(path).equals(bytes)).toBe(true);
      }
    }
  });

  it("is refused where what it holds was never written by this program", () => {
    for (const change of [
      "UPDATE trial SET metrics = '{' WHERE number = 3",
      "UPDATE trial SET metrics = '[1]' WHERE number = 3",
      "UPDATE trial SET explanation = '{}' WHERE number = 3",
      "UPDATE curve SET series = 'null' WHERE trial = 3",
      "UPDATE study SET settings = '3'",
      "UPDATE state SET body = 'x'",
    ]) {
      const path = copy();
      const database = new Libsql(path);
      database.exec(change);
      database.close();
      expect(refusal(() => useAll(path)).code, change).toBe("damaged-storage");
    }
  });
});

function overwrite(path: string, at: number, bytes: Buffer): void {
  const whole = readFileSync(path);
  bytes.copy(whole, at);
  writeFileSync(path, whole);
}

describe("a place that cannot be", () => {
  it.each([
    ["a folder", () => folder, "bad-storage", "is not a file"],
    ["in a folder that is not there", () => join(folder, "none", "a.db"), "bad-storage", "there is no folder"],
    ["under a file", () => join(sound, "a.db"), "bad-storage", ""],
    ["with a name too long", () => join(folder, "a".repeat(300)), "bad-storage", ""],
    ["with a zero in its name", () => join(folder, "a\0b"), "bad-storage", ""],
  ] as const)("%s", (_, path, code, words) => {
    const error = refusal(() => openSqliteStorage(path()));
    expect(error.code, error.message).toBe(code);
    expect(error.message).toContain(words);
  });

  it("is missing, for whoever only reads", () => {
    const path = newPath();
    expect(refusal(() => openSqliteStorage(path, { mustExist: true })).code).toBe("no-storage");
    expect(() => statSync(path)).toThrow();
  });

  it.each(["%41 ?mode=memory#x.db", "ä ö 'quote\" $(id).db", "file:x.db", ":memory:", "-rf.db", "a\nb.db"])(
    "has a strange name and is a file of that name: %j",
    (name) => {
      const path = join(folder, name);
      fill(openSqliteStorage(path));
      expect(statSync(path).size).toBeGreaterThan(4096);
      useAll(path);
    },
  );

  it.each(["-wal", "-shm"])("has a folder in the place of its %s", (suffix) => {
    const path = copy();
    mkdirSync(`${path}${suffix}`);
    const before = readFileSync(path);
    const error = refusal(() => useAll(path));
    expect(["bad-storage", "storage-unreadable", "storage-read-only"], error.message).toContain(error.code);
    expect(error.message).toContain(path);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it("may be read only", () => {
    const path = copy();
    chmodSync(path, 0o444);
    chmodSync(dirname(path), 0o755);
    expect(asNobody(() => refusal(() => useAll(path)).code)).toBe("storage-read-only");
    chmodSync(path, 0o644);
  });
});

/** Root may write everywhere: what is to be refused is done as another user then. */
function asNobody<Result>(act: () => Result): Result {
  if (process.geteuid?.() !== 0) return act();
  process.seteuid?.(65_534);
  try {
    return act();
  } finally {
    process.seteuid?.(0);
  }
}
