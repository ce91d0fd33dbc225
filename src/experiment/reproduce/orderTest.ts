import { meanInterval } from "../../stats/index.js";
import { meanAndDeviation } from "../summarise.js";
import type { OrderReport, OrderStep } from "./report.js";

/** One method at the point where the order is tested. */
export interface RankedMethod {
  readonly name: string;
  readonly title: string;
  /** A value for each seed; undefined where the run is missing. */
  readonly values: readonly (number | undefined)[];
}

/**
 * Whether one method is better than another: the paired differences over the seeds that both have, and the 95 % interval of their mean
 * by Student's t, which must leave out zero.
 */
export function testPair(lower: RankedMethod, higher: RankedMethod): OrderStep {
  const differences: number[] = [];
  for (const [seed, value] of higher.values.entries()) {
    const other = lower.values[seed];
    if (value !== undefined && other !== undefined) differences.push(value - other);
  }
  // A bootstrap of few pairs would be too sure.
  const { low, high } = meanInterval(differences);
  const finite = (end: number): number | null => (Number.isFinite(end) ? end : null);
  const ci95: [number | null, number | null] = [finite(low), finite(high)];
  const difference = { ...meanAndDeviation(differences), ci95 };
  const verdict = low > 0 ? "higher" : high < 0 ? "lower" : "not-told-apart";
  return { lower: lower.name, higher: higher.name, pairs: differences.length, difference, verdict };
}

/**
 * Whether each method is better than the one before it.
 *
 * @param methods the worst published first
 * @param where the place of the test in words: "At 170 + 30 queries"
 */
export function testOrder(methods: readonly RankedMethod[], where: string): OrderReport {
  const steps = methods.slice(1).map((higher, place) => testPair(methods[place], higher));
  return { steps, sentence: describeOrder(methods, steps, where) };
}

function describeOrder(methods: readonly RankedMethod[], steps: readonly OrderStep[], where: string): string {
  const order = methods.map(({ title }) => title).join(" < ");
  const titleOf = (name: string): string => methods.find((method) => method.name === name)!.title;
  const failing = steps.filter(({ verdict }) => verdict !== "higher");
  if (failing.length === 0) return `${where}, the published order ${order} holds, each step beyond its 95 % interval.`;
  const words = failing.map(({ lower, higher, verdict }) =>
    verdict === "lower"
      ? `${titleOf(higher)} is worse than ${titleOf(lower)}, beyond the interval`
      : `${titleOf(higher)} is not told apart from ${titleOf(lower)}`,
  );
  return `${where}, the published order ${order} is not confirmed: ${words.join("; ")}.`;
}
