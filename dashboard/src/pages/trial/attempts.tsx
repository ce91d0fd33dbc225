import type { TrialView } from "../../../../src/view/contract.js";
import { formatDuration } from "../../format/numbers.js";
import { plainText } from "../../format/plainText.js";
import { ScrollRegion } from "../../parts/scrollRegion.js";
import { StateBadge } from "../../parts/standingBadge.js";

/** How each attempt ended. */
export function Attempts({ trial }: { readonly trial: TrialView }) {
  return (
    <section class="card panel">
      <header class="figure-head">
        <h3>Attempts</h3>
      </header>
      <ScrollRegion label="Attempts" isAcross>
        <table class="table is-compact">
          <thead>
            <tr>
              <th scope="col" class="number">
                #
              </th>
              <th scope="col">Outcome</th>
              <th scope="col" class="number">
                Time
              </th>
              <th scope="col">Failure</th>
            </tr>
          </thead>
          <tbody>
            {trial.attempts.map(({ outcome, failure, seconds }, index) => (
              <tr key={index}>
                <td class="number">{index + 1}</td>
                <td>
                  <StateBadge state={outcome} />
                </td>
                <td class="number">{formatDuration(seconds)}</td>
                <td class="failure">{failure === undefined ? "" : plainText(failure)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}
