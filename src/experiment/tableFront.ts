import type { Labels } from "../benchmark/contract.js";
import { hypervolume } from "../stats/hypervolume.js";
import { paretoFront } from "../stats/paretoFront.js";
import { referencePoint } from "../stats/referencePoint.js";
import type { Objective } from "../strategy/contract.js";

/** The best front that a table holds. */
export interface TableFront {
  /** Rows, rising; architectures with equal values are all there. */
  readonly rows: readonly number[];
  /** How many different points these are. */
  readonly size: number;
  /** A tenth of the range of the front beyond its worst values: the same for every search on the table. */
  readonly reference: readonly number[];
  readonly hypervolume: number;
  /** What a search found of it, by the rows that it evaluated. */
  compare(rows: readonly number[]): { readonly found: number; readonly share: number };
}

/**
 * The front of all architectures of a table; undefined where an objective besides the label is not known without training.
 *
 * @param objectives the label first
 * @example
 * const { share, found } = tableFront(labels, objectives)!.compare(trials.map((trial) => trial.architecture));
 */
export function tableFront(labels: Labels, objectives: readonly Objective[]): TableFront | undefined {
  const others = objectives.slice(1).map(({ known }) => known);
  const read = (row: number): number[] => [labels.values[row], ...others.map((known) => known?.(row) ?? Number.NaN)];
  if (others.includes(undefined)) return undefined;
  const directions = objectives.map(({ direction }) => direction);
  const all = Array.from({ length: labels.values.length }, (_, row) => read(row));
  const rows = paretoFront(all, directions);
  const members = rows.map((row) => all[row]);
  const reference = referencePoint(members, directions);
  if (reference === undefined) return undefined;
  const best = hypervolume(members, directions, reference);
  const keys = new Set(members.map((point) => point.join(" ")));
  return {
    rows,
    size: keys.size,
    reference,
    hypervolume: best,
    compare(found) {
      const points = found.map(read);
      return {
        found: new Set(points.map((point) => point.join(" ")).filter((key) => keys.has(key))).size,
        share: hypervolume(points, directions, reference) / best,
      };
    },
  };
}
