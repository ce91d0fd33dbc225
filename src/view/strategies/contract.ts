import type { CompareView } from "../contract.js";

/** What is measured while a run goes on. */
export type MeasureName = "bestTest" | "testOfBestLabel" | "bestLabel";

/** One measure of all runs. */
export interface StrategyMeasure {
  readonly name: MeasureName;
  /** What it is, as a sentence. */
  readonly words: string;
  /** Strategies are its groups, and runs their studies, named by their seeds. */
  readonly view: CompareView;
  /**
   * For each group and run the queries at which the value changed, with the new value: for another target. Absent where that would be too
   * much.
   */
  readonly steps?: readonly (readonly { readonly queries: readonly number[]; readonly values: readonly number[] }[])[];
}

/** How soon a strategy evaluated the best of the table. */
export interface OptimumView {
  /** Mean queries, the budget for runs that did not. */
  readonly queries: number;
  /** Share of runs that did. */
  readonly share: number;
}

/** One strategy of a comparison, apart from its curves. */
export interface StrategyView {
  readonly name: string;
  readonly batch: number;
  readonly runs: number;
  readonly secondsPerRun: number;
  readonly optimum: Readonly<Record<"test" | "label", OptimumView>>;
  /** Mean test value of what it recommends at the end; absent where it recommends nothing. */
  readonly recommended?: number | null;
}

/** Strategies on one benchmark with many seeds each: what `assay compare` found. There are no studies of it. */
export interface StrategyComparison {
  readonly benchmark: string;
  readonly budget: number;
  readonly seeds: number;
  readonly isComplete: boolean;
  /** Unit of the test values. */
  readonly testUnit: string;
  readonly measures: readonly StrategyMeasure[];
  readonly strategies: readonly StrategyView[];
  /** Label rule, seeds, optimum, limits and the like, in words. */
  readonly facts: readonly (readonly [name: string, value: string])[];
}
