import type { EvaluationRequest, EvaluationResult, Evaluator } from "../evaluator/contract.js";
import type { MedianRule } from "../evaluator/medianRule.js";
import { type Curves, createEpochCurves } from "../evaluator/protocol/epochCurves.js";
import { createTurns } from "../strategy/turns.js";
import { mayPass, patiently, recordPatiently, type WaitEvent } from "./recordPatiently.js";
import { requireCount } from "./requireCount.js";
import type { Study } from "./study.js";
import type { Trial } from "./trial.js";

/** How the trials of a study are evaluated. */
export interface RunOptions {
  readonly evaluator: Evaluator;
  /** Queries in all: the initial sample counts, and so do trials of earlier runs and failed ones. */
  readonly budget: number;
  /** Suggestions per iteration; the strategy learns after each. */
  readonly batch: number;
  /** How many evaluations run at the same time. Default 1. */
  readonly parallel?: number;
  /**
   * false: the strategy decides when a whole batch is done, so that the result does not depend on `parallel`, nor on which evaluation
   * ends first. true: each evaluation that ends makes room for a new suggestion at once; nobody waits, but with several at a time the
   * result depends on which ends first. Default false.
   */
  readonly asynchronous?: boolean;
  /**
   * Gives up when this many evaluations from the first of this run on have all failed: the evaluator itself is broken. With several at a
   * time, which trials have ended by then depends on which ends first. Default: never.
   */
  readonly hopelessAfter?: number;
  /**
   * Judges a training by its epochs so far and by the trials that the strategy knew when it suggested it, whatever has ended since; those
   * it stops have failed. Default: none is stopped.
   */
  readonly medianRule?: MedianRule | undefined;
  /** Seconds to wait for room on a full disk before a result is given up. Default 600. */
  readonly patience?: number;
  /** Told when the search begins to wait for room, and when there is some again. */
  readonly onWait?: ((event: WaitEvent) => void) | undefined;
  /** Stops the search: no new evaluation starts, and those that run are asked to stop. */
  readonly signal?: AbortSignal;
}

/** Why a run ended: budget spent, space exhausted, the signal, or nothing but failures (`hopelessAfter`). */
export type RunEnd = "budget" | "exhausted" | "stopped" | "hopeless";

/**
 * Evaluates the trials of a study until its budget is spent; first those that wait from an earlier run. A failed evaluation (thrown or
 * reported) is a trial with label NaN.
 *
 * @example
 * const ended = await runStudy(study, { evaluator, budget: 100, batch: 5, parallel: 2 });
 */
