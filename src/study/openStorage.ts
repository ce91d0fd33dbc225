import { AssayError } from "../errors.js";
import type { Storage } from "./storage/contract.js";

/** Options of `openStorage`. */
export interface OpenStorageOptions {
  /** Refuse a file that is not there, for whoever only reads. Default false: it is made. */
  readonly mustExist?: boolean;
  /** For whoever looks on: nothing is ever written to the file, and it is waited for half a second at most. Default false. */
  readonly isReadOnly?: boolean;
}

/**
 * Opens the file that keeps studies: SQLite, one writer for each study and any number of readers. Throws AssayError where it cannot be
 * made or opened, is damaged, or belongs to another program.
 *
 * @param path relative to the working folder
 * @example
 * const storage = await openStorage("assay.db");
 * const study = createStudy({ name: "first", storage, mode: "either", space, strategy: "default", seed: 1 });
 */
export async function openStorage(path: string, options: OpenStorageOptions = {}): Promise<Storage> {
  // Only now: whoever keeps nothing needs no database.
  const { openSqliteStorage } = await import("./storage/sqlite/sqliteStorage.js").catch((cause: unknown) => {
    throw new AssayError(
      "no-sqlite",
      `The database cannot be loaded on ${process.platform}-${process.arch}: ${(cause as Error).message.split("\n")[0]}`,
      "Install again with optional dependencies: npm install --include=optional.",
      { cause },
    );
  });
  return openSqliteStorage(path, options);
}
