import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { TrialColumns } from "../../../../src/view/contract.js";
import { SortHeader } from "../../parts/sortHeader.js";
import type { Sorting } from "../../parts/sorting.js";
import { StateBadge } from "../../parts/standingBadge.js";
import { useNow } from "../../state/useNow.js";
import { rowWindow, scrollToRow } from "./rowWindow.js";
import type { TrialColumn } from "./trialColumns.js";

const rowHeight = 33;
const headHeight = 38;

interface TrialTableProps {
  readonly columns: readonly TrialColumn[];
  /** Places of the trials, in the order of rows. */
  readonly order: readonly number[];
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
 * opens its trial.
 */
export function TrialTable({ columns, order, trials, sorting, jump, onJumped, onSort, addressOf }: TrialTableProps) {
  const box = useRef<HTMLElement>(null);
  const now = useNow();
  const [view, setView] = useState({ top: 0, height: 600 });
  /** The trial that is marked, by number: it stays marked wherever sorting or new trials move it. */
  const [marked, setMarked] = useState<number>();
  const markedRow = marked === undefined ? -1 : order.findIndex((place) => trials.number[place] === marked);

  useLayoutEffect(() => {
    const element = box.current!;
    const measure = (): void => setView({ top: element.scrollTop, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const show = (row: number): void => {
    const element = box.current!;
    const top = scrollToRow(row, element.scrollTop, element.clientHeight, rowHeight, headHeight);
    if (top !== undefined) element.scrollTop = top;
    setMarked(trials.number[order[row]]);
  };
  useEffect(() => {
    if (jump === undefined || jump < 0 || jump >= order.length) return;
    const element = box.current!;
    element.scrollTop = Math.max(0, jump * rowHeight - element.clientHeight / 2);
    setMarked(trials.number[order[jump]]);
    element.focus();
    onJumped();
  }, [jump, order]);

  const [first, end] = rowWindow(view.top, view.height, rowHeight, order.length);
  const page = Math.max(1, Math.floor(view.height / rowHeight) - 2);
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
      onScroll={(event) => setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return;
        const move = moves[event.key];
        if (move !== undefined) {
          event.preventDefault();
          show(
            Math.max(
              0,
              Math.min(
                order.length - 1,
                markedRow < 0 && Number.isFinite(move) ? (first === 0 ? 0 : first + 12) : markedRow + move,
              ),
            ),
          );
        } else if (event.key === "Enter" && marked !== undefined) location.hash = addressOf(marked);
      }}
    >
      <table
        class="table trials"
        aria-rowcount={order.length + 1}
        style={{ width: `${columns.reduce((sum, { width }) => sum + width, 0)}px` }}
      >
        <colgroup>
          {columns.map(({ id, width }) => (
            <col key={id} style={{ width: `${width}px` }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ id, words, isNumber }) => (
              <SortHeader
                key={id}
                id={id}
                words={words}
                sorting={sorting}
                kind={isNumber ? "number" : ""}
                onSort={() => onSort(id, isNumber)}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {first > 0 && <Gap key="above" height={first * rowHeight} columns={columns.length} />}
          {order.slice(first, end).map((place, index) => (
            <Row
              key={trials.number[place]}
              columns={columns}
              place={place}
              number={trials.number[place]}
              state={trials.state[place]}
              row={first + index}
              isMarked={trials.number[place] === marked}
              now={now}
              address={addressOf(trials.number[place])}
            />
          ))}
          {end < order.length && <Gap key="below" height={(order.length - end) * rowHeight} columns={columns.length} />}
        </tbody>
      </table>
    </section>
  );
}

/** Stands for the rows that are not drawn. */
function Gap({ height, columns }: { readonly height: number; readonly columns: number }) {
  return (
    <tr class="gap">
      <td colSpan={columns} style={{ height: `${height}px` }} />
    </tr>
  );
}

interface RowProps {
  readonly columns: readonly TrialColumn[];
  readonly place: number;
  readonly number: number;
  readonly state: TrialColumns["state"][number];
  readonly row: number;
  readonly isMarked: boolean;
  readonly now: number;
  readonly address: string;
}

function Row({ columns, place, number, state, row, isMarked, now, address }: RowProps) {
  return (
    <tr
      aria-rowindex={row + 2}
      class={`${isMarked ? "is-marked" : ""} is-state-${state}`}
      {...(isMarked ? { "aria-current": "true" as const } : {})}
    >
      {columns.map((column) =>
        column.id === "number" ? (
          <th key={column.id} scope="row" class="number">
            <a href={address} tabIndex={isMarked ? 0 : -1}>
              {number}
            </a>
          </th>
        ) : (
          <td
            key={column.id}
            class={`${column.isNumber ? "number" : ""}${column.id === "architecture" ? " code" : ""}`}
          >
            {column.id === "state" ? <StateBadge state={state} /> : <span class="cut">{column.text(place, now)}</span>}
          </td>
        ),
      )}
    </tr>
  );
}
