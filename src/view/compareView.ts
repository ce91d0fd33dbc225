import { AssayError } from "../errors.js";
import { searchSettingsSchema } from "../experiment/searchSettings.js";
import { mean, meanInterval } from "../stats/index.js";
import type { StudySummary } from "../study/index.js";
import type { CompareView } from "./contract.js";
import { spreadPlaces } from "./spreadPlaces.js";
import { labelUnitOf, subjectInWords } from "./studyRows.js";
import type { TrialTable } from "./trialTable.js";

/** Points of a curve at most. */
const POINTS = 200;

/** A study that is compared, with its trials. */
export interface ComparedStudy {
  readonly study: StudySummary;
  readonly table: TrialTable;
}

/**
 * Studies of one subject, compared at the largest number of queries that all of them have made: those with the same strategy and
 * options, and different seeds, are runs of one group. Throws AssayError where they search different things or one has no label yet.
 *
 * @param target label that all should reach; default: the best of the worst group
 */
export function viewComparison(studies: readonly ComparedStudy[], target?: number): CompareView {
  if (studies.length === 0) throw new AssayError("nothing-to-compare", "There are no studies to compare.");
  if (target !== undefined && !Number.isFinite(target))
    throw new AssayError(
      "bad-target",
      "The label to reach is not a number.",
      "Give a number in the unit of the labels.",
    );
  requireOneSubject(studies.map(({ study }) => study));
  const runs = studies.map((compared) => ({ ...compared, best: bestSoFar(compared) }));
  const settled = runs.map(({ best }) => best.length);
  const firstLabels = runs.map(({ best }) => best.findIndex((label) => !Number.isNaN(label)) + 1);
  const budget = Math.max(Math.min(...settled), ...firstLabels);
  const at = (best: Float64Array, queries: number): number => best[Math.min(queries, best.length) - 1];
  const groups = groupsOf(runs.map(({ study }) => study)).map(({ name, places }) => {
    const chosen = places.map((place) => runs[place]);
    const start = Math.max(...places.map((place) => firstLabels[place]));
    const queries = spreadPlaces(budget - start + 1, POINTS).map((place) => place + start);
    const points = queries.map((count) => chosen.map(({ best }) => at(best, count)));
    const middle = points.map((labels) => mean(labels));
    const ranges = points.map((labels, i) =>
      labels.length === 1 ? { low: middle[i], high: middle[i] } : meanInterval(labels),
    );
    return {
      name,
      studies: chosen.map(({ study }) => study.name),
      curve: { queries, low: ranges.map(({ low }) => low), middle, high: ranges.map(({ high }) => high) },
      final: chosen.map(({ best }) => at(best, budget)),
      bests: chosen.map(({ best }) => best.subarray(0, budget)),
    };
  });
  const wanted = target ?? Math.min(...groups.map(({ final }) => Math.max(...final)));
  return {
    subject: subjectInWords(studies[0].study),
    budget,
    label: { name: "label", unit: labelUnitOf(studies[0].study).unit ?? "", kind: "label", direction: "maximise" },
    target: wanted,
    groups: groups.map(({ bests, ...group }) => ({
      ...group,
      queriesToTarget: bests.map((best) => {
        const place = best.findIndex((label) => label >= wanted);
        return place < 0 ? null : place + 1;
      }),
    })),
  };
}

/** Best label after each query, NaN before the first; up to the last trial that has ended. Throws where there is none. */
function bestSoFar({ study, table }: ComparedStudy): Float64Array {
  let end = table.length;
  while (end > 0 && table.state[end - 1] !== "done" && table.state[end - 1] !== "failed") end--;
  const best = new Float64Array(end);
  let label = Number.NaN;
  for (let row = 0; row < end; row++) {
    const value = table.label[row];
    if (value !== null && !(value <= label)) label = value;
    best[row] = label;
  }
  if (!Number.isNaN(label)) return best;
  throw new AssayError(
    "nothing-to-compare",
    `The study "${study.name}" has no label yet.`,
    "Leave it out, or wait for its first evaluation.",
  );
}

/** What makes labels of two studies different things. */
function subjectKey({ subject, settings }: StudySummary): string {
  const { data } = searchSettingsSchema.safeParse(settings);
  const { limit, train, trainer, live, label, evaluate, command } = data?.options ?? {};
  const { spaceFile, packChecksum } = data ?? {};
  return JSON.stringify([subject, limit, train, trainer, live, label, evaluate, command, spaceFile, packChecksum]);
}

function requireOneSubject(studies: readonly StudySummary[]): void {
  const [first] = studies;
  const other = studies.find((study) => subjectKey(study) !== subjectKey(first));
  if (other === undefined) return;
  const [one, two] = [first, other].map(subjectInWords);
  throw new AssayError(
    "different-subjects",
    one === two
      ? `The studies "${first.name}" and "${other.name}" both search ${one}, but get their labels in different ways.`
      : `The studies "${first.name}" and "${other.name}" search different things: ${one} and ${two}.`,
    "Compare studies of one benchmark, or of one space with the same evaluation and limits.",
  );
}

/** Places of the studies with the same strategy and options. */
function groupsOf(studies: readonly StudySummary[]): { readonly name: string; readonly places: readonly number[] }[] {
  const groups = new Map<string, { name: string; places: number[] }>();
  for (const [place, { strategy, settings }] of studies.entries()) {
    const { batch, estimationCode, objectives, medianRule, asynchronous } =
      searchSettingsSchema.safeParse(settings).data?.options ?? {};
    const details = { batch, "estimation code": estimationCode, objectives, "median rule": medianRule };
    const words = Object.entries({ ...details, asynchronous: asynchronous === true ? "yes" : undefined })
      .filter(([, value]) => value !== undefined)
      .map(([option, value]) => `${option} ${value}`);
    const name = [strategy, ...words].join(", ");
    const group = groups.get(name) ?? { name, places: [] };
    group.places.push(place);
    groups.set(name, group);
  }
  // People know a single study by its own name.
  return [...groups.values()].map(({ name, places }) => ({
    name: places.length > 1 ? name : `${studies[places[0]].name}: ${name}`,
    places,
  }));
}
