import type { StrategyComparison } from "../../../../src/view/strategies/contract.js";
import { DownloadCsv } from "../../charts/downloadButtons.js";
import type { Table } from "../../format/csv.js";
import { formatNumber, formatValue } from "../../format/numbers.js";
import { plainName } from "../../format/plainText.js";
import { ScrollRegion } from "../../parts/scrollRegion.js";

interface StrategyTableProps {
  readonly comparison: StrategyComparison;
  /** Whether the best of the table is that by test value or by label. */
  readonly optimum: "test" | "label";
}

/** What is known of each strategy besides its curves. */
export function StrategyTable({ comparison, optimum }: StrategyTableProps) {
  const { strategies, budget, testUnit } = comparison;
  const test = { unit: testUnit, kind: "metric" } as const;
  const isRecommended = strategies.some(({ recommended }) => recommended !== undefined);
  return (
    <section class="card panel">
      <header class="figure-head">
        <h3>Strategies</h3>
        <div class="figure-tools">
          <DownloadCsv title="Strategies" name="compare-strategies" table={() => tabulate(comparison)} />
        </div>
      </header>
      <ScrollRegion label="Strategies" isAcross>
        <table class="table is-compact">
          <thead>
            <tr>
              <th scope="col">Strategy</th>
              {["Runs", "Batch", "To optimum", "Found", ...(isRecommended ? ["Recommends"] : []), "Time"].map(
                (title) => (
                  <th key={title} scope="col" class="number">
                    {title}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {strategies.map((strategy) => (
              <tr key={strategy.name}>
                <th scope="row">{plainName(strategy.name)}</th>
                <td class="number">{strategy.runs}</td>
                <td class="number">{strategy.batch}</td>
                <td class="number">{formatNumber(strategy.optimum[optimum].queries, 3)}</td>
                <td class="number">{`${Math.round(100 * strategy.optimum[optimum].share)} %`}</td>
                {isRecommended && <td class="number">{formatValue(strategy.recommended, test)}</td>}
                <td class="number">{formatValue(strategy.secondsPerRun, { unit: "s", kind: "seconds" })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p class="note">{`To optimum: mean queries until the best ${optimum === "test" ? "test value" : "label"} of the table was evaluated, ${budget} for runs that did not find it; found: the share that did. Time: median of a run.${isRecommended ? " Recommends: mean test value of what the strategy itself would choose at the end of a run, which costs no query." : ""}`}</p>
    </section>
  );
}

function tabulate({ strategies }: StrategyComparison): Table {
  return {
    columns: [
      ...["strategy", "runs", "batch", "queries to the best test value", "share that found it"],
      ...["queries to the best label", "share that found it by label", "recommended test value", "seconds of a run"],
    ],
    rows: strategies.map(({ name, runs, batch, optimum: { test, label }, recommended, secondsPerRun }) => [
      ...[name, runs, batch, test.queries, test.share],
      ...[label.queries, label.share, recommended, secondsPerRun],
    ]),
  };
}
