import { searchSettingsSchema } from "../experiment/searchSettings.js";
import { standingOf } from "../experiment/studyReport.js";
import type { Storage, StudySummary } from "../study/index.js";
import type { StudyRow, StudyStanding } from "./contract.js";
import { unitInWords } from "./quantities.js";

const standings = { running: "writing", stopped: "stopped", ended: "ended" } as const satisfies Record<
  string,
  StudyStanding
>;

/**
 * All studies of a storage, by name.
 *
 * @example
 * const rows = viewStudies(await openStorage("assay.db", { isReadOnly: true }));
 */
export function viewStudies(storage: Storage): StudyRow[] {
  return storage.studies().map((study) => viewStudyRow(study, storage));
}

/** One line of the list of studies. */
export function viewStudyRow(study: StudySummary, storage: Storage): StudyRow {
  const { name, id, strategy, seed, budget, ended, best, createdAt, changedAt } = study;
  const { state, counts } = standingOf(study, storage);
  return {
    ...{ name, id, strategy, seed, budget },
    subject: subjectInWords(study),
    counts,
    ...(best === undefined ? {} : { best: { ...best, ...labelUnitOf(study) } }),
    standing: standings[state],
    ...(ended === undefined ? {} : { ended }),
    ...{ createdAt, changedAt },
  };
}

/** The unit of the labels, as the search that made the study knew it. */
export function labelUnitOf({ settings }: Pick<StudySummary, "settings">): { readonly unit?: string } {
  const { labelUnit } = searchSettingsSchema.safeParse(settings).data ?? {};
  return labelUnit === undefined ? {} : { unit: unitInWords(labelUnit) };
}

/** What is searched, with the limits, which the name of a benchmark holds already and that of a space does not. */
export function subjectInWords({ subject, settings }: Pick<StudySummary, "subject" | "settings">): string {
  const { options } = searchSettingsSchema.safeParse(settings).data ?? {};
  const limits = options?.limit ?? [];
  if (limits.length === 0 || options?.benchmark !== undefined) return subject;
  return `${subject} with ${limits.join(", ")}`;
}
