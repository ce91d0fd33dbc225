import { writeStoredResult } from "../../../evaluator/storedResult.js";
import { LEASE_SECONDS, type StudyOwner, type StudyWriter, type TrialEnd, type TrialState } from "../contract.js";
import { isSuccess, studyTaken, trialNotRunning } from "../refusals.js";
import type { Connection } from "./connection.js";
import { loseRunning } from "./lease.js";
import { readStudy, STUDY_COLUMNS } from "./rows.js";
import { openStoredStates } from "./storedState.js";

/** Whose lease it is, and on what. */
interface WriterParts {
  readonly connection: Connection;
  readonly name: string;
  /** Of the row of the study. */
  readonly key: number;
  readonly owner: StudyOwner;
  readonly now: () => number;
}

/** Writes to one study of a file. */
export function createStudyWriter({ connection, name, key, owner, now }: WriterParts): StudyWriter {
  const states = openStoredStates(connection, key);
  let decision = connection.row("SELECT decisions FROM study WHERE key = ?", key)![0] as number;

  /** One transaction, which renews the lease as well; refused where the lease is no longer ours. */
  function change(act: (at: number) => void): void {
    connection.transaction(() => {
      const at = now();
      const [holder = null, description = null] =
        connection.row("SELECT lease_owner, lease_description FROM study WHERE key = ?", key) ?? [];
      if (holder !== owner.id) throw studyTaken(name, (description as string | null) ?? undefined);
      connection.run("UPDATE study SET changed_at = ?, lease_ends = ? WHERE key = ?", at, at + LEASE_SECONDS, key);
      act(at);
    });
  }

  function requireState(number: number, allowed: readonly TrialState[]): void {
    const row = connection.row("SELECT state FROM trial WHERE study = ? AND number = ?", key, number);
    const state = row?.[0] as TrialState | undefined;
    if (state === undefined || !allowed.includes(state)) throw trialNotRunning(name, number, state);
  }

  function record(number: number, state: TrialState, end: TrialEnd, at: number): void {
    requireState(number, ["queued", "running", "lost"]);
    const { label, metrics, curves, failure, isFinal, log } = writeStoredResult(end.result);
    const failed = isSuccess(end) ? 0 : 1;
    if (failed === 1) {
      connection.run(
        `INSERT INTO attempt SELECT study, number, failed_attempts + lost_attempts, 'failed', ?3, ?4, ?5, ?6
         FROM trial WHERE study = ?1 AND number = ?2`,
        ...[key, number, failure ?? null, log ?? null, end.seconds, at],
      );
    }
    connection.run(
      `UPDATE trial SET state = ?, label = ?, metrics = ?, objective_values = ?, failure = ?, is_final = ?, log = ?,
         failed_attempts = failed_attempts + ?, seconds = ?, ended_at = ? WHERE study = ? AND number = ?`,
      ...[state, label, orJson(metrics), orJson(end.values), failure ?? null, isFinal === true ? 1 : 0, log ?? null],
      ...[failed, end.seconds, at, key, number],
    );
    // Those of an attempt that failed before go with it.
    if (curves === undefined) connection.run("DELETE FROM curve WHERE study = ? AND trial = ?", key, number);
    else connection.run("INSERT OR REPLACE INTO curve VALUES (?, ?, ?)", key, number, JSON.stringify(curves));
  }

  return {
    get study() {
      const row = connection.row(`SELECT ${STUDY_COLUMNS} FROM study WHERE key = ?`, key);
      if (row === undefined) throw studyTaken(name, undefined);
      return readStudy(row, connection.path, now());
    },
    state: states.state,
    decisions: decision,
    decide({ trials, observed, state }) {
      let accept: () => void = () => undefined;
      change((at) => {
        const next = decision + 1;
        for (const number of observed)
          connection.run("UPDATE trial SET observed_in = ? WHERE study = ? AND number = ?", next, key, number);
        for (const { number, architecture, explanation } of trials) {
          connection.run(
            `INSERT INTO trial (study, number, architecture, state, explanation, asked_at, asked_in)
             VALUES (?, ?, ?, 'queued', ?, ?, ?)`,
            ...[key, number, architecture, orJson(explanation), at, next],
          );
        }
        accept = states.write(next, state);
        connection.run("UPDATE study SET decisions = ? WHERE key = ?", next, key);
      });
      accept();
      decision++;
    },
    begin: (number) =>
      change((at) => {
        requireState(number, ["queued", "lost"]);
        connection.run(
          "UPDATE trial SET state = 'running', started_at = ? WHERE study = ? AND number = ?",
          ...[at, key, number],
        );
      }),
    retry: (number, end) => change((at) => record(number, "queued", end, at)),
    end: (number, end) => change((at) => record(number, isSuccess(end) ? "done" : "failed", end, at)),
    release: (number) =>
      change(() => {
        requireState(number, ["running"]);
        connection.run("UPDATE trial SET state = 'queued' WHERE study = ? AND number = ?", key, number);
      }),
    update: ({ budget, ended }) =>
      change(() => {
        if (budget !== undefined) connection.run("UPDATE study SET budget = ? WHERE key = ?", budget, key);
        if (ended !== undefined) connection.run("UPDATE study SET ended = ? WHERE key = ?", ended, key);
      }),
    renew: () => change(() => undefined),
    close: () =>
      connection.transaction(() => {
        const row = connection.row("SELECT lease_owner FROM study WHERE key = ?", key);
        if (row?.[0] !== owner.id) return;
        loseRunning(connection, key, now());
        connection.run(
          "UPDATE study SET lease_owner = NULL, lease_description = NULL, lease_ends = NULL WHERE key = ?",
          key,
        );
      }),
  };
}

function orJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
