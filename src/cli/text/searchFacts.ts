import type { SearchReport } from "../../experiment/searchReport.js";
import { formatCount, formatMeasured, formatQuantity, formatSeconds, unitSuffix } from "./numbers.js";

/** A name and what is to be said under it; continuations have no name. */
export type Fact = readonly [name: string, value: string];

/** Units of `label` and of the metrics. */
export type Units = Readonly<Record<string, string>>;

/** What was measured of the best architecture. */
export function bestFacts({ best, training }: SearchReport, units: Units): Fact[] {
  if (best === undefined) return [];
  const measure = measureWith(units);
  // After live trainings a rank belongs to the numbers of the table, not to those of one training.
  const rank = training === undefined ? best.rank : undefined;
  const facts: Fact[] = [
    [
      training === undefined ? "label" : "validation",
      withRank(measure("label", best.label), rank?.label, rank?.labelled),
    ],
  ];
  for (const [name, value] of Object.entries(best.metrics)) {
    if (best.costs.some((cost) => cost.name === name)) continue;
    if (name === "seconds" && training !== undefined) facts.push(["trained in", formatSeconds(value ?? Number.NaN)]);
    else facts.push([name, withRank(measure(name, value), name === "test" ? rank?.test : undefined, rank?.of)]);
  }
  for (const { name, unit, value } of best.costs) facts.push([name, formatQuantity(value, unit)]);
  return facts;
}

/** How good the search was: against the whole table and against random search, where there is a table. */
export function standingFacts(report: SearchReport, units: Units): Fact[] {
  const { best, bestTest, optimum, queriesToOptimum, curveRules } = report;
  if (best === undefined) return [];
  const measure = measureWith(units);
  const found = (query: number | null) => (query === null ? "not evaluated" : `evaluated at query ${query}`);
  const facts: Fact[] = [];
  if (report.training !== undefined || optimum !== undefined) {
    facts.push(
      ["curve rules", `${measure("test", best.metrics["test"])} ${curveRules["testOfBestLabel"]}`],
      ["", `${measure("test", bestTest)} ${curveRules["bestTest"]}`],
    );
  }
  if (best.table !== undefined && best.rank !== undefined) {
    const { table, rank } = best;
    facts.push(
      ["in the table", `${withRank(measure("label", table.label), rank.label, rank.labelled)}, by mean label`],
      ["", `${withRank(measure("test", table.test), rank.test, rank.of)}, by mean test value`],
    );
  }
  if (optimum !== undefined && queriesToOptimum !== undefined) {
    facts.push(
      ["table's best", `${measure("test", optimum.test)} test value, ${found(queriesToOptimum.test)}`],
      ["", `${measure("label", optimum.label)} label, ${found(queriesToOptimum.label)}`],
    );
  }
  if (report.randomSearch !== undefined) {
    const { queries, test, bestLabel } = report.randomSearch;
    const evaluations = report.training === undefined ? "queries" : "trainings";
    const range = ({ low, high }: typeof test) => `${measure("label", low)} to ${measure("label", high)}`;
    facts.push(
      [
        "random",
        `with ${formatCount(queries)} ${evaluations} random search chooses ${measure("test", test.mean)} test value (in the table) on average, ${range(test)} in nine of ten runs`,
      ],
      ["", `the best label that it sees is ${measure("label", bestLabel.mean)}, ${range(bestLabel)}`],
    );
  }
  return facts;
}

/** Writes a number of that name with its unit. */
export function measureWith(units: Units): (name: string, value: number | null | undefined) => string {
  return (name, value) => `${formatMeasured(value)}${unitSuffix(units[name] ?? "")}`;
}

function withRank(value: string, rank: number | null | undefined, of: number | undefined): string {
  return rank === undefined || rank === null || of === undefined
    ? value
    : `${value}, rank ${formatCount(rank)} of ${formatCount(of)}`;
}
