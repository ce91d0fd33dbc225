import { createGenerator } from "../../src/random/index.js";
import { bootstrapInterval, mean } from "../../src/stats/index.js";

/** A mean over the runs with its 95 % bootstrap interval. */
export interface Figure {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The resamples are fixed: equal values, equal interval. */
export function figureOf(values: readonly number[]): Figure {
  return { mean: mean(values), ...bootstrapInterval(values, { generator: createGenerator("ci95") }) };
}

/** The mean of one - other over equal seeds. */
export function differenceOf(one: readonly number[], other: readonly number[]): Figure {
  return figureOf(one.map((value, run) => value - other[run]));
}

/** Whether the interval leaves zero out. */
export function isBeyondZero({ low, high }: Figure): boolean {
  return low > 0 || high < 0;
}

/** "31.2 [28.9, 33.4]" */
export function writeFigure(figure: Figure, write: (value: number) => string): string {
  return `${write(figure.mean)} [${write(figure.low)}, ${write(figure.high)}]`;
}

/** With a sign, for differences. */
export function signed(write: (value: number) => string): (value: number) => string {
  return (value) => (value > 0 ? `+${write(value)}` : write(value));
}

/** A markdown table. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}
