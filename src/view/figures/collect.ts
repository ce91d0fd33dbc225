import type { CompareView, MapView, StudyView, ViewSource } from "../contract.js";
import { readArchitectures } from "../readArchitectures.js";
import { collectComparisons } from "../report/comparisons.js";
import { readTrials } from "../report/trials.js";
import type { StudyFigures } from "./contract.js";

const METHOD: MapView["method"] = "UMAP";

/** Options of `collectFigures`. */
export interface CollectFiguresOptions {
  /** Ends it early: it throws. */
  readonly signal?: AbortSignal;
  /** Whether to make maps; the first map of a large space takes minutes. Default: true. */
  readonly map?: boolean;
  /** Called before each map, which may take a while. */
  readonly onMap?: (study: string) => void;
}

/** What figures are drawn from, and sentences about what is left out. */
export interface CollectedFigures {
  readonly studies: readonly StudyFigures[];
  /** One for each subject that several of the studies have. */
  readonly comparisons: readonly CompareView[];
  readonly notes: readonly string[];
}

/**
 * Reads what the figures of these studies show. Throws AssayError for an unknown study and for files that cannot be read.
 *
 * @param names of studies, each once
 * @example
 * const { studies } = await collectFigures(createViewSource({ storagePath: "assay.db" }), ["first"]);
 */
export async function collectFigures(
  source: ViewSource,
  names: readonly string[],
  { signal, map: wantsMap = true, onMap }: CollectFiguresOptions = {},
): Promise<CollectedFigures> {
  const notes: string[] = [];
  const views: StudyView[] = [];
  for (const name of names) views.push(await source.study(name));
  const studies: StudyFigures[] = [];
  for (const view of views) {
    signal?.throwIfAborted();
    const { name, best } = view.row;
    const trials = await readTrials(source, name);
    if (wantsMap && view.hasMap) onMap?.(name);
    const map = wantsMap && view.hasMap ? await collectMap(source, name) : undefined;
    signal?.throwIfAborted();
    if (typeof map === "string") notes.push(`The map of “${name}” is left out: ${map}.`);
    studies.push({
      view,
      trials,
      ...(best === undefined ? {} : { best: await source.trial(name, best.number) }),
      ...(typeof map === "object" ? { map } : {}),
    });
  }
  const { comparisons, notes: notCompared } = await collectComparisons(source, views, { pairs: false });
  return { studies, comparisons: comparisons.map(({ view }) => view), notes: [...notes, ...notCompared] };
}

/** The map with its last frame, or a sentence about why there is none. */
async function collectMap(source: ViewSource, name: string): Promise<NonNullable<StudyFigures["map"]> | string> {
  try {
    const map = await source.map(name, METHOD);
    if (map.decisions < 1) return "it has no decision yet";
    const frame = await source.frame(name, METHOD, map.decisions);
    return { map, frame, architectures: await readArchitectures(source, name, map.x.length) };
  } catch (error) {
    return error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
  }
}
