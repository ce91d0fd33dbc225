import { AssayError } from "../errors.js";
import type { StoredAttempt, StoredTrial } from "../study/index.js";
import type { StudyRow, TrialView } from "./contract.js";
import { viewDrawing } from "./drawing.js";
import { viewNeighbours } from "./neighbours.js";
import type { StudyEntry } from "./studyEntry.js";
import { shownState } from "./trialColumns.js";

/** What a storage and a disk tell of one trial. */
export interface TrialParts {
  /** With its curves. */
  readonly trial: StoredTrial;
  readonly attempts: readonly StoredAttempt[];
  readonly log?: TrialView["log"];
}

/** Everything of one trial. The table and the costs of the entry must be up to date. */
export function viewTrial(entry: StudyEntry, row: StudyRow, { trial, attempts, log }: TrialParts): TrialView {
  const { number, architecture, explanation, result, seconds, askedAt, startedAt, endedAt } = trial;
  const place = entry.table.rowFrom(number);
  const columns = entry.quantities();
  const state = shownState(trial.state, row.standing);
  return {
    ...{ number, architecture, state },
    label: trial.state === "done" ? orNull(result?.label) : null,
    values: Object.fromEntries(columns.map(({ quantity, column }) => [quantity.name, column[place] ?? null])),
    quantities: columns.map(({ quantity }) => quantity),
    ...(explanation === undefined ? {} : { reason: explanation.reason }),
    ...(explanation?.detail === undefined ? {} : { detail: explanation.detail }),
    ...(explanation?.predicted === undefined ? {} : { predicted: { ...explanation.predicted } }),
    curves: Object.fromEntries(
      Object.entries(result?.curves ?? {}).map(([name, series]) => [name, series.map(orNull)]),
    ),
    attempts: attempts.map(({ outcome, failure, seconds: took }) => ({
      outcome,
      ...(failure === undefined ? {} : { failure }),
      ...(took === undefined ? {} : { seconds: took }),
    })),
    ...(result?.failure === undefined ? {} : { failure: result.failure }),
    ...(seconds === undefined || !Number.isFinite(seconds) ? {} : { seconds }),
    askedAt,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    drawing: viewDrawing(architecture, entry.subject?.space),
    neighbours: viewNeighbours(architecture, entry),
    ...(log === undefined ? {} : { log }),
  };
}

/** For a number that no trial has. */
export function noTrial(name: string, number: number, length: number): AssayError {
  return new AssayError(
    "no-trial",
    `The study "${name}" has no trial ${number}.`,
    length === 0 ? "It has none yet." : `Give a number from 0 to ${length - 1}.`,
  );
}

function orNull(value: number | null | undefined): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
