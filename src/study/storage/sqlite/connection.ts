import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Libsql from "libsql";
import { AssayError } from "../../../errors.js";
import { BUSY_SECONDS, damaged, explainFaults } from "./faults.js";
import { migrate, requireSchema } from "./schema.js";

/** A file of studies that is open. */
export interface Connection {
  readonly path: string;
  /** One row, as a list of columns; undefined where there is none. */
  row(query: string, ...values: readonly Bound[]): readonly Column[] | undefined;
  rows(query: string, ...values: readonly Bound[]): readonly Column[][];
  run(statement: string, ...values: readonly Bound[]): void;
  /** Reads the whole file once; throws AssayError where it is damaged, also in what nobody has asked for. */
  requireSound(): void;
  /** All or nothing; when it returns, it is on the disk. */
  transaction<Result>(act: () => Result): Result;
  close(): void;
}

/** How a file is opened. */
export interface ConnectionOptions {
  readonly mustExist: boolean;
  /** Nothing is written: no schema, no log moved at the end. Default false. */
  readonly isReadOnly?: boolean;
}

/** What a query gives in a column. */
export type Column = string | number | null;
type Bound = string | number | null;

/**
 * Opens a file of studies, made where it is not there yet. Throws AssayError where that is impossible, the file is damaged, or it
 * belongs to another program.
 *
 * The write-ahead log lets readers read while somebody writes; each commit waits for the disk.
 */
export function openConnection(path: string, { mustExist, isReadOnly = false }: ConnectionOptions): Connection {
  requirePlace(path, mustExist);
  const database = openDatabase(path, isReadOnly);
  const statements = new Map<string, Libsql.Statement>();
  let isSound = false;

  function prepare(text: string): Libsql.Statement {
    let statement = statements.get(text);
    if (statement === undefined) {
      statement = database.prepare(text);
      statements.set(text, statement);
    }
    return statement;
  }

  return {
    path,
    row: (query, ...values) =>
      explainFaults(path, () => {
        // `get` would leave the statement open, and with it a view of the past.
        const [first] = prepare(query)
          .raw()
          .all(...values);
        return first as Column[] | undefined;
      }),
    rows: (query, ...values) =>
      explainFaults(
        path,
        () =>
          prepare(query)
            .raw()
            .all(...values) as Column[][],
      ),
    run: (text, ...values) => explainFaults(path, () => void prepare(text).run(...values)),
    requireSound: () =>
      explainFaults(path, () => {
        if (isSound) return;
        const [[found]] = prepare("PRAGMA quick_check(1)").raw().all() as [string][];
        if (found !== "ok") throw damaged(path, found.replaceAll(/\s+/g, " "));
        isSound = true;
      }),
    transaction: (act) =>
      explainFaults(path, () => {
        database.exec("BEGIN IMMEDIATE");
        try {
          const result = act();
          database.exec("COMMIT");
          return result;
        } catch (error) {
          rollBack(database);
          throw error;
        }
      }),
    close: () => {
      if (!database.open) return;
      if (!isReadOnly) tidyUp(database);
      database.close();
    },
  };
}

function openDatabase(path: string, isReadOnly: boolean): Libsql.Database {
  return explainFaults(path, () => {
    let database: Libsql.Database;
    try {
      database = new Libsql(path);
    } catch (error) {
      throw new AssayError("bad-storage", `${path} cannot be opened as a database.`, "Check the path and its rights.", {
        cause: error,
      });
    }
    try {
      if (isReadOnly) {
        // Readers wait for nobody but whoever recovers the file.
        database.exec("PRAGMA busy_timeout = 500");
        database.exec("PRAGMA query_only = ON");
        requireSchema(database, path);
        return database;
      }
      database.exec(`PRAGMA busy_timeout = ${BUSY_SECONDS * 1000}`);
      migrate(database, path);
      database.exec("PRAGMA journal_mode = WAL");
      database.exec("PRAGMA synchronous = FULL");
      database.exec("PRAGMA foreign_keys = ON");
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/** Moves the log into the file, so that the file alone is all there is; whoever else has it open does so later. */
function tidyUp(database: Libsql.Database): void {
  try {
    database.exec("PRAGMA busy_timeout = 0");
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  } catch {
    // Somebody reads, or the disk is full: the log stays, which is as good.
  }
}

/** Some faults end the transaction by themselves. */
function rollBack(database: Libsql.Database): void {
  if (database.inTransaction) database.exec("ROLLBACK");
}

/** An empty file is a new one, and SQLite throws away what is in the log beside it. */
function requireNoLog(path: string): void {
  const log = `${path}-wal`;
  if (!existsSync(log) || statSync(log).size === 0) return;
  throw new AssayError(
    "damaged-storage",
    `${path} is damaged: it is empty, but ${log} beside it is not.`,
    "Nothing was written to it. Restore both from a copy, or move them away.",
  );
}

function requirePlace(path: string, mustExist: boolean): void {
  // The database would end the whole process.
  if (path.includes("\0")) {
    throw new AssayError("bad-storage", `${JSON.stringify(path)} is no path: it holds a zero.`);
  }
  if (existsSync(path)) {
    const found = statSync(path);
    if (found.isFile()) {
      if (found.size === 0) requireNoLog(path);
      return;
    }
    throw new AssayError("bad-storage", `${path} is not a file.`, "Give a file to --storage, such as assay.db.");
  }
  if (mustExist) {
    throw new AssayError(
      "no-storage",
      `There is no file ${path}.`,
      "A search with --study makes it; give another with --storage.",
    );
  }
  const folder = dirname(path);
  if (!existsSync(folder)) {
    throw new AssayError("bad-storage", `${path}: there is no folder ${folder}.`, `Make it: mkdir -p ${folder}`);
  }
}
