import type { OrderStep, ReproducePanel, ReproduceReading } from "./report.js";

/** A table as text cells, for a terminal or a page. */
export interface TextTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * The numbers of a chart. Where something is reported, or there is one point only, each point has a row: ours, its interval, the published number
 * and the difference. Otherwise each place on the axis has a row and each method a column.
 */
export function panelTable(panel: ReproducePanel, { series }: ReproduceReading): TextTable {
  const isReported = panel.reported.length > 0;
  const places = series[0]?.points ?? [];
  if (!isReported && places.length > 1) {
    return {
      head: ["N+K", ...series.map(({ title }) => title)],
      rows: places.map(({ samples, evaluate }, place) => [
        `${samples}+${evaluate}`,
        ...series.map(({ points }) => `${decimals(points[place].value.mean)} ${interval(points[place].value.ci95)}`),
      ]),
    };
  }
  return {
    head: ["method", "N+K", "runs", "ours", "95 % interval", ...(isReported ? ["reported", "difference"] : [])],
    rows: series.flatMap(({ title, points }) =>
      points.map(({ samples, evaluate, runs, value, reported, difference }, place) => [
        place === 0 ? title : "",
        `${samples}+${evaluate}`,
        String(runs),
        decimals(value.mean),
        interval(value.ci95),
        ...(isReported ? [decimals(reported), signed(difference)] : []),
      ]),
    ),
  };
}

/** The tests of the order of methods, and further pairs. */
export function orderTable({ order, contrasts, series }: ReproduceReading): TextTable {
  const titleOf = (name: string): string => series.find(({ method }) => method === name)?.title ?? name;
  const steps: readonly OrderStep[] = [...(order?.steps ?? []), ...contrasts];
  return {
    head: ["better by", "than", "pairs", "mean", "95 % interval", "beyond it"],
    rows: steps.map(({ lower, higher, pairs, difference, verdict }) => [
      titleOf(higher),
      titleOf(lower),
      String(pairs),
      signed(difference.mean),
      interval(difference.ci95),
      { higher: "yes", lower: "worse", "not-told-apart": "no" }[verdict],
    ]),
  };
}

function decimals(value: number | null): string {
  return value === null ? "-" : value.toFixed(2);
}

function signed(value: number | null): string {
  return value === null ? "-" : `${value < 0 ? "" : "+"}${value.toFixed(2)}`;
}

function interval([low, high]: readonly [number | null, number | null]): string {
  return low === null || high === null ? "-" : `[${low.toFixed(2)}, ${high.toFixed(2)}]`;
}
