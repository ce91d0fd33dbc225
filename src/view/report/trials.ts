import type { TrialColumns, ViewSource } from "../contract.js";
import { joinColumns } from "../joinColumns.js";

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
