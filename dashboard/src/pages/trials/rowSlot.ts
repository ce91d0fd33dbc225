import { stateBadgeClass } from "../../parts/standingBadge.js";
import type { TrialColumn } from "./trialColumns.js";

/** Texts that are longer than their cell by this measure are cut; in pixels, more than most letters. Numbers have columns that fit. */
const letterWidth = 9;
const codeLetterWidth = 7.4;
const padding = 24;

/** What a row shows. */
export interface RowTrial {
  /** Of the row among all rows, from 0. */
  readonly row: number;
  /** Where the row is in its track, in pixels. */
  readonly top: number;
  /** Of the trial in the columns. */
  readonly place: number;
  readonly number: number;
  readonly address: string;
  /** In seconds since 1970. */
  readonly now: number;
}

/** The elements of one row. They stay while what they show changes: only texts that differ are written. */
export interface RowSlot {
  readonly element: HTMLElement;
  /**
   * A copy of the first cell for the eye and the pointer, which stays in sight when the row scrolls to the side. It stands elsewhere:
   * each cell that sticks by itself would be a layer for the browser.
   */
  readonly head: HTMLElement;
  readonly link: HTMLAnchorElement;
  /** What it shows; both -1 at first. */
  readonly row: number;
  readonly number: number;
  show(trial: RowTrial): void;
  /** A marked row is the one that keys move, and its link can be reached by keyboard. */
  mark(isMarked: boolean): void;
  /** Whether the pointer is over it. */
  point(isPointed: boolean): void;
}

/** @param lefts left edges of the columns, and the right edge of the last, in pixels */
export function createRowSlot(columns: readonly TrialColumn[], lefts: readonly number[]): RowSlot {
  const element = makeElement("trial-row", "row");
  const first = element.appendChild(makeElement("trial-cell number", "rowheader"));
  first.style.width = `${lefts[1]}px`;
  const head = makeElement("trial-row-head");
  const [link, copy] = [first, head].map((parent) => {
    const anchor = parent.appendChild(document.createElement("a"));
    anchor.tabIndex = -1;
    return { anchor, text: anchor.appendChild(document.createTextNode("")) };
  });
  // The copy covers the link, so it shows where the focus is.
  link.anchor.addEventListener("focus", () => copy.anchor.classList.add("is-focused"));
  link.anchor.addEventListener("blur", () => copy.anchor.classList.remove("is-focused"));
  const cells = columns.slice(1).map((_, index) => createCell(columns, index + 1, lefts));
  element.append(...cells.map((cell) => cell.element));
  let shown = { row: -1, top: -1, number: -1 };
  let [isMarked, isPointed] = [false, false];

  const showMarks = (): void => {
    const marks = `${isMarked ? " is-marked" : ""}${isPointed ? " is-pointed" : ""}`;
    element.className = `trial-row${marks}`;
    head.className = `trial-row-head${marks}`;
  };
  const point = (isNow: boolean): void => {
    if (isNow === isPointed) return;
    isPointed = isNow;
    showMarks();
  };
  return {
    ...{ element, head, link: link.anchor },
    get row() {
      return shown.row;
    },
    get number() {
      return shown.number;
    },
    show(trial) {
      if (trial.top !== shown.top) element.style.top = head.style.top = `${trial.top}px`;
      if (trial.row !== shown.row) {
        element.ariaRowIndex = String(trial.row + 2);
        point(false);
      }
      if (trial.number !== shown.number) {
        for (const { anchor, text } of [link, copy]) {
          anchor.href = trial.address;
          text.data = String(trial.number);
        }
      }
      for (const cell of cells) cell.write(trial);
      shown = trial;
    },
    mark(isNow) {
      if (isNow === isMarked) return;
      isMarked = isNow;
      element.ariaCurrent = isNow ? "true" : null;
      link.anchor.tabIndex = isNow ? 0 : -1;
      showMarks();
    },
    point,
  };
}

interface Cell {
  readonly element: HTMLElement;
  write(trial: RowTrial): void;
}

function createCell(columns: readonly TrialColumn[], index: number, lefts: readonly number[]): Cell {
  const column = columns[index];
  const width = lefts[index + 1] - lefts[index];
  const isCode = column.id === "architecture";
  const isOver = columns.slice(2, index).some(({ isNumber }) => !isNumber);
  const kind = `trial-cell${column.isNumber ? " number" : ""}${isCode ? " code" : ""}${isOver ? " is-over" : ""}`;
  const element = makeElement(kind, "cell");
  element.style.left = `${lefts[index]}px`;
  element.style.width = `${width}px`;
  const text = document.createTextNode("");
  const badge = column.id === "state" ? element.appendChild(document.createElement("span")) : undefined;
  (badge ?? element).append(text);
  const room = column.isNumber ? Infinity : (width - padding) / (isCode ? codeLetterWidth : letterWidth);
  let isCut = false;
  return {
    element,
    write({ place, now }) {
      const words = column.text(place, now);
      if (words === text.data) return;
      text.data = words;
      if (badge !== undefined) badge.className = stateBadgeClass(words);
      else if (words.length > room !== isCut) {
        isCut = !isCut;
        element.className = isCut ? `${kind} is-cut` : kind;
      }
    },
  };
}

export function makeElement(name: string, role?: string): HTMLElement {
  const element = document.createElement("div");
  element.className = name;
  if (role !== undefined) element.setAttribute("role", role);
  return element;
}