export async function runStudy(study: Study, options: RunOptions): Promise<RunEnd> {
  const { evaluator, budget, batch, parallel = 1, asynchronous = false, medianRule } = options;
  const { hopelessAfter = Number.POSITIVE_INFINITY, patience = 600, onWait } = options;
  requireCount("budget", budget);
  requireCount("batch", batch);
  requireCount("parallel", parallel);
  const stop = linkedController(options.signal);
  const { signal } = stop.controller;
  /** Each evaluation has a signal of its own: hundreds of listeners on one would look like a leak. */
  const evaluations = new Set<AbortController>();
  signal.addEventListener("abort", () => {
    for (const evaluation of evaluations) evaluation.abort(signal.reason);
  });
  const inTurn = createTurns();
  const breath = createBreath();
  /** Handed to a lane of an asynchronous run. */
  const taken = new Set<number>();
  const everSucceeded = study.trials().some(({ failure }) => failure === undefined);
  // Whoever goes on with a hopeless study has mended something.
  let failures = everSucceeded || study.ended === "hopeless" ? 0 : study.failedAttempts;
  // In this run: what worked yesterday may be broken today, and would spend the rest of the budget on failures.
  let succeeded = false;
  let end: RunEnd | undefined = failures >= hopelessAfter ? "hopeless" : undefined;
  const isOver = (): boolean => signal.aborted || end !== undefined;

  const waiting = { patience, signal, onWait };
  await patiently(() => study.note({ budget, ended: null }), waiting);
  try {
    if (asynchronous) await inLanes(parallel, () => inTurn(takeOne));
    else await inBatches();
  } finally {
    stop.unlink();
  }
  const ended = end ?? (signal.aborted && study.finished < budget ? "stopped" : "budget");
  study.learn();
  if (ended !== "stopped") await patiently(() => study.note({ ended }), waiting);
  return ended;

  async function inBatches(): Promise<void> {
    while (!isOver()) {
      const numbers = await take(batch);
      if (numbers.length === 0) return;
      await inLanes(Math.min(parallel, numbers.length), async () => numbers.shift());
    }
  }

  async function takeOne(): Promise<number | undefined> {
    const [number] = await take(1);
    if (number !== undefined) taken.add(number);
    return number;
  }

  /** Trials that wait, all of them; else up to `count` new ones. None where there is nothing more to do. */
  async function take(count: number): Promise<number[]> {
    await breath();
    if (isOver()) return [];
    const queued = study.waiting().filter((number) => number < budget && !taken.has(number));
    const left = budget - study.size;
    if (queued.length > 0 || left <= 0) return queued;
    try {
      const suggested = await patiently(() => study.suggest(Math.min(count, left)), waiting);
      if (suggested.length === 0) end = "exhausted";
      return suggested;
    } catch (error) {
      // Whoever stops a search may close its threads as well, in the middle of a fit.
      if (signal.aborted) return [];
      throw error;
    }
  }

  /** Several evaluations at a time. An error in one of them stops the others. */
  async function inLanes(lanes: number, next: () => Promise<number | undefined>): Promise<void> {
    const lane = async (): Promise<void> => {
      try {
        while (!isOver()) {
          const number = await next();
          if (number === undefined) return;
          await evaluate(number);
          await breath();
        }
      } catch (error) {
        stop.controller.abort();
        throw error;
      }
    };
    const settled = await Promise.allSettled(Array.from({ length: lanes }, lane));
    for (const outcome of settled) if (outcome.status === "rejected") throw outcome.reason;
  }

  async function evaluate(number: number): Promise<void> {
    let isDone = false;
    while (!isDone && !isOver()) {
      const request = await patiently(() => study.begin(number), waiting);
      const started = performance.now();
      const result = await attempt(request);
      if (result === undefined) return release(number);
      const seconds = (performance.now() - started) / 1000;
      const trial = await recordPatiently(() => study.record(number, result, seconds), {
        result,
        number,
        ...waiting,
      });
      evaluator.acknowledge?.(request);
      isDone = trial !== undefined;
      if (trial === undefined || trial.failure !== undefined) failures++;
      else succeeded = true;
      if (!succeeded && failures >= hopelessAfter) end = "hopeless";
    }
  }

  /** Without room to note it, whoever goes on finds the trial lost, which comes to the same. */
  function release(number: number): void {
    try {
      study.release(number);
    } catch (error) {
      if (!mayPass(error)) throw error;
    }
  }

  /** Undefined where the evaluation was broken off. */
  async function attempt(request: EvaluationRequest): Promise<EvaluationResult | undefined> {
    const running = createEpochCurves();
    let known: readonly Curves[] | undefined;
    const own = new AbortController();
    evaluations.add(own);
    let result: EvaluationResult;
    try {
      result = await evaluator.evaluate({
        ...request,
        signal: own.signal,
        onEpoch(report) {
          study.report(request.trial, report);
          if (medianRule === undefined) return "continue";
          running.add(report);
          known ??= curvesOf(study.knownAt(request.trial));
          const verdict = medianRule.judge(known, running.curves() ?? {});
          // Whatever reports epochs works.
          if (verdict === "stop") succeeded = true;
          return verdict;
        },
      });
    } catch (error) {
      result = { label: Number.NaN, failure: error instanceof Error ? error.message : String(error) };
    } finally {
      evaluations.delete(own);
    }
    return signal.aborted && !Number.isFinite(result.label) ? undefined : result;
  }
}

/** Curves of the trials that ended well. */
function curvesOf(trials: readonly Trial[]): Curves[] {
  return trials.flatMap(({ curves, failure }) => (curves === undefined || failure !== undefined ? [] : [curves]));
}

/** A signal of one's own that follows another. */
function linkedController(outer: AbortSignal | undefined) {
  const controller = new AbortController();
  const follow = (): void => controller.abort(outer?.reason);
  if (outer?.aborted) follow();
  outer?.addEventListener("abort", follow, { once: true });
  return { controller, unlink: () => outer?.removeEventListener("abort", follow) };
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
