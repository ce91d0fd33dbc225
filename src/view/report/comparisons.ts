import { AssayError } from "../../errors.js";
import type { CompareView, StudyView, ViewSource } from "../contract.js";
import type { ReportViews } from "./contract.js";
import { roundAll } from "./rounding.js";

/** Up to so many studies, each two of them are compared too. */
const FEW = 8;

/**
 * Compares the studies of each subject with each other. What cannot be compared is told in a note.
 *
 * @param pairs whether to compare each two of them too, where they are few
 */
export async function collectComparisons(
  source: ViewSource,
  views: readonly StudyView[],
  { pairs }: { readonly pairs: boolean },
): Promise<{ readonly comparisons: ReportViews["comparisons"]; readonly notes: readonly string[] }> {
  const comparisons: { names: readonly string[]; view: CompareView }[] = [];
  const notes: string[] = [];
  for (const names of bySubject(views)) {
    for (const chosen of pairs ? choices(names) : [names]) {
      try {
        comparisons.push({ names: chosen, view: shorten(await source.compare(chosen)) });
      } catch (error) {
        if (!(error instanceof AssayError)) throw error;
        if (chosen === names) notes.push(`Not compared: ${error.message}`);
      }
    }
  }
  return { comparisons, notes };
}

function bySubject(views: readonly StudyView[]): string[][] {
  const subjects = new Map<string, string[]>();
  for (const { row } of views) subjects.set(row.subject, [...(subjects.get(row.subject) ?? []), row.name]);
  return [...subjects.values()].filter(({ length }) => length > 1);
}

/** All, and each two where they are few. */
function choices(names: readonly string[]): (readonly string[])[] {
  if (names.length === 2 || names.length > FEW) return [names];
  return [names, ...names.flatMap((one, i) => names.slice(i + 1).map((two) => [one, two]))];
}

function shorten(view: CompareView): CompareView {
  return {
    ...view,
    groups: view.groups.map(({ curve: { queries, low, middle, high }, ...group }) => ({
      ...group,
      curve: { queries, low: roundAll(low, 6), middle: roundAll(middle, 6), high: roundAll(high, 6) },
    })),
  };
}
