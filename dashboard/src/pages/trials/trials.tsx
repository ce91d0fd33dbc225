import { useMemo, useState } from "preact/hooks";
import type { StudyView, TrialColumns } from "../../../../src/view/contract.js";
import { offerFile } from "../../charts/downloadButtons.js";
import { writeCsv } from "../../format/csv.js";
import { formatCount } from "../../format/numbers.js";
import { fileSlug } from "../../format/slug.js";
import { countWords, trialStates } from "../../format/words.js";
import { nextSorting, type Sorting, sortPlaces } from "../../parts/sorting.js";
import { EmptyState } from "../../parts/states.js";
import { writeRoute } from "../../router.js";
import { filterTrials, trialColumnsOf } from "./trialColumns.js";
import { TrialTable } from "./trialTable.js";

interface TrialsProps {
  readonly view: StudyView;
  readonly trials: TrialColumns;
  /** The state whose trials are shown at first; all without one. */
  readonly state?: string | undefined;
}

/** All trials of a study: search, filter, sort, jump to one. */
export function Trials({ view, trials, state: stateAtFirst }: TrialsProps) {
  const [search, setSearch] = useState("");
  const [state, setState] = useState<string>(trialStates.find((each) => each === stateAtFirst) ?? "");
  const [sorting, setSorting] = useState<Sorting<string>>({ key: "number", isDescending: false });
  const [jump, setJump] = useState<number>();
  const columns = useMemo(() => trialColumnsOf(view, trials), [view, trials]);
  const found = useMemo(() => filterTrials(trials, state, search), [trials, state, search]);
  const order = useMemo(() => {
    const column = columns.find(({ id }) => id === sorting.key);
    return column === undefined ? found : sortPlaces(found, column.value, sorting.isDescending);
  }, [found, columns, sorting]);
  const counts = useMemo(() => countStates(trials), [trials]);
  if (trials.number.length === 0) {
    return (
      <EmptyState title="No trials yet">
        <p>They appear here as soon as the strategy has suggested some.</p>
      </EmptyState>
    );
  }
  return (
    <>
      <div class="tools is-spread">
        <input
          class="field is-growing"
          type="search"
          placeholder="Search architectures, reasons, failures"
          aria-label="Search trials"
          value={search}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
        <select
          class="field"
          aria-label="State"
          value={state}
          onChange={(event) => setState(event.currentTarget.value)}
        >
          <option value="">{`All states (${formatCount(trials.number.length)})`}</option>
          {trialStates.map((each) => (
            <option key={each} value={each} disabled={counts[each] === undefined}>
              {`${each} (${formatCount(counts[each] ?? 0)})`}
            </option>
          ))}
        </select>
        <form
          class="jump"
          onSubmit={(event) => {
            event.preventDefault();
            const number = Number(new FormData(event.currentTarget).get("number"));
            const row = order.findIndex((place) => trials.number[place] === number);
            if (row >= 0) setJump(row);
            else {
              // It is filtered away: show all, in order, and go there.
              setSearch("");
              setState("");
              setSorting({ key: "number", isDescending: false });
              setJump(trials.number.indexOf(number));
            }
          }}
        >
          <input
            class="field is-short"
            name="number"
            type="number"
            min="0"
            max={trials.number.at(-1)}
            required
            placeholder="Trial"
            aria-label="Number of the trial to jump to"
          />
          <button type="submit" class="button">
            Jump
          </button>
        </form>
        <button
          type="button"
          class="button"
          title="Download the trials shown as CSV"
          onClick={() =>
            offerFile(
              `${fileSlug(view.row.name, "trials")}.csv`,
              "text/csv",
              writeCsv({
                columns: columns.map(({ words, fileName }) => fileName ?? words),
                rows: Array.from(order, (place) => columns.map((column) => column.value(place) ?? null)),
              }),
            )
          }
        >
          CSV
        </button>
      </div>
      <p class="subtitle" role="status">
        {order.length === trials.number.length
          ? countWords(order.length, "trial")
          : `${countWords(order.length, "trial")} of ${formatCount(trials.number.length)}`}
      </p>
      {order.length === 0 ? (
        <EmptyState title="No trial matches" />
      ) : (
        <TrialTable
          columns={columns}
          order={order}
          trials={trials}
          sorting={sorting}
          jump={jump}
          onJumped={() => setJump(undefined)}
          onSort={(id, isNumber) => setSorting(nextSorting(sorting, id, isNumber && id !== "number"))}
          addressOf={(number) => writeRoute({ page: "trial", name: view.row.name, number })}
        />
      )}
    </>
  );
}

function countStates(trials: TrialColumns): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const state of trials.state) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
