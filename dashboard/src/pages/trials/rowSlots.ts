import type { TrialColumns } from "../../../../src/view/contract.js";
import { followPointer } from "./followPointer.js";
import { createRowSlot, makeElement, type RowSlot } from "./rowSlot.js";
import { headHeight, isFar, rowHeight, rowWindow } from "./rowWindow.js";
import type { TrialColumn } from "./trialColumns.js";

/** After so many milliseconds without scrolling the rows are put in order. */
const restAfter = 200;

/** What the rows show. */
export interface RowContent {
  readonly columns: readonly TrialColumn[];
  /** Left edges of the columns, and the right edge of the last, in pixels. */
  readonly lefts: readonly number[];
  readonly trials: TrialColumns;
  /** Places of the trials, in the order of rows. */
  readonly order: Int32Array;
  /** In seconds since 1970. */
  readonly now: number;
  readonly addressOf: (number: number) => string;
}

/** The rows of a long table that are in the page. */
export interface RowSlots {
  show(content: RowContent): void;
  /** Says where the table is scrolled to, and the height of its box with the head, in pixels. */
  scroll(scrollTop: number, viewHeight: number): void;
  /** Marks the trial of a number. */
  mark(number: number | undefined): void;
  close(): void;
}

/**
 * Keeps as many rows in the page as fit its box, and some more. A row that leaves the window comes in on its other side by changing
 * its texts, so nothing is made or removed. The window sticks to the box with its far edge: however far one scrolls before the rows
 * follow, the box shows rows of a moment ago and never nothing.
 *
 * @param host an empty row group; the heads of its rows stay at the left edge of the box
 * @param box what scrolls; it takes the focus from a trial that leaves the page
 */
export function createRowSlots(host: HTMLElement, box: HTMLElement): RowSlots {
  const gap = host.appendChild(makeElement("trial-gap"));
  const pane = host.appendChild(makeElement("trial-window"));
  const track = pane.appendChild(makeElement("trial-track"));
  const pinned = pane.appendChild(makeElement("trial-pinned"));
  pinned.ariaHidden = "true";
  const headTrack = pinned.appendChild(makeElement("trial-track"));
  let slots: RowSlot[] = [];
  let content: RowContent | undefined;
  let view = { top: 0, height: 0 };
  let marked: number | undefined;
  let first = 0;
  /** Row r is in slot (r - base) modulo their number: in order where base is the first row. */
  let base = 0;
  /**
   * Row r is r - anchor rows below the middle of the tracks. Nearby rows keep their places there, and the browser what it has painted.
   * Far ones take the places of those before them: browsers show an old picture until the new one is ready, but new places empty.
   */
  let anchor = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;
  followPointer(host, (node) => slots.find(({ element, head }) => element.contains(node) || head.contains(node)));

  const build = (size: number, { columns, lefts }: RowContent): void => {
    slots = Array.from({ length: size }, () => createRowSlot(columns, lefts));
    track.replaceChildren(...slots.map(({ element }) => element));
    headTrack.replaceChildren(...slots.map(({ head }) => head));
    pinned.style.width = `${lefts[1]}px`;
  };

  /** @param isChanged whether rows that are in the page already show something else */
  const write = ({ order, trials, now, addressOf }: RowContent, isChanged: boolean): void => {
    for (let row = first; row < first + slots.length; row++) {
      const slot = slots[modulo(row - base, slots.length)];
      if (slot.row === row && !isChanged) continue;
      const place = order[row];
      const number = trials.number[place];
      const top = (row - anchor + order.length) * rowHeight;
      slot.show({ row, top, place, number, now, address: addressOf(number) });
      slot.mark(number === marked);
    }
  };

  /** The trial whose link has the focus keeps it in whatever slot it is afterwards. */
  const keepFocus = (change: () => void): void => {
    const focused = slots.find(({ link }) => link === document.activeElement)?.number;
    change();
    if (focused === undefined) return;
    const holder = slots.find(({ number }) => number === focused)?.link ?? box;
    if (holder !== document.activeElement) holder.focus({ preventScroll: true });
  };

  /** Whoever reads the page in the order of its elements finds the rows in theirs. */
  const putInOrder = (): void => {
    if (content === undefined || base === first) return;
    base = first;
    keepFocus(() => write(content!, false));
  };

  /** Draws everything anew: other content, or a box of another size. */
  const drawAll = (shown: RowContent, isOtherColumns: boolean): void => {
    const count = shown.order.length;
    const { first: wanted, size } = rowWindow(view.top, view.height, count);
    if (isOtherColumns || size !== slots.length) build(size, shown);
    const height = size * rowHeight;
    host.style.height = `${count * rowHeight}px`;
    pane.style.height = pinned.style.height = `${height}px`;
    track.style.height = headTrack.style.height = `${2 * count * rowHeight}px`;
    pane.style.top = size < count ? `${view.height - height}px` : "";
    pane.style.bottom = size < count ? `${view.height - headHeight - height}px` : "";
    base = anchor = wanted;
    moveTo(wanted, count);
    write(shown, true);
  };

  const moveTo = (row: number, count: number): void => {
    first = row;
    gap.style.height = `${first * rowHeight}px`;
    track.style.transform = headTrack.style.transform = `translateY(${(anchor - first - count) * rowHeight}px)`;
  };

  return {
    show(next) {
      const isOtherColumns = content?.columns !== next.columns || content.lefts !== next.lefts;
      content = next;
      keepFocus(() => drawAll(next, isOtherColumns));
    },
    scroll(top, height) {
      const isResized = height !== view.height;
      view = { top, height };
      if (content === undefined) return;
      const shown = content;
      if (isResized) return keepFocus(() => drawAll(shown, false));
      const { first: wanted } = rowWindow(top, height, shown.order.length);
      if (wanted === first) return;
      if (isFar(first, wanted)) {
        base += wanted - first;
        anchor += wanted - first;
      }
      keepFocus(() => {
        moveTo(wanted, shown.order.length);
        write(shown, false);
      });
      clearTimeout(rest);
      rest = setTimeout(putInOrder, restAfter);
    },
    mark(number) {
      marked = number;
      for (const slot of slots) slot.mark(slot.number === number);
    },
    close: () => clearTimeout(rest),
  };
}

function modulo(value: number, size: number): number {
  return ((value % size) + size) % size;
}
