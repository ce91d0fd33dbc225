import { AssayError } from "../errors.js";
import type { Storage, StudySummary } from "../study/index.js";
import { requireStudy } from "../study/storage/requireStudy.js";
import { ChangeFeed } from "./changes.js";
import { viewComparison } from "./compareView.js";
import type { ViewSource } from "./contract.js";
import type { LayoutStore } from "./map/layoutStore.js";
import { pointColumns } from "./map/pointColumns.js";
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
    const study = requireStudy(storage, name);
    const entry = entries.get(study.id) ?? new StudyEntry(study, subjectOf(study));
    entries.set(study.id, entry);
    await entry.table.update(async (from, count) => storage.trials(name, { from, count }));
    await entry.costs?.fill(entry.table);
    return { study, entry };
  }

  async function openMap(name: string): Promise<{ readonly map: StudyMap; readonly subject: Subject }> {
    const { entry } = await open(name);
    const { subject } = entry;
    if (subject === undefined) throw new AssayError("no-map", `There is no map of the study "${name}".`);
    entry.map ??= new StudyMap(subject.space, entry.table, makers);
    return { map: entry.map, subject };
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
    map: async (name, method) => (await openMap(name)).map.view(method),
    frame: async (name, _, decision) => (await openMap(name)).map.frame(decision),
    async points(name, from, count) {
      const { map, subject } = await openMap(name);
      return pointColumns(await map.architectures(from, count), from, subject);
    },
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
