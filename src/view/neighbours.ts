import type { TrialView } from "./contract.js";
import type { StudyEntry } from "./studyEntry.js";

const MOST = 60;

/** Architectures one edit away: those that were evaluated first, the best of them first, then others in the order of the space. */
export function viewNeighbours(text: string, { table, subject }: StudyEntry): TrialView["neighbours"] {
  if (subject === undefined) return [];
  const { space } = subject;
  let texts: string[];
  try {
    texts = space.neighbours(space.parse(text)).map((neighbour) => space.format(neighbour));
  } catch {
    // Of another version of the space.
    return [];
  }
  const tried: { readonly architecture: string; readonly number: number; readonly label?: number }[] = [];
  const others: { readonly architecture: string }[] = [];
  for (const architecture of texts) {
    const row = table.rowOfArchitecture(architecture);
    if (row === undefined) {
      others.push({ architecture });
      continue;
    }
    const label = table.label[row];
    tried.push({ architecture, number: table.number[row], ...(label === null ? {} : { label }) });
  }
  const labelOf = ({ label = Number.NEGATIVE_INFINITY }: (typeof tried)[number]): number => label;
  tried.sort((a, b) => (labelOf(a) === labelOf(b) ? a.number - b.number : labelOf(b) - labelOf(a)));
  return [...tried, ...others].slice(0, MOST);
}
