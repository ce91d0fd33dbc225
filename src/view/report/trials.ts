import type { TrialColumns, ViewSource } from "../contract.js";

const PIECE = 10_000;

/** All trials of a study, however many a source gives at a time. */
export async function readTrials(source: ViewSource, name: string): Promise<TrialColumns> {
  let columns = await source.trials(name, 0, PIECE);
  for (let last = columns.number.at(-1); last !== undefined; ) {
    // However many a source gives at a time: the end is where it gives none.
    const next = await source.trials(name, last + 1, PIECE);
    if (next.number.length > 0) columns = joinColumns(columns, next);
    last = next.number.at(-1);
  }
  return columns;
}

function joinColumns(above: TrialColumns, below: TrialColumns): TrialColumns {
  const names = [...new Set([...Object.keys(above.values), ...Object.keys(below.values)])];
  const column = ({ values, number }: TrialColumns, name: string): readonly (number | null)[] =>
    values[name] ?? number.map(() => null);
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
    values: Object.fromEntries(names.map((name) => [name, column(above, name).concat(column(below, name))])),
  };
}
