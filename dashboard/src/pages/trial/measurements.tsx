import type { TrialView } from "../../../../src/view/contract.js";
import { formatDifference, formatDuration, formatNumber, formatValue, quantityHead } from "../../format/numbers.js";
import { plainName } from "../../format/plainText.js";
import { formatMoment, formatSpan } from "../../format/time.js";
import { Facts } from "../../parts/facts.js";

/** What was measured, what is known without training, and what was expected. */
export function Measurements({ trial }: { readonly trial: TrialView }) {
  const label = trial.quantities[0];
  const of = (isWanted: (kind: string) => boolean): (readonly [string, string])[] =>
    trial.quantities
      .filter(({ name, kind }) => isWanted(kind) && trial.values[name] !== null && trial.values[name] !== undefined)
      .map((quantity) => [quantityHead(quantity.name), formatValue(trial.values[quantity.name], quantity)]);
  const measured = of((kind) => kind === "label" || kind === "metric");
  const costs = of((kind) => kind === "cost");
  const { predicted } = trial;
  const error = predicted === undefined || trial.label === null ? undefined : trial.label - predicted.mean;
  const expected: (readonly [string, string])[] =
    predicted === undefined
      ? []
      : [
          [
            "Predicted before",
            `${formatValue(predicted.mean, label)} ± ${formatDifference(predicted.standardDeviation, label, false)}`,
          ],
          ...(error === undefined
            ? []
            : [
                [
                  "Measured minus predicted",
                  `${formatDifference(error, label)}${predicted.standardDeviation > 0 ? ` (${formatNumber(error / predicted.standardDeviation, 2)} standard deviations)` : ""}`,
                ] as const,
              ]),
        ];
  const times: (readonly [string, string])[] = [
    ["Suggested", formatMoment(trial.askedAt)],
    ...(trial.startedAt === undefined ? [] : [["Waited", formatSpan(trial.askedAt, trial.startedAt)] as const]),
    ...(trial.seconds === undefined ? [] : [["Evaluation took", formatDuration(trial.seconds)] as const]),
    ...(trial.endedAt === undefined ? [] : [["Ended", formatMoment(trial.endedAt)] as const]),
    ...(trial.detail === undefined ? [] : [["Why", plainName(trial.detail)] as const]),
  ];
  return (
    <section class="card panel">
      <header class="figure-head">
        <h3>Measurements</h3>
      </header>
      {measured.length > 0 ? (
        <Facts items={measured} />
      ) : (
        <p class="note">{trial.state === "failed" ? "Nothing was measured." : "Nothing was measured yet."}</p>
      )}
      {costs.length > 0 && (
        <>
          <h4>Known without training</h4>
          <Facts items={costs} />
        </>
      )}
      {expected.length > 0 && (
        <>
          <h4>Expected</h4>
          <Facts items={expected} />
        </>
      )}
      <h4>Time</h4>
      <Facts items={times} />
    </section>
  );
}
