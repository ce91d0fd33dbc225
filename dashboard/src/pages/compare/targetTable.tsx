import type { CompareView } from "../../../../src/view/contract.js";
import { DownloadCsv } from "../../charts/downloadButtons.js";
import type { Table } from "../../format/csv.js";
import { formatNumber, formatValue } from "../../format/numbers.js";
import { plainName } from "../../format/plainText.js";
import { ScrollRegion } from "../../parts/scrollRegion.js";
import { cappedMean, medianOf } from "./summaries.js";

/** The numbers of the table, run by run. */
export function tabulateTargets({ groups }: CompareView): Table {
  return {
    columns: ["group", "study", "queries to target", "best at the budget"],
    rows: groups.flatMap((group) =>
      group.studies.map((study, run) => [group.name, study, group.queriesToTarget[run], group.final[run]]),
    ),
  };
}

/** How many queries each group needs to reach the target. */
export function TargetTable({ view }: { readonly view: CompareView }) {
  const { groups, budget, target, label } = view;
  const rows = groups.map((group) => ({
    group,
    mean: cappedMean(group.queriesToTarget, budget),
    median: medianOf(group.queriesToTarget),
    found: group.queriesToTarget.filter((queries) => queries !== null).length,
  }));
  const least = Math.min(...rows.map(({ mean }) => mean));
  return (
    <section class="card panel">
      <header class="figure-head">
        <h3>{`Queries until ${formatValue(target, label)}`}</h3>
        <div class="figure-tools">
          <DownloadCsv
            title="Queries to the target"
            name="compare-queries-to-target"
            table={() => tabulateTargets(view)}
          />
        </div>
      </header>
      <ScrollRegion label="Queries to the target" isAcross>
        <table class="table is-compact">
          <thead>
            <tr>
              <th scope="col">Group</th>
              <th scope="col" class="number">
                Mean
              </th>
              <th scope="col" class="number">
                Median
              </th>
              <th scope="col" class="number">
                Reached
              </th>
              <th scope="col" class="number">
                Against best
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ group, mean, median, found }) => (
              <tr key={group.name}>
                <th scope="row">{plainName(group.name)}</th>
                <td class="number strong">{formatNumber(mean, 3)}</td>
                <td class="number">{median === undefined ? `> ${budget}` : formatNumber(median, 3)}</td>
                <td class="number">{`${found} of ${group.queriesToTarget.length}`}</td>
                <td class="number">{mean === least ? "best" : `${formatNumber(mean / least, 2)} ×`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p class="note">{`A run that never reached the target counts as ${budget} queries in the mean: then the mean is a lower bound. Unless a target is given, it is the best of the weakest group.`}</p>
    </section>
  );
}
