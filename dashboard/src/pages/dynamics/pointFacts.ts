import type { MapFrame, MapView, Quantity, StudyView, TrialColumns } from "../../../../src/view/contract.js";
import type { Target } from "../../charts/targets.js";
import { formatValue, quantityWords } from "../../format/numbers.js";
import { plainName } from "../../format/plainText.js";
import { writeRoute } from "../../router.js";
import { ViewProblem } from "../../sources/viewProblem.js";
import type { MapState } from "./mapState.js";
import type { PointReader } from "./usePoints.js";

/** What the map tells of a point after a decision. */
export interface PointFacts {
  readonly title: string;
  /** Undefined where it is not there (yet). */
  readonly architecture: string | undefined;
  /** Why it is not there. */
  readonly problem: ViewProblem | undefined;
  /** Names and values: label, prediction, costs. */
  readonly values: readonly (readonly [name: string, value: string])[];
  /** Limits that it breaks, each a few words. */
  readonly broken: readonly string[];
  /** The trial that it is, or becomes later. */
  readonly number: number | undefined;
  /** Whether it is that trial by this decision. */
  readonly isTrial: boolean;
  /** Of the trial, where it is one by this decision. */
  readonly href: string | undefined;
}

/** What a point is told from. */
export interface PointSources {
  readonly view: StudyView;
  readonly trials: TrialColumns;
  readonly map: MapView;
  readonly frame: MapFrame | undefined;
  readonly state: MapState;
  readonly isExcluded: (point: number) => boolean;
  readonly decision: number;
  readonly points: PointReader;
}

export function pointFacts(point: number, sources: PointSources): PointFacts {
  const { view, trials, map, frame, state, decision, points } = sources;
  const label = view.quantities[0];
  const number = map.trial[point] >= 0 ? map.trial[point] : undefined;
  const place = number === undefined ? -1 : number - (trials.number[0] ?? 0);
  const isFailed = state.failed.includes(point);
  const isTrial = number !== undefined && (state.labels.has(point) || state.newest.includes(point) || isFailed);
  const costs = view.quantities.filter(({ kind }) => kind === "cost");
  const known = trials.architecture[place] === undefined ? points.read(point) : undefined;
  const isRead = known !== undefined && !(known instanceof ViewProblem);
  const costOf = ({ name }: Quantity): number | null | undefined =>
    isRead ? known.costs[name] : trials.values[name]?.[place];
  const guess = frame?.predicted?.[point];
  return {
    title: titleOf(),
    architecture: isRead ? known.architecture : trials.architecture[place],
    problem: known instanceof ViewProblem ? known : undefined,
    values: [
      ...(isFailed ? [[label.name, "failed"] as const] : []),
      ...(state.labels.has(point) ? [[label.name, formatValue(state.labels.get(point), label)] as const] : []),
      ...(guess === undefined ? [] : [[`predicted after decision ${decision}`, formatValue(guess, label)] as const]),
      ...costs.flatMap((cost) => {
        const value = costOf(cost);
        return value === null || value === undefined
          ? []
          : [[quantityWords(cost.name), formatValue(value, cost)] as const];
      }),
    ],
    broken: view.limits.flatMap(({ name, bound, value }) => {
      const quantity = costs.find((cost) => cost.name === name);
      const has = quantity && costOf(quantity);
      if (has === null || has === undefined || (bound === "at most" ? has <= value : has >= value)) return [];
      return [`${name} must be ${bound} ${formatValue(value, quantity)}`];
    }),
    number,
    isTrial,
    href: isTrial ? writeRoute({ page: "trial", name: view.row.name, number: number! }) : undefined,
  };

  function titleOf(): string {
    if (isTrial) return `Trial ${number}${state.best === point ? ", the best so far" : ""}`;
    if (sources.isExcluded(point)) return "Outside of the limits";
    const words = state.candidates.includes(point) ? "Candidate, not evaluated" : "Not evaluated";
    return number === undefined ? words : `${words} yet: trial ${number} later`;
  }
}

/** The same beside a pointer. */
export function targetOf(facts: PointFacts, x: number, y: number): Target {
  return {
    ...{ x, y, title: facts.title },
    lines: [
      ...facts.values.map(([name, value]) => `${plainName(name)}: ${value}`),
      ...facts.broken.map(plainName),
      ...(facts.architecture === undefined ? [] : [plainName(facts.architecture)]),
    ],
    ...(facts.href === undefined ? {} : { href: facts.href }),
  };
}
