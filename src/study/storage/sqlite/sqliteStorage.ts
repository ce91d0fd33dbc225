import { resolve } from "node:path";
import { processOwner } from "../../owner.js";
import type { NewStudy, Storage, StudyOwner, StudySummary, StudyWriter } from "../contract.js";
import { alreadyStudied, noStudy, requireStudyName } from "../refusals.js";
import { readBriefTrials } from "./briefTrials.js";
import { type Column, openConnection } from "./connection.js";
import { requireFree, takeLease } from "./lease.js";
import { readAttempts, readProgress } from "./progress.js";
import { readCounts, readStudy, readTrial, STUDY_COLUMNS } from "./rows.js";
import { selectTrials } from "./selectTrials.js";
import { createStudyWriter } from "./studyWriter.js";

/** Options of `openSqliteStorage`. */
export interface SqliteStorageOptions {
  /** Refuse a file that is not there, for whoever only reads. Default false: it is made. */
  readonly mustExist?: boolean;
  /** Never write to the file; implies `mustExist`. Default false. */
  readonly isReadOnly?: boolean;
  /** Seconds since 1970. */
  readonly now?: () => number;
}

/**
 * Keeps studies in one SQLite file. Each change is a transaction that is on the disk when the call returns, so a process may be killed
 * at any instant; readers are never locked out. The file belongs on a local disk: network file systems do not lock it.
 *
 * Throws AssayError where the file cannot be made or opened, is damaged, or belongs to another program.
 *
 * @param path relative to the working folder
 * @example
 * const storage = openSqliteStorage("assay.db");
 * const study = await createStudy({ name: "first", storage, space, strategy: "default", seed: 1 });
 */
export function openSqliteStorage(path: string, options: SqliteStorageOptions = {}): Storage {
  const { isReadOnly = false, mustExist = isReadOnly, now = () => Date.now() / 1000 } = options;
  const connection = openConnection(resolve(path), { mustExist, isReadOnly });

  function keyOf(name: string): number {
    const row = connection.row("SELECT key FROM study WHERE name = ?", name);
    if (row !== undefined) return row[0] as number;
    const names = connection.rows("SELECT name FROM study ORDER BY changed_at DESC LIMIT 50");
    throw noStudy(
      name,
      path,
      names.map(([known]) => known as string),
    );
  }

  function summarise(row: readonly Column[]): StudySummary {
    const key = row[0] as number;
    const [best] = connection.rows(
      "SELECT number, architecture, label FROM trial WHERE study = ? AND label IS NOT NULL ORDER BY label DESC, number LIMIT 1",
      key,
    );
    return {
      ...readStudy(row.slice(1), path, now()),
      counts: readCounts(connection.rows("SELECT state, count(*) FROM trial WHERE study = ? GROUP BY state", key)),
      ...(best === undefined
        ? {}
        : { best: { number: best[0] as number, architecture: best[1] as string, label: best[2] as number } }),
    };
  }

  const writerOf = (name: string, key: number, owner: StudyOwner): StudyWriter =>
    createStudyWriter({ connection, name, key, owner, now });

  return {
    location: path,
    owner: processOwner(),
    revision: () => connection.row("PRAGMA data_version")![0] as number,
    studies: () =>
      connection.rows(`SELECT key, ${STUDY_COLUMNS} FROM study ORDER BY name`).map((row) => summarise(row)),
    find(name) {
      const row = connection.row(`SELECT key, ${STUDY_COLUMNS} FROM study WHERE name = ?`, name);
      return row && summarise(row);
    },
    trials: (name, selection = {}) =>
      selectTrials(connection, keyOf(name), selection).map((row) => readTrial(row, path)),
    briefTrials: (name, selection) => readBriefTrials(connection, keyOf(name), selection),
    progress: (name) => readProgress(connection, keyOf(name)),
    attempts: (name, trial) => readAttempts(connection, keyOf(name), trial),
    create(study: NewStudy, owner) {
      requireStudyName(study.name);
      connection.requireSound();
      const key = connection.transaction(() => {
        if (connection.row("SELECT key FROM study WHERE name = ?", study.name) !== undefined)
          throw alreadyStudied(study.name, path);
        const at = now();
        connection.run(
          `INSERT INTO study (name, id, version, subject, strategy, seed, budget, settings, created_at, changed_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          ...[study.name, study.id, study.version, study.subject, study.strategy, study.seed, study.budget],
          ...[JSON.stringify(study.settings), at, at],
        );
        const made = keyOf(study.name);
        takeLease({ connection, name: study.name, key: made, owner, now });
        return made;
      });
      return writerOf(study.name, key, owner);
    },
    open(name, owner) {
      // What is damaged must not be written to, or more is lost.
      connection.requireSound();
      const key = connection.transaction(() => {
        const found = keyOf(name);
        takeLease({ connection, name, key: found, owner, now });
        return found;
      });
      return writerOf(name, key, owner);
    },
    delete(name, owner) {
      connection.requireSound();
      connection.transaction(() => {
        const key = keyOf(name);
        requireFree({ connection, name, key, owner, now });
        connection.run("DELETE FROM study WHERE key = ?", key);
      });
    },
    close: () => connection.close(),
  };
}
