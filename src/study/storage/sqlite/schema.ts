import type Libsql from "libsql";
import { AssayError } from "../../../errors.js";
import { version } from "../../../version.js";

/** "Assa" as a number: marks the files that are ours. */
export const APPLICATION_ID = 0x41737361;

/**
 * Each step leads from the version of the schema that is its position to the next. Steps are never changed once released, only
 * added.
 */
const steps: readonly string[] = [
  `
  CREATE TABLE study (
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    id TEXT NOT NULL UNIQUE,
    version TEXT NOT NULL,
    subject TEXT NOT NULL,
    strategy TEXT NOT NULL,
    seed INTEGER NOT NULL,
    budget INTEGER NOT NULL,
    ended TEXT,
    settings TEXT NOT NULL,
    created_at REAL NOT NULL,
    changed_at REAL NOT NULL,
    decisions INTEGER NOT NULL DEFAULT 0,
    lease_owner TEXT,
    lease_description TEXT,
    lease_ends REAL
  ) STRICT;

  CREATE TABLE trial (
    study INTEGER NOT NULL REFERENCES study (key) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    architecture TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'lost')),
    label REAL,
    metrics TEXT,
    objective_values TEXT,
    explanation TEXT,
    failure TEXT,
    is_final INTEGER NOT NULL DEFAULT 0,
    log TEXT,
    failed_attempts INTEGER NOT NULL DEFAULT 0,
    lost_attempts INTEGER NOT NULL DEFAULT 0,
    seconds REAL,
    asked_at REAL NOT NULL,
    started_at REAL,
    ended_at REAL,
    asked_in INTEGER NOT NULL,
    observed_in INTEGER,
    PRIMARY KEY (study, number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX trial_by_state ON trial (study, state);
  CREATE INDEX trial_by_label ON trial (study, label DESC, number) WHERE label IS NOT NULL;
  CREATE INDEX trial_not_observed ON trial (study, number) WHERE observed_in IS NULL;

  CREATE TABLE curve (
    study INTEGER NOT NULL,
    trial INTEGER NOT NULL,
    series TEXT NOT NULL,
    PRIMARY KEY (study, trial),
    FOREIGN KEY (study, trial) REFERENCES trial (study, number) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE attempt (
    study INTEGER NOT NULL,
    trial INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('failed', 'lost')),
    failure TEXT,
    log TEXT,
    seconds REAL,
    ended_at REAL NOT NULL,
    PRIMARY KEY (study, trial, attempt),
    FOREIGN KEY (study, trial) REFERENCES trial (study, number) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE state (
    study INTEGER NOT NULL REFERENCES study (key) ON DELETE CASCADE,
    decision INTEGER NOT NULL,
    is_whole INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (study, decision)
  ) STRICT;
  `,
];

/**
 * Brings a file to the newest schema, in one transaction. Throws AssayError where the file belongs to another program or to a newer
 * version of Assay.
 */
export function migrate(database: Libsql.Database, path: string): void {
  if (schemaVersion(database, path) === steps.length) return;
  database.exec("BEGIN IMMEDIATE");
  try {
    // Another process may have been faster.
    const current = schemaVersion(database, path);
    for (const step of steps.slice(current)) database.exec(step);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    database.exec(`PRAGMA user_version = ${steps.length}`);
    database.exec("COMMIT");
  } catch (error) {
    if (database.inTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

/** For readers, who bring nothing up to date. Throws AssayError where the file is not of the newest schema. */
export function requireSchema(database: Libsql.Database, path: string): void {
  const current = schemaVersion(database, path);
  if (current === steps.length) return;
  throw current === 0
    ? new AssayError("no-storage", `${path} holds no studies yet.`, "A search with --study makes them.")
    : new AssayError(
        "older-storage",
        `${path} was written by an older version of Assay.`,
        "Bring it up to date by whatever writes to it, such as assay resume.",
      );
}

/** Throws AssayError where the file is not ours or newer than this program. */
function schemaVersion(database: Libsql.Database, path: string): number {
  const application = readNumber(database, "PRAGMA application_id");
  const current = readNumber(database, "PRAGMA user_version");
  const tables = readNumber(database, "SELECT count(*) FROM sqlite_schema");
  if (application !== APPLICATION_ID && (application !== 0 || current !== 0 || tables > 0)) {
    throw new AssayError(
      "not-a-storage",
      `${path} is a database of another program.`,
      "Give another file to --storage; it is made where it is not there.",
    );
  }
  if (current > steps.length) {
    throw new AssayError(
      "newer-storage",
      `${path} was written by a newer version of Assay (schema ${current}; ${version} knows up to ${steps.length}).`,
      "Update Assay: npm install assay-nas@latest.",
    );
  }
  return current;
}

function readNumber(database: Libsql.Database, query: string): number {
  // `get` would leave the statement open, and with it a view of the past.
  const [row] = database.prepare(query).raw().all() as [number][];
  return row[0];
}
