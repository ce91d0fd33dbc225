import type { TrialColumns, ViewSource } from "../../../src/view/contract.js";
import { joinColumns } from "../../../src/view/joinColumns.js";

/** Trials are loaded in pieces of this many: the most that the server gives at a time. */
const piece = 10_000;

export const noTrials: TrialColumns = {
  ...{ number: [], state: [], architecture: [], decision: [], reason: [], predicted: [], doubt: [] },
  ...{ attempts: [], endedAt: [], failure: [], values: {} },
};

/** Loads all trials, and shows the first of many while the rest is on its way; those before the first that was not at its end are taken from what is known already. */
export async function loadTrials(
  source: ViewSource,
  name: string,
  known: TrialColumns,
  show: (columns: TrialColumns) => void = () => {},
): Promise<TrialColumns> {
  let columns = keepSettled(known);
  for (;;) {
    const next = await source.trials(name, columns.number.length, piece);
    columns = joinColumns(columns, next);
    if (next.number.length < piece) return columns;
    // Later on the table is there, and must not shrink for a moment.
    if (known.number.length === 0) show(columns);
  }
}

/** The trials before the first that may still change. */
export function keepSettled(columns: TrialColumns): TrialColumns {
  const first = columns.state.findIndex((state) => state !== "done" && state !== "failed");
  return first < 0 ? columns : mapColumns(columns, (list) => list.slice(0, first));
}

function mapColumns(columns: TrialColumns, change: <Item>(list: readonly Item[]) => readonly Item[]): TrialColumns {
  return {
    number: change(columns.number),
    state: change(columns.state),
    architecture: change(columns.architecture),
    decision: change(columns.decision),
    reason: change(columns.reason),
    predicted: change(columns.predicted),
    doubt: change(columns.doubt),
    attempts: change(columns.attempts),
    endedAt: change(columns.endedAt),
    failure: change(columns.failure),
    values: Object.fromEntries(Object.entries(columns.values).map(([name, list]) => [name, change(list)])),
  };
}
