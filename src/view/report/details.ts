import type { StudyView, TrialColumns, TrialView, ViewSource } from "../contract.js";
import type { TrialDetail } from "./contract.js";
import { roundTo } from "./rounding.js";

/** Characters of the log of a failed trial that are kept: its end. */
const LOG_END = 4000;
const BEST = 100;
const LAST_FAILURES = 50;

/** The details of some trials. */
export interface CollectedDetails {
  readonly details: Record<string, TrialDetail>;
  readonly count: number;
  /** Bytes that they take in the file, estimated. */
  readonly bytes: number;
}

/**
 * Reads the details of a study's trials until they take so many bytes: first those that people ask for, which are the best, the front,
 * the last failures and the trials at which the best label rose, then all others in their order.
 */
export async function collectDetails(
  source: ViewSource,
  view: StudyView,
  trials: TrialColumns,
  room: number,
  signal?: AbortSignal,
): Promise<CollectedDetails> {
  const details: Record<string, TrialDetail> = {};
  let bytes = 0;
  let count = 0;
  for (const number of inOrderOfInterest(view, trials)) {
    signal?.throwIfAborted();
    const detail = shorten(await source.trial(view.row.name, number));
    const size = sizeOf(detail);
    if (bytes + size > room) break;
    details[number] = detail;
    bytes += size;
    count++;
  }
  return { details, count, bytes };
}

function inOrderOfInterest({ quantities, front, improvements }: StudyView, trials: TrialColumns): number[] {
  const labels = trials.values[quantities[0]?.name ?? ""] ?? [];
  const rows = trials.number.map((_, row) => row);
  const labelled = rows.filter((row) => typeof labels[row] === "number" && trials.state[row] === "done");
  const best = labelled.sort((a, b) => labels[b]! - labels[a]! || a - b).slice(0, BEST);
  const failed = rows.filter((row) => trials.state[row] === "failed").slice(-LAST_FAILURES);
  const known = new Set(trials.number);
  const first = [...front, ...improvements.map(({ number }) => number)].filter((number) => known.has(number));
  return [...new Set([...first, ...[...best, ...failed].map((row) => trials.number[row]), ...trials.number])];
}

function shorten(trial: TrialView): TrialDetail {
  const { number: _, architecture: __, state, label: ___, values: ____, quantities: _____, log, ...rest } = trial;
  const hasLog = log !== undefined && state === "failed";
  return {
    ...rest,
    curves: Object.fromEntries(
      Object.entries(rest.curves).map(([name, series]) => [
        name,
        series.map((value) => (value === null ? null : roundTo(value, 5))),
      ]),
    ),
    ...(hasLog ? { log: { text: log.text.slice(-LOG_END), isCut: log.isCut || log.text.length > LOG_END } } : {}),
  };
}

/** Drawings and neighbours repeat those of other trials and shrink to a tenth; curves are numbers like no others. */
function sizeOf({ curves, log, ...rest }: TrialDetail): number {
  const points = Object.values(curves).reduce((sum, series) => sum + series.length, 0);
  return JSON.stringify(rest).length / 10 + points * 2.6 + (log?.text.length ?? 0) / 3;
}
