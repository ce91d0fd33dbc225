import type { EvaluationResult } from "../evaluator/contract.js";
import type { Explanation } from "../strategy/contract.js";
import type { StoredTrial, TrialState } from "./storage/contract.js";
import type { Trial } from "./trial.js";

/** A trial from its suggestion to its end. */
export interface LedgerEntry {
  readonly number: number;
  /** Catalogue number. */
  readonly architecture: number;
  readonly explanation?: Explanation;
  /** The decision that suggested it. */
  readonly askedIn: number;
  /** The decision before which the strategy learnt from it; undefined where it has not yet. */
  readonly observedIn: number | undefined;
  readonly state: TrialState;
  readonly failedAttempts: number;
  /** What came of it, once it is done or has failed. */
  readonly trial: Trial | undefined;
}

/** An outcome as it goes into the books. */
export interface Outcome {
  readonly result: EvaluationResult;
  readonly values: readonly number[] | undefined;
  readonly seconds: number;
}

/** The books of a study: every trial that was suggested, and where it stands. */
export class Ledger {
  readonly #entries: LedgerEntry[] = [];
  /** Numbers of trials that wait. */
  readonly #waiting = new Set<number>();
  /** Numbers of finished trials that the strategy has not learnt from. */
  #unlearnt: number[] = [];
  #finished = 0;
  #failedAttempts = 0;

  get size(): number {
    return this.#entries.length;
  }

  get finished(): number {
    return this.#finished;
  }

  /** Of all trials together. */
  get failedAttempts(): number {
    return this.#failedAttempts;
  }

  /** Undefined where no such trial was suggested. */
  entry(number: number): LedgerEntry | undefined {
    return this.#entries[number];
  }

  /** All finished ones, by number. */
  trials(): Trial[] {
    return this.#entries.flatMap(({ trial }) => (trial === undefined ? [] : [trial]));
  }

  /** The numbers of the trials that wait to be evaluated, smallest first. */
  waiting(): number[] {
    return [...this.#waiting].sort((a, b) => a - b);
  }

  /** Finished trials whose results the strategy knew when it suggested this one, by number. */
  knownAt({ askedIn }: LedgerEntry): Trial[] {
    return this.#entries.flatMap(({ trial, observedIn }) =>
      trial === undefined || observedIn === undefined || observedIn > askedIn ? [] : [trial],
    );
  }

  propose(architecture: number, explanation: Explanation | undefined, askedIn: number): LedgerEntry {
    const entry: LedgerEntry = {
      number: this.#entries.length,
      architecture,
      ...(explanation === undefined ? {} : { explanation }),
      askedIn,
      observedIn: undefined,
      state: "queued",
      failedAttempts: 0,
      trial: undefined,
    };
    this.#entries.push(entry);
    this.#waiting.add(entry.number);
    return entry;
  }

  /** Takes a trial over from a storage. */
  restore(stored: StoredTrial, architecture: number): void {
    const { number, explanation, askedIn, observedIn, state, failedAttempts, result } = stored;
    const isFinished = state === "done" || state === "failed";
    const entry: LedgerEntry = {
      number,
      architecture,
      ...(explanation === undefined ? {} : { explanation }),
      askedIn,
      observedIn,
      state,
      failedAttempts,
      trial: undefined,
    };
    const outcome = result && { result, values: stored.values, seconds: stored.seconds ?? 0 };
    this.#failedAttempts += failedAttempts;
    this.#entries[number] = isFinished && outcome ? { ...entry, trial: trialOf(entry, outcome) } : entry;
    if (!isFinished) this.#waiting.add(number);
    else {
      this.#finished++;
      if (observedIn === undefined) this.#unlearnt.push(number);
    }
  }

  begin(entry: LedgerEntry): void {
    this.#waiting.delete(entry.number);
    this.#entries[entry.number] = { ...entry, state: "running" };
  }

  /** Back to those that wait. */
  wait(entry: LedgerEntry, failedAttempts: number): void {
    this.#failedAttempts += failedAttempts - entry.failedAttempts;
    this.#entries[entry.number] = { ...entry, state: "queued", failedAttempts };
    this.#waiting.add(entry.number);
  }

  end(entry: LedgerEntry, outcome: Outcome): Trial {
    const failed = !Number.isFinite(outcome.result.label);
    const ended = { ...entry, failedAttempts: entry.failedAttempts + (failed ? 1 : 0) };
    const trial = trialOf(ended, outcome);
    this.#failedAttempts += ended.failedAttempts - entry.failedAttempts;
    this.#waiting.delete(entry.number);
    this.#entries[entry.number] = { ...ended, state: failed ? "failed" : "done", trial };
    this.#finished++;
    this.#unlearnt.push(entry.number);
    return trial;
  }

  /** The finished trials that the strategy has not learnt from, by number; it has once this was called. */
  learn(): Trial[] {
    const numbers = this.#unlearnt.sort((a, b) => a - b);
    this.#unlearnt = [];
    return numbers.map((number) => this.#entries[number].trial!);
  }

  /** Notes which decision had learnt from a trial. */
  noteLearnt(number: number, observedIn: number): void {
    this.#entries[number] = { ...this.#entries[number], observedIn };
  }
}

function trialOf(entry: LedgerEntry, { result, values, seconds }: Outcome): Trial {
  const { number, architecture, explanation, failedAttempts } = entry;
  const { label, metrics, curves, failure, log } = result;
  const failed = !Number.isFinite(label);
  const attempts = failedAttempts + (failed ? 0 : 1);
  return {
    number,
    architecture,
    label: failed ? Number.NaN : label,
    metrics: metrics ?? {},
    ...(values === undefined || failed ? {} : { values }),
    ...(curves === undefined ? {} : { curves }),
    ...(explanation === undefined ? {} : { explanation }),
    ...(failed ? { failure: failure ?? `the evaluator gave the label ${label}` } : {}),
    ...(attempts > 1 ? { attempts } : {}),
    ...(log === undefined ? {} : { log }),
    seconds,
  };
}
