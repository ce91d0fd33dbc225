import type { MapView, StudyView, TrialColumns } from "../../../../src/view/contract.js";
import { formatCount, formatValue, noValue, quantityHead } from "../../format/numbers.js";
import { plainName } from "../../format/plainText.js";
import { Facts } from "../../parts/facts.js";
import { ScrollRegion } from "../../parts/scrollRegion.js";
import { StateBadge } from "../../parts/standingBadge.js";
import { writeRoute } from "../../router.js";
import type { MapState } from "./mapState.js";

interface DecisionPanelProps {
  readonly view: StudyView;
  readonly trials: TrialColumns;
  readonly state: MapState;
  readonly map: MapView;
  readonly decision: number;
}

const mostRows = 60;

/** What a decision suggested, and what came of it. */
export function DecisionPanel({ view, trials, state, map, decision }: DecisionPanelProps) {
  const label = view.quantities[0];
  const first = trials.number[0] ?? 0;
  const points = [...state.newest].sort((a, b) => map.trial[a] - map.trial[b]);
  const best = state.best === undefined ? undefined : map.trial[state.best];
  const quality = view.quality.find((each) => each.decision === decision);
  const reasons = countReasons(points.map((point) => trials.reason[map.trial[point] - first]));
  return (
    <section class="card panel decision">
      <header class="figure-head">
        <h3>{`Decision ${decision}`}</h3>
      </header>
      <Facts
        items={[
          ["Evaluated by now", formatCount(state.labels.size)],
          [
            "Best so far",
            best === undefined ? (
              "–"
            ) : (
              <a
                href={writeRoute({ page: "trial", name: view.row.name, number: best })}
              >{`${formatValue(state.labels.get(state.best!), label)}, trial ${best}`}</a>
            ),
          ],
          ...(quality === undefined
            ? []
            : [
                ["Kendall's tau, last 20 trials", quality.tau?.toFixed(2).replace("-", "\u2212") ?? noValue] as const,
                ["Best ten found by now", `${Math.round(100 * quality.recallOfBestTen)} %`] as const,
              ]),
          ...(reasons === "" ? [] : [["Suggested as", reasons] as const]),
        ]}
      />
      {points.length > 0 && (
        <ScrollRegion label="Trials of this decision">
          <table class="table is-compact">
            <thead>
              <tr>
                <th scope="col" class="number">
                  Trial
                </th>
                <th scope="col" class="number">
                  Predicted
                </th>
                <th scope="col" class="number">
                  {quantityHead(label.name)}
                </th>
              </tr>
            </thead>
            <tbody>
              {points.slice(0, mostRows).map((point) => {
                const place = map.trial[point] - first;
                return (
                  <tr key={point}>
                    <th scope="row" class="number">
                      <a href={writeRoute({ page: "trial", name: view.row.name, number: map.trial[point] })}>
                        {map.trial[point]}
                      </a>
                    </th>
                    <td class="number">{formatValue(trials.predicted[place], label)}</td>
                    <td class="number">
                      {trials.state[place] === "done" ? (
                        formatValue(trials.values[label.name]?.[place], label)
                      ) : (
                        <StateBadge state={trials.state[place]} />
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          {points.length > mostRows && <p class="note">{`and ${formatCount(points.length - mostRows)} more`}</p>}
        </ScrollRegion>
      )}
    </section>
  );
}

function countReasons(reasons: readonly (string | null)[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => `${plainName(reason)}${count > 1 ? ` (${count})` : ""}`).join(", ");
}
