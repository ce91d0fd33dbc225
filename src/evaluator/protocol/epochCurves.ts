import type { EpochReport } from "../contract.js";

/** Named series with one number for each epoch. */
export type Curves = Readonly<Record<string, readonly number[]>>;

/** Collects what epochs report, in whatever order it comes. */
export interface EpochCurves {
  /** A later report of the same epoch adds to it, or corrects it. */
  add(report: EpochReport): void;
  /** The last epoch that was reported, 0 before the first. */
  readonly epochs: number;
  /** Each series up to the last epoch that it has; NaN where an epoch is missing. undefined before the first number. */
  curves(): Curves | undefined;
}

/** Longer trainings and further series are left out, so that no script can fill the memory. */
const MOST_EPOCHS = 10_000;
const MOST_SERIES = 100;

/**
 * @example
 * const collected = createEpochCurves();
 * collected.add({ epoch: 1, values: { loss: 2.1 } });
 * collected.add({ epoch: 3, values: { loss: 1.5 } });
 * collected.curves(); // { loss: [2.1, NaN, 1.5] }
 */
export function createEpochCurves(): EpochCurves {
  const series = new Map<string, number[]>();
  let epochs = 0;
  return {
    add({ epoch, values }) {
      if (epoch > MOST_EPOCHS) return;
      epochs = Math.max(epochs, epoch);
      for (const [name, value] of Object.entries(values)) {
        if (!series.has(name) && series.size === MOST_SERIES) continue;
        const known = series.get(name) ?? [];
        while (known.length < epoch) known.push(Number.NaN);
        known[epoch - 1] = value;
        series.set(name, known);
      }
    },
    get epochs() {
      return epochs;
    },
    curves: () =>
      series.size === 0 ? undefined : Object.fromEntries([...series].map(([name, all]) => [name, [...all]])),
  };
}
