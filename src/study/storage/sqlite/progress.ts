import type { StoredAttempt, StudyProgress } from "../contract.js";
import type { Connection } from "./connection.js";

/** What came of all trials of a study, without reading each of them into this program. */
export function readProgress(connection: Connection, study: number): StudyProgress {
  const [failedAttempts, lostAttempts, seconds] = connection.row(
    "SELECT total(failed_attempts), total(lost_attempts), total(seconds) FROM trial WHERE study = ?",
    study,
  )! as [number, number, number];
  const improvements = connection.rows(
    `SELECT number, label FROM (
       SELECT number, label,
         max(label) OVER (ORDER BY number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS best
       FROM trial WHERE study = ? AND label IS NOT NULL)
     WHERE best IS NULL OR label > best ORDER BY number`,
    study,
  );
  return {
    improvements: improvements.map(([number, label]) => ({ number: number as number, label: label as number })),
    failedAttempts,
    lostAttempts,
    seconds,
  };
}

export function readAttempts(connection: Connection, study: number, trial: number): StoredAttempt[] {
  return connection
    .rows(
      "SELECT outcome, failure, log, seconds, ended_at FROM attempt WHERE study = ? AND trial = ? ORDER BY attempt",
      study,
      trial,
    )
    .map(([outcome, failure, log, seconds, endedAt]) => ({
      outcome: outcome as StoredAttempt["outcome"],
      ...(failure === null ? {} : { failure: failure as string }),
      ...(log === null ? {} : { log: log as string }),
      ...(seconds === null ? {} : { seconds: seconds as number }),
      endedAt: endedAt as number,
    }));
}
