import type { TrialColumns } from "./contract.js";

/** Two tables of trials below one another; a quantity that one of them lacks is null there. */
export function joinColumns(above: TrialColumns, below: TrialColumns): TrialColumns {
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
