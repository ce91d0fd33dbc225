import { AssayError } from "../errors.js";
import type { StudySummary } from "../study/index.js";
import { requireStudy } from "../study/storage/requireStudy.js";
import { ChangeFeed } from "./changes.js";
import { viewComparison } from "./compareView.js";
import type { MapView, StudyView, TrialColumns, TrialView, ViewSource } from "./contract.js";
import { createDiskLayoutStore } from "./map/diskLayoutStore.js";
import { pointColumns } from "./map/pointColumns.js";
import { type MapMakers, StudyMap } from "./map/studyMap.js";
import { watchStorage } from "./openedStorage.js";
import { openStudySubject } from "./openSubject.js";
import { readStoredLog } from "./storedLog.js";
import { StudyEntry } from "./studyEntry.js";
import { viewStudies, viewStudyRow } from "./studyRows.js";
import { viewStudy } from "./studyView.js";
import type { Subject } from "./subject.js";
import { viewTrials } from "./trialColumns.js";
import { noTrial, viewTrial } from "./trialView.js";

/** Studies that are kept in memory between questions, and trials of all of them together. */
const MOST_ENTRIES = 50;
const MOST_KEPT_TRIALS = 1_000_000;
/** Milliseconds after which a space that could not be opened is tried again. */
const TRY_AGAIN = 30_000;
const MOST_COMPARED = 200;

/** Options of `createViewSource`. */
export interface ViewSourceOptions {
  /** File of studies; it need not be there yet. */
  readonly storagePath: string;
  /** Ends everything. */
  readonly signal?: AbortSignal;
}

/** A source of views that holds a file open. */
export interface OpenViewSource extends ViewSource {
  close(): void;
}

/**
 * Views of the studies in a file, which is only ever read: it may be missing at first, come, go, or be replaced. Runs no code of the
 * user's: see `openStudySubject`. All methods throw AssayError where the file cannot be read or there is no such study.
 *
 * @example
 * const source = createViewSource({ storagePath: "assay.db" });
 * const [first] = await source.studies();
 * const { improvements } = await source.study(first.name);
 */
