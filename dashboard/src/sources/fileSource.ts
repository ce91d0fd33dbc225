import type { CompareView, PointColumns, TrialColumns, TrialView, ViewSource } from "../../../src/view/contract.js";
import type { ReportMap, ReportStudy, ReportViews } from "../../../src/view/report/contract.js";
import { plainName } from "../format/plainText.js";
import { ViewProblem } from "./viewProblem.js";

const elsewhere = "`assay dashboard` shows everything, where the studies are kept.";

/** Everything from what a report file holds. Nothing changes any more, so nobody is ever called. */
export function createFileSource(report: Promise<ReportViews>): ViewSource {
  async function find(name: string): Promise<ReportStudy> {
    const study = (await report).studies.find(({ view }) => view.row.name === name);
    if (study === undefined) throw new ViewProblem(`This report holds no study “${plainName(name)}”`, elsewhere);
    return study;
  }
  return {
    studies: async () => (await report).studies.map(({ view }) => view.row),
    study: async (name) => (await find(name)).view,
    trials: async (name, from, count) => sliceTrials((await find(name)).trials, from, count),
    trial: async (name, number) => readTrial(await find(name), number),
    map: async (name, method) => findMap(await find(name), method).map,
    // Not every decision has a frame: that before it stands for it, and says which it is.
    async frame(name, method, decision) {
      const { frames } = findMap(await find(name), method);
      return frames.findLast((frame) => frame.decision <= decision) ?? frames[0];
    },
    points: async (name, from, count) => slicePoints(await find(name), from, count),
    compare: async (names, target) => readComparison(await report, names, target),
    listen: () => () => {},
  };
}

function sliceTrials(trials: TrialColumns, from: number, count: number): TrialColumns {
  const start = rowFrom(trials, from);
  const part = <Value>(column: readonly Value[]): readonly Value[] =>
    start === 0 && count >= column.length ? column : column.slice(start, start + count);
  return {
    number: part(trials.number),
    state: part(trials.state),
    architecture: part(trials.architecture),
    decision: part(trials.decision),
    reason: part(trials.reason),
    predicted: part(trials.predicted),
    doubt: part(trials.doubt),
    attempts: part(trials.attempts),
    endedAt: part(trials.endedAt),
    failure: part(trials.failure),
    values: Object.fromEntries(Object.entries(trials.values).map(([name, column]) => [name, part(column)])),
  };
}

function rowFrom({ number }: TrialColumns, from: number): number {
  if (number[from] === from) return from;
  const row = number.findIndex((one) => one >= from);
  return row < 0 ? number.length : row;
}

function readTrial({ view, trials, details }: ReportStudy, number: number): TrialView {
  const row = trials.number.indexOf(number);
  if (row < 0) {
    throw new ViewProblem(
      `The study “${plainName(view.row.name)}” has no trial ${number}`,
      `It has ${trials.number.length}, from 0.`,
    );
  }
  const detail = Object.hasOwn(details, number) ? details[number] : undefined;
  if (detail === undefined) {
    throw new ViewProblem(
      `This report holds trial ${number} only as a row of the table`,
      `There was no room for the pages of all trials. ${elsewhere}`,
    );
  }
  const values = Object.fromEntries(
    view.quantities.map(({ name }) => [
      name,
      Object.hasOwn(trials.values, name) ? (trials.values[name][row] ?? null) : null,
    ]),
  );
  const state = trials.state[row];
  const label = view.quantities.find(({ kind }) => kind === "label");
  return {
    ...detail,
    number,
    architecture: trials.architecture[row],
    state,
    label: state === "done" && label !== undefined ? values[label.name] : null,
    values,
    quantities: view.quantities,
  };
}

function findMap({ view, map, noMap }: ReportStudy, method: string): ReportMap {
  if (map !== undefined && map.map.method === method) return map;
  if (map !== undefined)
    throw new ViewProblem(`This report holds the ${map.map.method} map only`, `For another one: ${elsewhere}`);
  throw new ViewProblem(
    `The map of “${plainName(view.row.name)}” is not in this report`,
    `${noMap === undefined ? "" : `Left out: ${plainName(noMap)}. `}${elsewhere}`,
  );
}

function slicePoints({ map }: ReportStudy, from: number, count: number): PointColumns {
  const points = map?.points;
  if (points === undefined) {
    throw new ViewProblem(
      "This report does not say which architectures were not evaluated",
      `There was no room for all of them. ${elsewhere}`,
    );
  }
  return {
    from,
    architecture: points.architecture.slice(from, from + count),
    costs: Object.fromEntries(
      Object.entries(points.costs).map(([name, column]) => [name, column.slice(from, from + count)]),
    ),
  };
}

function readComparison(
  { studies, comparisons }: ReportViews,
  names: readonly string[],
  target: number | undefined,
): CompareView {
  const wanted = new Set(names);
  const found = comparisons.find(
    (one) => one.names.length === wanted.size && one.names.every((name) => wanted.has(name)),
  );
  if (found === undefined) {
    const known = comparisons.map((one) => one.names.map((name) => `“${plainName(name)}”`).join(" with "));
    throw new ViewProblem(
      "This report does not hold this comparison",
      `${known.length === 0 ? "" : `It compares ${known.slice(0, 6).join("; ")}. `}${elsewhere}`,
    );
  }
  return target === undefined ? found.view : aimAt(found.view, studies, target);
}

/** The same comparison with another label to reach: where each run first did stands among its improvements. */
function aimAt(view: CompareView, studies: readonly ReportStudy[], target: number): CompareView {
  const queriesOf = (name: string): number | null => {
    const study = studies.find(({ view: { row } }) => row.name === name);
    const number = study?.view.improvements.find(({ label }) => label >= target)?.number;
    const query = number === undefined || study === undefined ? undefined : study.trials.number.indexOf(number) + 1;
    return query === undefined || query > view.budget ? null : query;
  };
  return {
    ...view,
    target,
    groups: view.groups.map((group) => ({ ...group, queriesToTarget: group.studies.map(queriesOf) })),
  };
}
