import { z } from "zod";
import { AssayError } from "../../../errors.js";
import type { EvaluationResult } from "../../../evaluator/contract.js";
import { readStoredResult } from "../../../evaluator/storedResult.js";
import { explanationSchema } from "../../../strategy/explanations.js";
import type { StoredStudy, StoredTrial, StudySummary, TrialState } from "../contract.js";
import type { Column } from "./connection.js";

const record = z.record(z.string(), z.unknown());
const values = z.array(z.number());

export const STUDY_COLUMNS =
  "name, id, version, subject, strategy, seed, budget, ended, settings, created_at, changed_at, lease_description, lease_ends, lease_owner";

/** A study from a row of `STUDY_COLUMNS`. */
export function readStudy(row: readonly Column[], path: string, now: number): StoredStudy {
  const [
    name,
    id,
    version,
    subject,
    strategy,
    seed,
    budget,
    ended,
    settings,
    createdAt,
    changedAt,
    writer,
    ends,
    writerId,
  ] = row;
  return {
    name: name as string,
    id: id as string,
    version: version as string,
    subject: subject as string,
    strategy: strategy as string,
    seed: seed as number,
    budget: budget as number,
    ...(ended === null ? {} : { ended: ended as string }),
    settings: parse(record, settings, path),
    createdAt: createdAt as number,
    changedAt: changedAt as number,
    ...(writer === null || (ends as number) <= now ? {} : { writer: writer as string, writerId: writerId as string }),
  };
}

/** How many trials are in each state, from rows of state and count. */
export function readCounts(rows: readonly (readonly Column[])[]): StudySummary["counts"] {
  const counts: Record<TrialState, number> = { queued: 0, running: 0, done: 0, failed: 0, lost: 0 };
  for (const [state, count] of rows) counts[state as TrialState] = count as number;
  return counts;
}

export const TRIAL_COLUMNS =
  "number, architecture, state, label, metrics, objective_values, explanation, failure, is_final, log, failed_attempts, lost_attempts, seconds, asked_in, observed_in, asked_at, started_at, ended_at";

/** A trial from a row of `TRIAL_COLUMNS` and the column of its series, if that was asked for. */
export function readTrial(row: readonly Column[], path: string): StoredTrial {
  const [number, architecture, state, label, metrics, objectiveValues, explanation, failure, isFinal, log] = row;
  const [failedAttempts, lostAttempts, seconds, askedIn, observedIn, askedAt, startedAt, endedAt, curves = null] =
    row.slice(10);
  const hasResult = state === "done" || state === "failed" || (failedAttempts as number) > 0;
  const result: EvaluationResult | undefined = hasResult
    ? readStoredResult({
        label: label as number | null,
        ...(metrics === null ? {} : { metrics: parseNumbers(metrics, path) }),
        ...(curves === null ? {} : { curves: parseSeries(curves, path) }),
        ...(failure === null ? {} : { failure: failure as string }),
        ...(isFinal === 1 ? { isFinal: true } : {}),
        ...(log === null ? {} : { log: log as string }),
      })
    : undefined;
  return {
    number: number as number,
    architecture: architecture as string,
    state: state as TrialState,
    ...(explanation === null ? {} : { explanation: parse(explanationSchema, explanation, path) }),
    failedAttempts: failedAttempts as number,
    lostAttempts: lostAttempts as number,
    ...(result === undefined ? {} : { result }),
    ...(objectiveValues === null ? {} : { values: parse(values, objectiveValues, path) }),
    ...(seconds === null ? {} : { seconds: seconds as number }),
    askedIn: askedIn as number,
    ...(observedIn === null ? {} : { observedIn: observedIn as number }),
    askedAt: askedAt as number,
    ...(startedAt === null ? {} : { startedAt: startedAt as number }),
    ...(endedAt === null ? {} : { endedAt: endedAt as number }),
  };
}

/** Studies hold many of these: a schema would take most of the time of opening one. */
function parseNumbers(column: Column, path: string): Record<string, number | null> {
  const value = parseJson(column, path);
  if (!isRecord(value) || !Object.values(value).every(isNumber)) throw damaged(path, "metrics are numbers");
  return value as Record<string, number | null>;
}

function parseSeries(column: Column, path: string): Record<string, (number | null)[]> {
  const value = parseJson(column, path);
  const isSeries = (list: unknown): boolean => Array.isArray(list) && list.every(isNumber);
  if (!isRecord(value) || !Object.values(value).every(isSeries)) throw damaged(path, "curves are lists of numbers");
  return value as Record<string, (number | null)[]>;
}

function isNumber(value: unknown): boolean {
  return value === null || typeof value === "number";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads a column of JSON that this program wrote, or somebody else with an editor. */
export function parse<Schema extends z.ZodType>(schema: Schema, column: Column, path: string): z.output<Schema> {
  const value = parseJson(column, path);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw damaged(path, result.error.issues[0].message);
}

function parseJson(column: Column, path: string): unknown {
  try {
    return JSON.parse(column as string);
  } catch (error) {
    throw damaged(path, (error as Error).message);
  }
}

/** For what somebody wrote into the file with another program. */
export function damaged(path: string, reason: string): AssayError {
  return new AssayError(
    "damaged-storage",
    `${path} holds something that Assay did not write (${reason}).`,
    "Nothing was written to it. Restore the file from a copy.",
  );
}
