import { AssayError } from "../errors.js";
import type { Storage, StudySummary } from "../study/index.js";
import { noStudy } from "../study/storage/refusals.js";
import { ChangeFeed } from "./changes.js";
import { viewComparison } from "./compareView.js";
import type { MapView, ViewSource } from "./contract.js";
import type { LayoutStore } from "./map/layoutStore.js";
import { type MapMakers, StudyMap } from "./map/studyMap.js";
import { StudyEntry } from "./studyEntry.js";
import { viewStudies, viewStudyRow } from "./studyRows.js";
import { viewStudy } from "./studyView.js";
import type { Subject } from "./subject.js";
import { viewTrials } from "./trialColumns.js";
import { noTrial, viewTrial } from "./trialView.js";

/** Options of `createMemoryViewSource`. */
export interface MemoryViewSourceOptions {
  readonly storage: Storage;
  /** What a study searches. */
  readonly subjectOf: (study: StudySummary) => Subject | undefined;
  /** Layouts of maps that are known already. */
  readonly layouts?: LayoutStore;
}

/**
 * Views of studies that this program runs itself, without a file, also in a browser. All methods throw AssayError where there is no
 * such study.
 *
 * @example
 * const source = createMemoryViewSource({ storage: createMemoryStorage(), subjectOf: () => subject });
 */
export function createMemoryViewSource({ storage, subjectOf, layouts }: MemoryViewSourceOptions): ViewSource {
  const entries = new Map<string, StudyEntry>();
  const makers: MapMakers = { store: layouts, layouts: new Map() };
  const feed = new ChangeFeed({
    revision: async () => storage.revision?.(),
    studies: async () => viewStudies(storage),
  });

  async function open(name: string): Promise<{ readonly study: StudySummary; readonly entry: StudyEntry }> {
    const study = storage.find(name);
    if (study === undefined) {
      const known = storage.studies().map((one) => one.name);
      throw noStudy(name.slice(0, 120), storage.location, known);
    }
    const entry = entries.get(study.id) ?? new StudyEntry(study, subjectOf(study));
    entries.set(study.id, entry);
    await entry.table.update(async (from, count) => storage.trials(name, { from, count }));
    await entry.costs?.fill(entry.table);
    return { study, entry };
  }

  async function openMap(name: string): Promise<StudyMap> {
    const { entry } = await open(name);
    if (entry.subject === undefined) throw new AssayError("no-map", `There is no map of the study "${name}".`);
    entry.map ??= new StudyMap(entry.subject.space, entry.table, makers);
    return entry.map;
  }

  return {
    studies: async () => viewStudies(storage),
    async study(name) {
      const { study, entry } = await open(name);
      return viewStudy(study, storage, entry);
    },
    async trials(name, from, count) {
      const { study, entry } = await open(name);
      return viewTrials(entry, from, count, viewStudyRow(study, storage).standing);
    },
    async trial(name, number) {
      const { study, entry } = await open(name);
      const [trial] = storage.trials(name, { from: number, count: 1 });
      if (trial?.number !== number) throw noTrial(name, number, entry.table.length);
      return viewTrial(entry, viewStudyRow(study, storage), { trial, attempts: storage.attempts(name, number) });
    },
    map: async (name, method: MapView["method"]) => (await openMap(name)).view(method),
    frame: async (name, _, decision) => (await openMap(name)).frame(decision),
    async compare(names, target) {
      const compared = [];
      for (const name of new Set(names)) {
        const { study, entry } = await open(name);
        compared.push({ study, table: entry.table });
      }
      return viewComparison(compared, target);
    },
    listen: (listener) => feed.listen(listener),
  };
}
