import type { ReportedStudy } from "../../experiment/studyReport.js";
import type { Colours } from "../terminal.js";
import { formatAgo } from "./ago.js";
import { formatCount, formatMeasured } from "./numbers.js";
import { plainText, shortText } from "./plainText.js";
import { drawTable } from "./table.js";

/**
 * The studies of a storage as a table.
 *
 * @param now milliseconds since 1970
 */
export function drawStudies(studies: readonly ReportedStudy[], now: number, colours: Colours): string {
  return drawTable(
    [
      { title: "study", width: 20 },
      { title: "on", width: 20 },
      { title: "strategy" },
      { title: "trials", align: "right" },
      { title: "best", align: "right" },
      { title: "last change" },
      { title: "state", width: 20 },
    ],
    studies.map((study) => [
      plainText(study.name),
      plainText(study.subject),
      shortText(study.strategy, 20),
      [describeTrials(study), ...describeOthers(study)].join("\n"),
      formatMeasured(study.best?.label),
      formatAgo(study.changed, now),
      describeState(study),
    ]),
    colours,
  );
}

/** Those that are done or have failed, of the budget: "38/60". */
export function describeTrials({ counts, budget }: ReportedStudy): string {
  const finished = formatCount(counts.done + counts.failed);
  return budget > 0 ? `${finished}/${formatCount(budget)}` : finished;
}

/** Trials that are not simply done: "2 failed". */
export function describeOthers({ counts }: ReportedStudy): string[] {
  return (["failed", "running", "queued", "lost"] as const)
    .filter((state) => counts[state] > 0)
    .map((state) => `${formatCount(counts[state])} ${state}`);
}

export function describeState({ state, writer, ended }: ReportedStudy): string {
  if (writer !== undefined) return `running: ${plainText(writer)}`;
  return state === "ended" && ended !== undefined ? `ended: ${plainText(ended)}` : state;
}
