import type { MapFrame, MapView, TrialColumns } from "../../../../src/view/contract.js";

/** What stands on the map after a decision, by place among the points. */
export interface MapState {
  /** Points with a label, of earlier decisions. */
  readonly evaluated: readonly number[];
  /** Points that this decision suggested. */
  readonly newest: readonly number[];
  readonly failed: readonly number[];
  readonly candidates: readonly number[];
  /** The point with the best label so far. */
  readonly best: number | undefined;
  /** Label at each point, as far as it is known by then. */
  readonly labels: ReadonlyMap<number, number>;
}

/** The state after a decision. */
export function mapState(
  map: MapView,
  trials: TrialColumns,
  labelName: string,
  decision: number,
  frame: MapFrame | undefined,
): MapState {
  const labels = trials.values[labelName] ?? [];
  const first = trials.number[0] ?? 0;
  const [evaluated, newest, failed]: [number[], number[], number[]] = [[], [], []];
  const known = new Map<number, number>();
  let best: number | undefined;
  for (let point = 0; point < map.trial.length; point++) {
    const place = map.trial[point] - first;
    if (map.trial[point] < 0 || place < 0 || place >= trials.number.length || trials.decision[place] > decision)
      continue;
    const label = labels[place];
    const isNew = trials.decision[place] === decision;
    if (isNew) newest.push(point);
    if (trials.state[place] === "failed") failed.push(point);
    else if (label !== null && label !== undefined) {
      known.set(point, label);
      if (!isNew) evaluated.push(point);
      if (best === undefined || label > known.get(best)!) best = point;
    }
  }
  const isTaken = (point: number): boolean => known.has(point) || newest.includes(point);
  const candidates = frame?.decision === decision ? frame.candidates.filter((point) => !isTaken(point)) : [];
  return { evaluated, newest, failed, candidates, best, labels: known };
}
