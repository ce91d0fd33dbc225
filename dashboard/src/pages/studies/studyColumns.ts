import type { StudyRow } from "../../../../src/view/contract.js";
import { standingWords } from "../../format/words.js";

export type StudyColumn = "name" | "subject" | "strategy" | "seed" | "progress" | "best" | "standing" | "changed";

interface Column {
  readonly words: string;
  readonly value: (row: StudyRow) => string | number | undefined;
  /** Whether a first click puts the largest on top. */
  readonly isLargestFirst: boolean;
  readonly kind?: string;
}

export const studyColumns: Readonly<Record<StudyColumn, Column>> = {
  name: { words: "Study", value: (row) => row.name, isLargestFirst: false },
  subject: { words: "Benchmark or space", value: (row) => row.subject, isLargestFirst: false, kind: "wide-only" },
  strategy: { words: "Strategy", value: (row) => row.strategy, isLargestFirst: false, kind: "wide-only" },
  seed: { words: "Seed", value: (row) => row.seed, isLargestFirst: false, kind: "number wide-only" },
  progress: {
    words: "Queries",
    value: (row) => row.counts.done + row.counts.failed,
    isLargestFirst: true,
    kind: "not-small",
  },
  best: { words: "Best", value: (row) => row.best?.label, isLargestFirst: true, kind: "number" },
  standing: { words: "State", value: standingWords, isLargestFirst: false, kind: "medium-only" },
  changed: { words: "Last activity", value: (row) => row.changedAt, isLargestFirst: true, kind: "number medium-only" },
};

/** Whether every word of a search occurs somewhere in the study. */
export function matchesSearch(row: StudyRow, search: string): boolean {
  const text = `${row.name} ${row.subject} ${row.strategy} ${row.seed} ${standingWords(row)}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