export function createViewSource({ storagePath, signal }: ViewSourceOptions): OpenViewSource {
  const storage = watchStorage(storagePath);
  const entries = new Map<string, KeptEntry>();
  const closing = new AbortController();
  const makers: MapMakers = { store: createDiskLayoutStore(), layouts: new Map(), signal: closing.signal };
  const feed = new ChangeFeed({
    revision: () => storage.use((opened) => opened.revision?.()),
    studies: () => storage.use(viewStudies),
  });

  /** What is kept of a study, up to date. */
  async function open(name: string): Promise<{ readonly study: StudySummary; readonly entry: StudyEntry }> {
    const study = await storage.use((opened) => requireStudy(opened, name));
    let kept = entries.get(study.id);
    if (kept?.triedAt !== undefined && Date.now() - kept.triedAt > TRY_AGAIN) {
      kept.triedAt = Date.now();
      // Only where it opens now is what was read of the trials worth reading again.
      const subject = await openOrNothing(study);
      if (subject !== undefined) kept = keep(new StudyEntry(study, subject));
    }
    kept ??= keep(openOrNothing(study).then((subject) => new StudyEntry(study, subject)));
    // The one that was asked for last stands last.
    entries.delete(study.id);
    entries.set(study.id, kept);
    const entry = await kept.entry;
    await entry.table.update((from, count) =>
      storage.use((opened) => opened.briefTrials?.(name, { from, count }) ?? opened.trials(name, { from, count })),
    );
    await entry.costs?.fill(entry.table);
    forgetOld(entries);
    return { study, entry };
  }

  /** Without its space a study has fewer views, whatever the reason. */
  async function openOrNothing(study: StudySummary): Promise<Subject | undefined> {
    try {
      return await openStudySubject(study, signal);
    } catch {
      return undefined;
    }
  }

  function keep(made: StudyEntry | Promise<StudyEntry>): KeptEntry {
    const kept: KeptEntry = { entry: Promise.resolve(made), triedAt: undefined };
    void kept.entry.then((entry) => {
      kept.made = entry;
      if (entry.subject === undefined) kept.triedAt = Date.now();
    });
    return kept;
  }

  async function openMap(name: string): Promise<{ readonly map: StudyMap; readonly subject: Subject }> {
    const { entry } = await open(name);
    const { subject } = entry;
    if (subject === undefined)
      throw new AssayError("no-map", `There is no map of the study "${name}": its space cannot be opened.`);
    entry.map ??= new StudyMap(subject.space, entry.table, makers);
    return { map: entry.map, subject };
  }

  const source: OpenViewSource = {
    studies: () => storage.use(viewStudies),
    async study(name): Promise<StudyView> {
      const { study, entry } = await open(name);
      return await storage.use((opened) => viewStudy(study, opened, entry));
    },
    async trials(name, from, count): Promise<TrialColumns> {
      requireWhole("from", from);
      requireWhole("count", count);
      const { study, entry } = await open(name);
      const { standing } = await storage.use((opened) => viewStudyRow(study, opened));
      return viewTrials(entry, from, count, standing);
    },
    async trial(name, number): Promise<TrialView> {
      requireWhole("number", number);
      const { study, entry } = await open(name);
      const { trial, attempts, row } = await storage.use((opened) => ({
        trial: opened.trials(name, { from: number, count: 1 })[0],
        attempts: opened.attempts(name, number),
        row: viewStudyRow(study, opened),
      }));
      if (trial?.number !== number) throw noTrial(name, number, entry.table.length);
      const path = trial.result?.log ?? attempts.at(-1)?.log;
      const log = path === undefined ? undefined : readStoredLog(path, study.settings);
      return viewTrial(entry, row, { trial, attempts, log });
    },
    async map(name, method) {
      requireMethod(method);
      return (await openMap(name)).map.view(method);
    },
    async frame(name, method, decision) {
      requireMethod(method);
      requireWhole("decision", decision);
      return (await openMap(name)).map.frame(decision);
    },
    async points(name, from, count) {
      requireWhole("from", from);
      requireWhole("count", count);
      const { map, subject } = await openMap(name);
      return pointColumns(await map.architectures(from, count), from, subject);
    },
    async compare(names, target) {
      if (names.length > MOST_COMPARED)
        throw new AssayError("too-many", `At most ${MOST_COMPARED} studies are compared at a time.`);
      const compared = [];
      for (const name of new Set(names)) {
        const { study, entry } = await open(name);
        compared.push({ study, table: entry.table });
      }
      return viewComparison(compared, target);
    },
    listen: (listener) => feed.listen(listener),
    close() {
      closing.abort();
      feed.close();
      storage.close();
      entries.clear();
    },
  };
  signal?.addEventListener("abort", () => source.close(), { once: true });
  return source;
}

interface KeptEntry {
  readonly entry: Promise<StudyEntry>;
  made?: StudyEntry;
  /** When its space could not be opened. */
  triedAt: number | undefined;
}

/** Keeps what was asked for last. */
function forgetOld(entries: Map<string, KeptEntry>): void {
  let trials = 0;
  for (const { made } of entries.values()) trials += made?.table.length ?? 0;
  for (const [id, { made }] of entries) {
    if (entries.size <= 1 || (entries.size <= MOST_ENTRIES && trials <= MOST_KEPT_TRIALS)) return;
    entries.delete(id);
    trials -= made?.table.length ?? 0;
  }
}

function requireMethod(method: MapView["method"]): void {
  if (method === "UMAP" || method === "t-SNE") return;
  throw new AssayError("bad-method", "There is no such map.", "Maps are made by UMAP or t-SNE.");
}

function requireWhole(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 0) return;
  throw new AssayError("bad-number", `${name} must be a whole number from 0.`);
}
