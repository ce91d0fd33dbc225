import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { AssayError, nearestName } from "../../errors.js";
import type { Storage } from "../../study/index.js";
import { processOwner } from "../../study/owner.js";
import { openSqliteStorage } from "../../study/storage/sqlite/sqliteStorage.js";

/** Opens a file of studies that is there already, for as long as something is done with it. */
export function withStudies<Result>(path: string, act: (storage: Storage) => Result): Result {
  const storage = openExisting(path);
  try {
    return act(storage);
  } finally {
    storage.close();
  }
}

/** Whether the process of that description ran on this machine and has ended. */
export function isGone(writer: string): boolean {
  return processOwner().isGone?.("", writer) ?? false;
}

function openExisting(path: string): Storage {
  try {
    return openSqliteStorage(path, { mustExist: true });
  } catch (error) {
    if (!(error instanceof AssayError) || error.code !== "no-storage") throw error;
    const nearest = nearestName(basename(path), siblings(path));
    if (nearest === undefined) throw error;
    throw new AssayError(error.code, error.message, `Did you mean "${join(dirname(path), nearest)}"?`, {
      cause: error,
    });
  }
}

function siblings(path: string): string[] {
  try {
    return readdirSync(dirname(path)).filter((name) => !/-(wal|shm|journal)$/.test(name));
  } catch {
    return [];
  }
}
