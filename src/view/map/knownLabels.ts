import { largest } from "../../kernels/topK.js";
import { spreadPlaces } from "../spreadPlaces.js";
import type { TrialTable } from "../trialTable.js";

/** A model of a frame is fitted to so many labels at most: the best, and others evenly spread over the search. */
const MOST = 160;
const BEST = 40;

/** Rows of the trials of the decisions up to one that have a label and may be fitted to. */
export function rowsToFit({ label, decision }: TrialTable, upTo: number, isUsable: (row: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < label.length; row++)
    if (decision[row] <= upTo && label[row] !== null && isUsable(row)) rows.push(row);
  if (rows.length <= MOST) return rows;
  const values = Float64Array.from(rows, (row) => label[row]!);
  const chosen = new Set(Array.from(largest(values, BEST), (place) => rows[place]));
  for (const place of spreadPlaces(rows.length, MOST - BEST)) chosen.add(rows[place]);
  return [...chosen].sort((a, b) => a - b);
}
