import type { TrialColumns, ViewSource } from "../../../src/view/contract.js";

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
    columns = joinTrials(columns, next);
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

/** Two tables below one another; a quantity that one of them lacks is null there. */
export function joinTrials(above: TrialColumns, below: TrialColumns): TrialColumns {
  if (above.number.length === 0) return below;
  if (below.number.length === 0) return above;
  const names = new Set([...Object.keys(above.values), ...Object.keys(below.values)]);
  const nulls = (columns: TrialColumns): null[] => new Array<null>(columns.number.length).fill(null);
  return {
    number: above.number.concat(below.number),
    state: above.state.concat(below.state),
    architecture: above.architecture.concat(below.architecture),
    decision: above.decision.concat(below.decision),
    reason: above.reason.concat(below.reason),
    predicted: above.predicted.concat(below.predicted),
    doubt: above.doubt.concat(below.doubt),
    attempts: above.attempts.concat(below.attempts),
    endedAt: above.endedAt.concat(below.endedAt),
    failure: above.failure.concat(below.failure),
    values: Object.fromEntries(
      [...names].map((name) => [name, (above.values[name] ?? nulls(above)).concat(below.values[name] ?? nulls(below))]),
    ),
  };
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
