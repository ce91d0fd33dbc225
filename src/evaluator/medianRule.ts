import { AssayError } from "../errors.js";
import { median } from "../stats/index.js";
import type { Curves } from "./protocol/epochCurves.js";

/** Options of `createMedianRule`. */
export interface MedianRuleOptions {
  /** Which number of each epoch is compared. Default "accuracy". */
  readonly series?: string;
  /** Whether large or small values are good. Default: small where the name of the series ends in loss or error, else large. */
  readonly direction?: "maximise" | "minimise";
  /** No training is stopped before it has reported so many epochs. Default 5. */
  readonly after?: number;
  /** Finished trials that must have reported the series. Default 5. */
  readonly least?: number;
}

/** Says which trainings are not worth their time. */
export interface MedianRule {
  /**
   * @param finished curves of the trials that ended well, in any order
   * @param running curves of the training so far
   */
  judge(finished: readonly Curves[], running: Curves): "continue" | "stop";
}

/**
 * The median stopping rule: a training is stopped after epoch e where its best value so far is worse than the median, over the
 * finished trials, of the mean of their values up to e (the running averages of the paper; a training that rises as others do is above
 * its own mean, so the rule stops only those that lag behind clearly). Epochs without a number are left out; a training
 * that has reported the series and never with a number is stopped. The verdict follows from what it is given alone.
 *
 * Source: Golovin et al., Google Vizier: a service for black-box optimization, KDD 2017. Throws AssayError where an option is wrong.
 *
 * @example
 * const rule = createMedianRule({ series: "accuracy", after: 5 });
 * if (rule.judge(curvesOfFinishedTrials, { accuracy: [10, 10, 10, 10, 10] }) === "stop") …
 */
export function createMedianRule(options: MedianRuleOptions = {}): MedianRule {
  const { series = "accuracy", after = 5, least = 5 } = options;
  const { direction = /(?:loss|error)$/i.test(series) ? "minimise" : "maximise" } = options;
  requireCount("after", after);
  requireCount("least", least);
  const sign = direction === "maximise" ? 1 : -1;

  return {
    judge(finished, running) {
      const soFar = running[series] ?? [];
      const epoch = soFar.length;
      if (epoch < after) return "continue";
      const averages = finished
        .map((curves) => meanOfNumbers(curves[series] ?? [], epoch))
        .filter((average) => !Number.isNaN(average));
      if (averages.length < least) return "continue";
      // -Infinity without any number: worse than everything.
      const best = soFar.reduce(
        (first, value) => (sign * value > first ? sign * value : first),
        Number.NEGATIVE_INFINITY,
      );
      return best < sign * median(averages) ? "stop" : "continue";
    },
  };
}

function meanOfNumbers(values: readonly number[], epochs: number): number {
  let sum = 0;
  let count = 0;
  for (const value of values.slice(0, epochs)) {
    if (!Number.isFinite(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? Number.NaN : sum / count;
}

function requireCount(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 1) return;
  throw new AssayError(
    "bad-option",
    `Option "${name}" of the median rule must be a whole number from 1, got ${value}.`,
  );
}
