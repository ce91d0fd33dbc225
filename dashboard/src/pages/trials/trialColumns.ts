import type { Quantity, StudyView, TrialColumns } from "../../../../src/view/contract.js";
import { formatColumn, quantityHead } from "../../format/numbers.js";
import { plainName } from "../../format/plainText.js";
import { formatAgo } from "../../format/time.js";

/** A column of the table of trials: what it sorts by, and what it shows. */
export interface TrialColumn {
  readonly id: string;
  readonly words: string;
  /** Its name in files, where it differs: as the study names it, and so as programs know it. */
  readonly fileName?: string;
  /** In pixels. */
  readonly width: number;
  readonly isNumber: boolean;
  readonly value: (place: number) => string | number | null | undefined;
  readonly text: (place: number, now: number) => string;
}

/** The columns of a study. Those that no trial fills are left out. */
export function trialColumnsOf(view: StudyView, trials: TrialColumns): TrialColumn[] {
  const label = view.quantities[0];
  const has = (list: readonly (string | number | null)[] | undefined): boolean =>
    list?.some((value) => value !== null) ?? false;
  const quantity = (each: Quantity): TrialColumn => {
    const list = trials.values[each.name] ?? [];
    const write = formatColumn(list, each);
    const name = quantityHead(each.name);
    return {
      ...{ id: `value ${each.name}`, words: name, fileName: each.name, isNumber: true },
      width: Math.max(each.unit === "MAC" ? 126 : 96, Math.min(190, name.length * 8 + 34)),
      value: (place) => list[place],
      text: (place) => write(list[place]),
    };
  };
  const number = (
    id: string,
    words: string,
    width: number,
    list: readonly (number | null)[],
    write: (value: number | null) => string,
  ): TrialColumn => ({
    ...{ id, words, width, isNumber: true },
    value: (place) => list[place],
    text: (place) => write(list[place]),
  });
  const words = (id: string, name: string, width: number, list: readonly (string | null)[]): TrialColumn => ({
    ...{ id, words: name, width, isNumber: false },
    value: (place) => list[place],
    text: (place) => plainName(list[place] ?? ""),
  });
  const writeDoubt = formatColumn(trials.doubt, label);
  const longest = trials.architecture.slice(0, 50).reduce((most, text) => Math.max(most, text.length), 12);
  return [
    number("number", "Trial", 84, trials.number, String),
    words("state", "State", 92, trials.state),
    quantity(label),
    ...(has(trials.predicted)
      ? [
          number("predicted", "Predicted", 108, trials.predicted, formatColumn(trials.predicted, label)),
          number("doubt", "±", 84, trials.doubt, (value) => (value === null ? "" : writeDoubt(value))),
        ]
      : []),
    ...view.quantities
      .slice(1)
      .filter(({ name }) => has(trials.values[name]))
      .map(quantity),
    number("decision", "Decision", 96, trials.decision, (value) => String(value ?? "")),
    words("architecture", "Architecture", Math.min(560, longest * 7.4 + 24), trials.architecture),
    ...(has(trials.reason) ? [words("reason", "Suggested as", 170, trials.reason)] : []),
    ...(trials.attempts.some((count) => count > 1)
      ? [number("attempts", "Attempts", 96, trials.attempts, (value) => String(value ?? ""))]
      : []),
    ...(has(trials.failure) ? [words("failure", "Failure", 320, trials.failure)] : []),
    {
      ...{ id: "ended", words: "Ended", width: 110, isNumber: true },
      value: (place) => trials.endedAt[place],
      text: (place, now) => (trials.endedAt[place] === null ? "" : formatAgo(trials.endedAt[place]!, now)),
    },
  ];
}

/** Left edges of columns, and the right edge of the last, in pixels: side by side, and wider where that leaves room. */
export function placeColumns(columns: readonly TrialColumn[], room: number): number[] {
  const total = columns.reduce((sum, { width }) => sum + width, 0);
  const scale = Math.max(1, room / total);
  const lefts = [0];
  let sum = 0;
  for (const { width } of columns) {
    sum += width;
    lefts.push(Math.floor(sum * scale));
  }
  return lefts;
}

/** Places of the trials of a state in which every word of a search occurs: in architecture, reason or failure. */
export function filterTrials(trials: TrialColumns, state: string, search: string): Int32Array {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const places = new Int32Array(trials.number.length);
  let found = 0;
  for (let place = 0; place < places.length; place++) {
    if (state !== "" && trials.state[place] !== state) continue;
    if (words.length > 0) {
      const text =
        `${trials.architecture[place]} ${trials.reason[place] ?? ""} ${trials.failure[place] ?? ""}`.toLowerCase();
      if (!words.every((word) => text.includes(word))) continue;
    }
    places[found++] = place;
  }
  return places.slice(0, found);
}
