import { AssayError } from "../errors.js";
import type { EvaluationResult, Evaluator } from "../evaluator/contract.js";
import type { Catalogue } from "../space/catalogue.js";
import type { Objective, Observation, Strategy } from "../strategy/contract.js";
import { valuesOf } from "../strategy/objectives.js";
import type { Trial } from "./trial.js";

/** What a search is made of. */
export interface SearchOptions {
  readonly strategy: Strategy;
  readonly evaluator: Evaluator;
  readonly catalogue: Catalogue;
  /** Queries in all: the initial sample counts, and so do `earlier` trials and failed evaluations. */
  readonly budget: number;
  /** Suggestions per iteration; the strategy learns after each. */
  readonly batch: number;
  /** How many evaluations run at the same time, at most `batch`. The result does not depend on it. Default 1. */
  readonly parallel?: number;
  /** What is searched for besides the label; the evaluation of an architecture that lacks one of these values has failed. */
  readonly objectives?: readonly Objective[];
  /** Trials of a search that this one goes on from; the strategy has not seen them. */
  readonly earlier?: readonly Trial[];
  /** Gives up when this many evaluations from the first on have all failed: the evaluator itself is broken. Default: never. */
  readonly hopelessAfter?: number;
  /** Stops the search: no new evaluation starts, and those that run are asked to stop. */
  readonly signal?: AbortSignal;
  /** Called after each evaluation, in the order in which evaluations end. */
  readonly onTrial?: (trial: Trial) => void;
}

/** What a search found. */
export interface SearchResult {
  /** Earlier trials first, then in the order in which they were suggested. */
  readonly trials: readonly Trial[];
  /** Why it ended: budget spent, space exhausted, the signal, or nothing but failures (`hopelessAfter`). */
  readonly ended: "budget" | "exhausted" | "stopped" | "hopeless";
}

/**
 * Asks the strategy, evaluates what it suggests and tells it the results, until the budget is spent. A failed evaluation
 * (thrown or reported) is a trial with label NaN. Results are told in the order of suggestion, so that the search does not
 * depend on which evaluation ends first.
 *
 * @example
 * const { trials } = await search({ strategy, evaluator, catalogue, budget: 100, batch: 10 });
 */
export async function search(options: SearchOptions): Promise<SearchResult> {
  const {
    strategy,
    evaluator,
    catalogue,
    budget,
    batch,
    signal,
    objectives,
    earlier = [],
    hopelessAfter = Number.POSITIVE_INFINITY,
  } = options;
  const parallel = Math.min(options.parallel ?? 1, batch);
  requireCount("budget", budget);
  requireCount("batch", batch);
  requireCount("parallel", parallel);
  const trials: Trial[] = [...earlier];
  if (earlier.length > 0) strategy.observe(earlier.map(observe));
  let failures = 0;
  let succeeded = earlier.some((trial) => trial.failure === undefined);
  let giveUp = false;
  const breath = createBreath();
  while (trials.length < budget) {
    await breath();
    if (signal?.aborted) return { trials, ended: "stopped" };
    let suggested: readonly number[];
    try {
      suggested = await strategy.suggest(Math.min(batch, budget - trials.length));
    } catch (error) {
      // Whoever stops a search may close its threads as well, in the middle of a fit.
      if (signal?.aborted) return { trials, ended: "stopped" };
      throw error;
    }
    if (suggested.length === 0) return { trials, ended: "exhausted" };
    const finished = await evaluateBatch(suggested, trials.length, parallel, options);
    strategy.observe(finished.map(observe));
    for (const trial of finished) trials.push(trial);
    if (giveUp) return { trials, ended: "hopeless" };
  }
  return { trials, ended: "budget" };

  async function evaluateBatch(
    suggested: readonly number[],
    first: number,
    width: number,
    { onTrial }: SearchOptions,
  ): Promise<Trial[]> {
    const finished: (Trial | undefined)[] = new Array(suggested.length);
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < suggested.length && !signal?.aborted && !giveUp) {
        const position = next++;
        const trial = await evaluate(suggested[position], first + position);
        if (trial === undefined) return;
        finished[position] = trial;
        if (trial.failure === undefined) succeeded = true;
        else failures++;
        giveUp = !succeeded && failures >= hopelessAfter;
        onTrial?.(trial);
        if (next < suggested.length) await breath();
      }
    };
    await Promise.all(Array.from({ length: width }, lane));
    return finished
      .filter((trial): trial is Trial => trial !== undefined)
      .map((trial, position) => ({ ...trial, number: first + position }));
  }

  function observe(trial: Trial): Observation {
    if (objectives === undefined) return trial;
    const { architecture, label } = trial;
    const values = valuesOf(objectives, trial);
    return typeof values === "string" ? { architecture, label: Number.NaN } : { architecture, label, values };
  }

  async function evaluate(architecture: number, number: number): Promise<Trial | undefined> {
    const started = performance.now();
    let result: EvaluationResult;
    try {
      result = await evaluator.evaluate({
        space: catalogue.space,
        architecture: catalogue.at(architecture),
        id: architecture,
        trial: number,
        ...(signal === undefined ? {} : { signal }),
      });
    } catch (error) {
      if (signal?.aborted) return undefined;
      result = { label: Number.NaN, failure: error instanceof Error ? error.message : String(error) };
    }
    const values = objectives && valuesOf(objectives, { architecture, ...result });
    if (Number.isFinite(result.label) && typeof values === "string") {
      result = { ...result, label: Number.NaN, failure: values };
    }
    const failed = !Number.isFinite(result.label);
    // Of this moment: the strategy learns from a batch only when the whole of it is done.
    const explanation = strategy.explain?.(architecture);
    if (failed && signal?.aborted) return undefined;
    return {
      number,
      architecture,
      label: failed ? Number.NaN : result.label,
      metrics: result.metrics ?? {},
      ...(result.curves === undefined ? {} : { curves: result.curves }),
      ...(explanation === undefined ? {} : { explanation }),
      ...(failed ? { failure: result.failure ?? `the evaluator gave the label ${result.label}` } : {}),
      seconds: (performance.now() - started) / 1000,
    };
  }
}

function requireCount(name: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 1)) {
    throw new AssayError("bad-count", `${name} must be a whole number from 1, got ${value}.`);
  }
}

/**
 * Lets the event loop run every 50 ms, so that signals and timers get through where strategy and evaluator never wait
 * for anything outside.
 */
function createBreath(): () => Promise<void> | undefined {
  let last = performance.now();
  return () => {
    if (performance.now() - last < 50) return undefined;
    return new Promise((resolve) => {
      setTimeout(() => {
        last = performance.now();
        resolve();
      }, 0);
    });
  };
}
