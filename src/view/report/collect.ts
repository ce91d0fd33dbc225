import type { StudyView, TrialColumns, ViewSource } from "../contract.js";
import { joinColumns } from "../joinColumns.js";
import { collectComparisons } from "./comparisons.js";
import type { ReportStudy, ReportViews } from "./contract.js";
import { collectDetails } from "./details.js";
import { collectMap, type MapRoom } from "./map.js";

/** Packed bytes for the details of all trials: as base64 and with the front end they stay below 2 MB. */
const DETAILS_ROOM = 850_000;
const MAP_ROOM: MapRoom = { bytes: 350_000, seconds: 5 };
const PIECE = 10_000;

/** Options of `collectReport`. */
export interface CollectOptions {
  /** Ends it early: it throws. */
  readonly signal?: AbortSignal;
  /** Bytes and seconds for the map; none without it. Default 350,000 and 5. */
  readonly mapRoom?: MapRoom;
  /** Packed bytes for the details of trials. Default 850,000. */
  readonly detailsRoom?: number;
}

/** What a report shows, and sentences about what it leaves out. */
export interface CollectedReport {
  readonly views: ReportViews;
  readonly notes: readonly string[];
}

/**
 * Reads everything that a report of these studies shows. Throws AssayError for an unknown study and for files that cannot be read.
 *
 * @param names of studies, each once
 * @example
 * const { views, notes } = await collectReport(createViewSource({ storagePath: "assay.db" }), ["first"]);
 */
export async function collectReport(
  source: ViewSource,
  names: readonly string[],
  { signal, mapRoom = MAP_ROOM, detailsRoom = DETAILS_ROOM }: CollectOptions = {},
): Promise<CollectedReport> {
  const notes: string[] = [];
  const views: StudyView[] = [];
  for (const name of names) views.push(withoutFolder(await source.study(name)));
  const studies: ReportStudy[] = [];
  let room = detailsRoom;
  for (const [place, view] of views.entries()) {
    signal?.throwIfAborted();
    const { name } = view.row;
    const trials = await readTrials(source, name);
    // What one study does not need is left to those after it.
    const collected = await collectDetails(source, view, trials, room / (views.length - place), signal);
    room -= collected.bytes;
    if (collected.count < trials.number.length) {
      notes.push(
        `Of the ${trials.number.length} trials of “${name}” the ${collected.count} of most interest have a page of their own.`,
      );
    }
    const map = view.hasMap && views.length === 1 ? await collectMap(source, view, mapRoom) : undefined;
    const noMap = typeof map === "string" ? map : "only a report of a single study holds one";
    if (view.hasMap && typeof map !== "object") notes.push(`The map of “${name}” is left out: ${noMap}.`);
    if (typeof map === "object" && map.frames.length < map.map.decisions) {
      notes.push(
        `The map of “${name}” has colours after ${map.frames.length} of its ${map.map.decisions} decisions; between them it keeps those of the one before.`,
      );
    }
    studies.push({
      view,
      trials,
      details: collected.details,
      ...(typeof map === "object" ? { map } : view.hasMap ? { noMap } : {}),
    });
  }
  const { comparisons, notes: notCompared } = await collectComparisons(source, views);
  return { views: { studies, comparisons }, notes: [...notes, ...notCompared] };
}

/** A folder says more about a machine than readers elsewhere need to know. */
function withoutFolder({ folder: _, ...view }: StudyView): StudyView {
  return view;
}

async function readTrials(source: ViewSource, name: string): Promise<TrialColumns> {
  let columns = await source.trials(name, 0, PIECE);
  for (let last = columns.number.at(-1); last !== undefined; ) {
    // However many a source gives at a time: the end is where it gives none.
    const next = await source.trials(name, last + 1, PIECE);
    if (next.number.length > 0) columns = joinColumns(columns, next);
    last = next.number.at(-1);
  }
  return columns;
}
