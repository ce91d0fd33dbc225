import { useState } from "preact/hooks";
import type { StudyRow } from "../../../../src/view/contract.js";
import { formatValue } from "../../format/numbers.js";
import { plainName } from "../../format/plainText.js";
import { Progress } from "../../parts/progress.js";
import { SortHeader } from "../../parts/sortHeader.js";
import { nextSorting, type Sorting, sortPlaces } from "../../parts/sorting.js";
import { StandingBadge } from "../../parts/standingBadge.js";
import { TimeAgo } from "../../parts/timeAgo.js";
import { writeRoute } from "../../router.js";
import { useNow } from "../../state/useNow.js";
import { type StudyColumn, studyColumns } from "./studyColumns.js";

interface StudiesTableProps {
  readonly rows: readonly StudyRow[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (name: string, isChosen: boolean) => void;
}

export function StudiesTable({ rows, chosen, onChoose }: StudiesTableProps) {
  const [sorting, setSorting] = useState<Sorting<StudyColumn>>({ key: "changed", isDescending: true });
  const now = useNow();
  const { value } = studyColumns[sorting.key];
  const order = sortPlaces(rows.keys(), (place) => value(rows[place]), sorting.isDescending);
  return (
    <div class="card table-card">
      <table class="table studies">
        <thead>
          <tr>
            <th scope="col" class="check">
              <span class="unseen">Compare</span>
            </th>
            {Object.entries(studyColumns).map(([key, { words, kind, isLargestFirst }]) => (
              <SortHeader
                key={key}
                id={key as StudyColumn}
                words={words}
                sorting={sorting}
                kind={`${kind ?? ""} column-${key}`}
                onSort={(id) => setSorting(nextSorting(sorting, id, isLargestFirst))}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from(order, (place) => {
            const row = rows[place];
            return <Line key={row.id} row={row} now={now} isChosen={chosen.has(row.name)} onChoose={onChoose} />;
          })}
        </tbody>
      </table>
    </div>
  );
}

interface LineProps {
  readonly row: StudyRow;
  readonly now: number;
  readonly isChosen: boolean;
  readonly onChoose: (name: string, isChosen: boolean) => void;
}

function Line({ row, now, isChosen, onChoose }: LineProps) {
  return (
    <tr class={isChosen ? "is-chosen" : ""}>
      <td class="check">
        <input
          type="checkbox"
          aria-label={`Compare ${plainName(row.name)}`}
          checked={isChosen}
          onChange={(event) => onChoose(row.name, event.currentTarget.checked)}
        />
      </td>
      <th scope="row" class="column-name">
        <a href={writeRoute({ page: "study", name: row.name, tab: "overview" })}>{plainName(row.name)}</a>
        <span class="narrow-only below">{`${plainName(row.strategy)} · ${plainName(row.subject)}`}</span>
        <span class="small-only below">
          <Progress row={row} />
        </span>
        <span class="narrow-only below">
          <StandingBadge row={row} />
        </span>
      </th>
      <td class="wide-only">{plainName(row.subject)}</td>
      <td class="wide-only">{plainName(row.strategy)}</td>
      <td class="number wide-only">{row.seed}</td>
      <td class="column-progress not-small">
        <Progress row={row} />
      </td>
      <td class="number strong">{formatValue(row.best?.label, { unit: row.best?.unit ?? "", kind: "label" })}</td>
      <td class="medium-only">
        <StandingBadge row={row} />
      </td>
      <td class="number medium-only">
        <TimeAgo time={row.changedAt} now={now} />
      </td>
    </tr>
  );
}
