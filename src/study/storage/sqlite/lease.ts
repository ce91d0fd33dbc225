import { LEASE_SECONDS, type StudyOwner } from "../contract.js";
import { studyBusy } from "../refusals.js";
import type { Connection } from "./connection.js";

/** Who wants to write, and to what. */
export interface LeaseRequest {
  readonly connection: Connection;
  readonly name: string;
  /** Of the row of the study. */
  readonly key: number;
  readonly owner: StudyOwner;
  /** Seconds since 1970. */
  readonly now: () => number;
}

/** Takes the lease of a study, inside a transaction. Trials that ran under the last one are lost. */
export function takeLease(request: LeaseRequest): void {
  requireFree(request);
  const { connection, key, owner, now } = request;
  connection.run(
    "UPDATE study SET lease_owner = ?, lease_description = ?, lease_ends = ? WHERE key = ?",
    owner.id,
    owner.description,
    now() + LEASE_SECONDS,
    key,
  );
  loseRunning(connection, key, now());
}

/** Throws AssayError where somebody who may still be alive writes to the study. */
export function requireFree({ connection, name, key, owner, now }: LeaseRequest): void {
  const [holder, description, ends] = connection.row(
    "SELECT lease_owner, lease_description, lease_ends FROM study WHERE key = ?",
    key,
  )!;
  if (holder === null || (ends as number) <= now()) return;
  if (owner.isGone?.(holder as string, description as string) ?? false) return;
  throw studyBusy(name, description as string);
}

/** Notes that the trials which run have lost whoever evaluated them, inside a transaction. */
export function loseRunning(connection: Connection, study: number, at: number): void {
  connection.run(
    `INSERT INTO attempt (study, trial, attempt, outcome, ended_at)
     SELECT study, number, failed_attempts + lost_attempts, 'lost', ?2 FROM trial WHERE study = ?1 AND state = 'running'`,
    study,
    at,
  );
  connection.run(
    "UPDATE trial SET state = 'lost', lost_attempts = lost_attempts + 1, ended_at = ?2 WHERE study = ?1 AND state = 'running'",
    study,
    at,
  );
}
