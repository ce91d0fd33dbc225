import type { Storage, StoredTrial } from "../../study/index.js";
import { type Cell, type ExportTable, freeNames } from "./table.js";
import { numberOrNull, readTrials } from "./trialTable.js";

/** Rows that are written at once. */
const PIECE = 20_000;

/**
 * The series over epochs of all trials of a study, in long form: a row for each trial and epoch (from 1), a column for each series. The
 * trials are read twice, once for the names, so that only some are held at a time. Throws AssayError where there is no such study.
 */
export function curveTable(storage: Storage, study: string): ExportTable {
  const names = new Set<string>();
  const chosen = new Set<number>();
  for (const { number, result } of readTrials(storage, study, true)) {
    if (result?.curves === undefined) continue;
    chosen.add(number);
    for (const name of Object.keys(result.curves)) names.add(name);
  }
  const series = [...names];
  const fixed = [
    { name: "trial", type: "whole" },
    { name: "epoch", type: "whole" },
  ] as const;
  const taken = fixed.map(({ name }) => name);
  return {
    columns: [...fixed, ...freeNames(series, taken, "series_").map((name) => ({ name, type: "number" as const }))],
    *pieces() {
      let values: Cell[][] = [[], [], ...series.map(() => [])];
      for (const trial of readTrials(storage, study, true)) {
        // A study that goes on meanwhile may have brought series that have no column.
        if (!chosen.has(trial.number)) continue;
        appendRows(values, trial, series);
        if (values[0].length < PIECE) continue;
        yield { rows: values[0].length, values };
        values = values.map(() => []);
      }
      if (values[0].length > 0) yield { rows: values[0].length, values };
    },
  };
}

function appendRows(values: Cell[][], { number, result }: StoredTrial, series: readonly string[]): void {
  const curves = result?.curves ?? {};
  const epochs = Math.max(0, ...Object.values(curves).map(({ length }) => length));
  for (let epoch = 0; epoch < epochs; epoch++) {
    values[0].push(number);
    values[1].push(epoch + 1);
    for (const [position, name] of series.entries()) values[2 + position].push(numberOrNull(curves[name]?.[epoch]));
  }
}
