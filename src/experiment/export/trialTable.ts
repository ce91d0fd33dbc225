import type { Storage, StoredTrial } from "../../study/index.js";
import { type Cell, type ExportColumn, type ExportTable, freeNames } from "./table.js";

/** Trials that are read at once, and rows that are written at once. */
const PIECE = 5_000;

const FIXED: readonly (ExportColumn & { readonly cell: (trial: StoredTrial) => Cell })[] = [
  { name: "trial", type: "whole", cell: ({ number }) => number },
  { name: "architecture", type: "text", cell: ({ architecture }) => architecture },
  {
    name: "label",
    type: "number",
    cell: (trial) => (trial.state === "done" ? numberOrNull(trial.result?.label) : null),
  },
  { name: "state", type: "text", cell: ({ state }) => state },
  { name: "failure", type: "text", cell: ({ result }) => result?.failure ?? null },
  { name: "attempts", type: "whole", cell: ({ failedAttempts, state }) => failedAttempts + (state === "done" ? 1 : 0) },
  { name: "lost_attempts", type: "whole", cell: ({ lostAttempts }) => lostAttempts },
  { name: "seconds", type: "number", cell: ({ seconds }) => numberOrNull(seconds) },
  { name: "started", type: "time", cell: ({ startedAt }) => timeOrNull(startedAt) },
  { name: "ended", type: "time", cell: ({ endedAt }) => timeOrNull(endedAt) },
  { name: "log", type: "text", cell: ({ result }) => result?.log ?? null },
];

/**
 * All trials of a study as a table, one row each: what is known of every trial, then the objectives (`objective_1`, …) where there are
 * several, then one column for each metric, in the order of first appearance. Throws AssayError where there is no such study.
 */
export function trialTable(storage: Storage, study: string): ExportTable {
  const fixed: Cell[][] = FIXED.map(() => []);
  const objectives: Cell[][] = [];
  const metrics = new Map<string, Cell[]>();
  let rows = 0;
  for (const trial of readTrials(storage, study, false)) {
    for (const [position, { cell }] of FIXED.entries()) fixed[position].push(cell(trial));
    for (const [position, value] of (trial.values ?? []).entries()) {
      objectives[position] ??= [];
      objectives[position][rows] = value;
    }
    for (const [name, value] of Object.entries(trial.result?.metrics ?? {})) {
      const column = metrics.get(name) ?? [];
      column[rows] = numberOrNull(value);
      metrics.set(name, column);
    }
    rows++;
  }
  const named = [...FIXED.map(({ name }) => name), ...objectives.map((_, position) => `objective_${position + 1}`)];
  const columns: ExportColumn[] = [
    ...FIXED.map(({ name, type }) => ({ name, type })),
    ...named.slice(FIXED.length).map((name) => ({ name, type: "number" as const })),
    ...freeNames([...metrics.keys()], named, "metric_").map((name) => ({ name, type: "number" as const })),
  ];
  const all = [...fixed, ...objectives, ...metrics.values()];
  return {
    columns,
    *pieces() {
      for (let from = 0; from < rows; from += PIECE) {
        const to = Math.min(rows, from + PIECE);
        // Columns that began late or ended early have holes.
        const values = all.map((cells) => Array.from({ length: to - from }, (_, row) => cells[from + row] ?? null));
        yield { rows: to - from, values };
      }
    },
  };
}

/** The trials of a study by number, read in parts. */
export function* readTrials(storage: Storage, study: string, curves: boolean): Generator<StoredTrial> {
  const count = curves ? PIECE / 10 : PIECE;
  for (let from = 0; ; ) {
    const part = storage.trials(study, { from, count, curves });
    yield* part;
    if (part.length < count) return;
    from = part[part.length - 1].number + 1;
  }
}

export function numberOrNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

function timeOrNull(seconds: number | undefined): Date | null {
  return seconds === undefined ? null : new Date(Math.round(seconds * 1000));
}
