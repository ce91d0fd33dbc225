// biome-ignore-all lint/a11y/useSemanticElements: browsers lay out the rows of a table element together, these each by itself
// biome-ignore-all lint/a11y/useFocusableInteractive: what is pressed in a head is its button
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { TrialColumns } from "../../../../src/view/contract.js";
import { SortButton, sortOrder } from "../../parts/sortHeader.js";
import type { Sorting } from "../../parts/sorting.js";
import { useNow } from "../../state/useNow.js";
import { createRowSlots, type RowSlots } from "./rowSlots.js";
import { headHeight, rowHeight, scrollToRow } from "./rowWindow.js";
import { placeColumns, type TrialColumn } from "./trialColumns.js";

interface TrialTableProps {
  readonly columns: readonly TrialColumn[];
  /** Places of the trials, in the order of rows. */
  readonly order: Int32Array;
  readonly trials: TrialColumns;
  readonly sorting: Sorting<string>;
  /** A row to show and mark. */
  readonly jump: number | undefined;
  readonly onJumped: () => void;
  readonly onSort: (id: string, isNumber: boolean) => void;
  readonly addressOf: (number: number) => string;
}

/**
 * A table of any length, of which only the rows in view exist. Arrow keys, Page Up and Down, Home and End move the marked row, Enter
 * opens its trial. Scrolling draws nothing here: the rows follow by themselves.
 */
export function TrialTable({ columns, order, trials, sorting, jump, onJumped, onSort, addressOf }: TrialTableProps) {
  const box = useRef<HTMLElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const rows = useRef<RowSlots>(null);
  const size = useRef({ width: 0, height: 0 });
  const [width, setWidth] = useState(0);
  /** The trial that is marked, by number: it stays marked wherever sorting or new trials move it. */
  const marked = useRef<number>(undefined);
  const now = useNow();
  const lefts = useMemo(() => placeColumns(columns, width), [columns, width]);

  useLayoutEffect(() => {
    const element = box.current!;
    const slots = createRowSlots(host.current!, element);
    rows.current = slots;
    const follow = (): void => slots.scroll(element.scrollTop, size.current.height);
    const measure = (): void => {
      size.current = { width: element.clientWidth, height: element.clientHeight };
      setWidth(size.current.width);
      follow();
    };
    measure();
    element.addEventListener("scroll", follow, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", follow);
      slots.close();
    };
  }, []);
  useLayoutEffect(
    () => rows.current!.show({ columns, lefts, trials, order, now, addressOf }),
    [columns, lefts, trials, order, now],
  );

  const mark = (row: number, top: number | undefined): void => {
    const element = box.current!;
    if (top !== undefined) element.scrollTop = top;
    marked.current = trials.number[order[row]];
    rows.current!.mark(marked.current);
    rows.current!.scroll(element.scrollTop, size.current.height);
  };
  useEffect(() => {
    if (jump === undefined || jump < 0 || jump >= order.length) return;
    mark(jump, Math.max(0, jump * rowHeight - size.current.height / 2));
    box.current!.focus();
    onJumped();
  }, [jump, order]);

  const page = Math.max(1, Math.floor(size.current.height / rowHeight) - 2);
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -Infinity,
    End: Infinity,
  };
  return (
    <section
      ref={box}
      class="card trial-box"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label="Trials; arrow keys move, Enter opens"
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return;
        const move = moves[event.key];
        if (move !== undefined) {
          event.preventDefault();
          const { scrollTop } = event.currentTarget;
          const now =
            marked.current === undefined ? -1 : order.findIndex((place) => trials.number[place] === marked.current);
          const next = now < 0 && Number.isFinite(move) ? Math.ceil(scrollTop / rowHeight) : now + move;
          const row = Math.max(0, Math.min(order.length - 1, next));
          mark(row, scrollToRow(row, scrollTop, size.current.height));
        } else if (event.key === "Enter" && marked.current !== undefined) location.hash = addressOf(marked.current);
      }}
    >
      <div
        role="table"
        class="trials"
        aria-label="Trials"
        aria-rowcount={order.length + 1}
        style={{ width: `${lefts.at(-1)}px`, height: `${headHeight + order.length * rowHeight}px` }}
      >
        <div role="rowgroup" class="trial-heads">
          <div role="row" class="trial-heads-row" aria-rowindex={1}>
            {columns.map(({ id, words, isNumber }, index) => (
              <div
                key={id}
                role="columnheader"
                aria-sort={sortOrder(id, sorting)}
                class={`trial-head${isNumber ? " number" : ""}`}
                style={{ width: `${lefts[index + 1] - lefts[index]}px` }}
              >
                <SortButton id={id} words={words} sorting={sorting} onSort={() => onSort(id, isNumber)} />
              </div>
            ))}
          </div>
        </div>
        <div ref={host} role="rowgroup" class="trial-rows" />
      </div>
    </section>
  );
}
