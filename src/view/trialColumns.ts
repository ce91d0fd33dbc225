import type { StudyView, TrialColumns } from "./contract.js";
import type { StudyEntry } from "./studyEntry.js";

/** Trials in one page at most. */
export const MOST_TRIALS = 100_000;

/**
 * Trials in columns. The table and the costs of the entry must be up to date.
 *
 * @param from number of the first
 * @param standing of the study: without a writer nothing runs
 */
export function viewTrials(
  entry: StudyEntry,
  from: number,
  count: number,
  standing: StudyView["row"]["standing"],
): TrialColumns {
  const { table } = entry;
  const start = table.rowFrom(from);
  const end = Math.min(table.length, start + Math.min(count, MOST_TRIALS));
  const part = <Value>(column: readonly Value[]): Value[] => column.slice(start, end);
  return {
    number: part(table.number),
    state: part(table.state).map((state) => shownState(state, standing)),
    architecture: part(table.architecture),
    decision: part(table.decision),
    reason: part(table.reason),
    predicted: part(table.predicted),
    doubt: part(table.doubt),
    attempts: part(table.attempts),
    endedAt: part(table.endedAt),
    failure: part(table.failure),
    values: Object.fromEntries(entry.quantities().map(({ quantity, column }) => [quantity.name, part(column)])),
  };
}

/** What ran under a writer who is gone counts as lost. */
export function shownState(
  state: TrialColumns["state"][number],
  standing: StudyView["row"]["standing"],
): TrialColumns["state"][number] {
  return state === "running" && standing !== "writing" ? "lost" : state;
}
