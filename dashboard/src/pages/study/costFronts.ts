import type { Quantity, StudyView, TrialColumns } from "../../../../src/view/contract.js";
import { paretoFront } from "../../charts/paretoFront.js";

/** Fronts in a figure of the label against one other quantity, by place among the trials. */
export interface CostFronts {
  /** What no trial beats in these two, in the order of the quantity; of equal ones the first. */
  readonly front: readonly number[];
  /**
   * What no trial beats in all three objectives of the search, but some in these two; empty where there are not three. Without those at the
   * same place as one of the front.
   */
  readonly others: readonly number[];
}

/** The front that the study knows, where it is that of these two; otherwise the one that is found among the trials. */
export function costFronts(view: StudyView, trials: TrialColumns, cost: Quantity): CostFronts {
  const label = view.quantities[0];
  const [xs, ys] = [trials.values[cost.name], trials.values[label.name] ?? []];
  if (isFrontOf(view, cost)) return { front: inOrder(placesOf(view, trials), xs, ys), others: [] };
  const front = paretoFront(xs, ys, cost.direction ?? "minimise", label.direction ?? "maximise");
  if (view.objectives.length < 3) return { front, others: [] };
  const at = (place: number): string => `${xs[place]} ${ys[place]}`;
  const isThere = new Set(front.map(at));
  const others = placesOf(view, trials).filter(
    (place) => isNumber(xs[place]) && isNumber(ys[place]) && !isThere.has(at(place)),
  );
  return { front, others };
}

/** Whether `StudyView.front` is that of the label and this quantity. */
function isFrontOf({ objectives, quantities }: StudyView, { name }: Quantity): boolean {
  const [first, second, ...more] = objectives;
  if (more.length > 0) return false;
  const other = second ?? quantities.find(({ kind }) => kind === "cost")?.name;
  return first === quantities[0].name && other === name;
}

function placesOf({ front }: StudyView, { number }: TrialColumns): number[] {
  const first = number[0] ?? 0;
  // It may know of a trial that is not loaded yet.
  return front.map((one) => one - first).filter((place) => number[place] !== undefined);
}

function inOrder(
  places: readonly number[],
  xs: readonly (number | null)[],
  ys: readonly (number | null)[],
): readonly number[] {
  const sorted = places
    .filter((place) => isNumber(xs[place]) && isNumber(ys[place]))
    .sort((a, b) => xs[a]! - xs[b]! || a - b);
  return sorted.filter((place, i) => i === 0 || xs[place] !== xs[sorted[i - 1]] || ys[place] !== ys[sorted[i - 1]]);
}

function isNumber(value: number | null | undefined): value is number {
  return value !== null && value !== undefined;
}
