import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { AssayError, nearestName } from "../../errors.js";
import type { Storage } from "../../study/index.js";
import { openStorage } from "../../study/openStorage.js";

/** Opens a file of studies that is there already, for as long as something is done with it. */
export async function withStudies<Result>(path: string, act: (storage: Storage) => Result): Promise<Result> {
  const storage = await openExisting(path);
  try {
    return act(storage);
  } finally {
    storage.close();
  }
}

async function openExisting(path: string): Promise<Storage> {
  try {
    return await openStorage(path, { mustExist: true });
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
