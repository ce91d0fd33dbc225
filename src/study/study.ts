import { AssayError } from "../errors.js";
import type { Answer } from "../evaluator/answer.js";
import type { EpochReport, EvaluationRequest, EvaluationResult } from "../evaluator/contract.js";
import { createGenerator, type Generator } from "../random/index.js";
import type { Catalogue } from "../space/catalogue.js";
import type { Objective, Recommendation, Strategy } from "../strategy/contract.js";
import { writeExplanation } from "../strategy/explanations.js";
import { valuesOf } from "../strategy/objectives.js";
import { createTurns } from "../strategy/turns.js";
import { asKept } from "./asKept.js";
import { type StudyEvents, StudyListeners } from "./events.js";
import { readGiven } from "./givenResult.js";
import { type KeptLease, keepLease } from "./keepLease.js";
import { Ledger, type LedgerEntry, type Outcome } from "./ledger.js";
import { mayPass } from "./recordPatiently.js";
import { requireCount } from "./requireCount.js";
import type { StoredTrial, StudyWriter } from "./storage/contract.js";
import { trialNotRunning } from "./storage/refusals.js";
import type { AskedTrial, StudyParts } from "./studyParts.js";
import { bestTrial, type Trial } from "./trial.js";

/** What an attempt came to: a trial where that was the last, undefined where it will be tried again. */
export type Recorded = Trial | undefined;

/**
 * A search that can be interrupted: it asks a strategy for architectures, takes what evaluations give, and keeps everything. Each step
 * is in the storage before the next, so that a study killed at any instant goes on exactly as if it had not been: the strategy learns in
 * the order of suggestion, whatever order results arrive in, and its state is kept with each decision.
 *
 * Made by `createStudy` and `openStudy`.
 */
export class Study {
  readonly catalogue: Catalogue;
  readonly strategy: Strategy;
  readonly objectives: readonly Objective[] | undefined;
  readonly #ledger = new Ledger();
  readonly #listeners = new StudyListeners();
  readonly #writer: StudyWriter | undefined;
  readonly #seeds: Generator;
  readonly #retries: number;
  readonly #inTurn = createTurns();
  /** Learnt since the last decision. */
  #learnt: number[] = [];
  /** What the strategy has suggested and the storage had no room for yet. */
  #undecided: readonly number[] = [];
  #decisions: number;
  readonly #lease: KeptLease | undefined;
  #ended: string | undefined;

  constructor({
    catalogue,
    createStrategy,
    seed,
    writer,
    stored = [],
    objectives,
    retries = 0,
    warmStart,
  }: StudyParts) {
    this.catalogue = catalogue;
    this.objectives = objectives;
    this.#writer = writer;
    this.#retries = retries;
    this.#seeds = createGenerator(seed).split("trial");
    this.#decisions = writer?.decisions ?? 0;
    this.#ended = writer?.study.ended;
    this.strategy = createStrategy(writer?.state);
    for (const trial of stored) this.#ledger.restore(trial, this.#idOf(trial));
    if (this.#decisions === 0 && warmStart !== undefined && warmStart.length > 0) {
      this.strategy.observe(warmStart);
      this.#decide([]);
    }
    if (writer !== undefined) this.#lease = keepLease(writer, (error) => this.#listeners.tell("fault", { error }));
  }

  /** How many trials were suggested. */
  get size(): number {
    return this.#ledger.size;
  }

  /** How many are done or have failed. */
  get finished(): number {
    return this.#ledger.finished;
  }

  /** How many attempts have failed, those of trials that were tried again included. */
  get failedAttempts(): number {
    return this.#ledger.failedAttempts;
  }

  /** Why the last run ended; undefined where none did, or one goes on. */
  get ended(): string | undefined {
    return this.#ended;
  }

  /** Those that are done or have failed, in the order of suggestion. */
  trials(): Trial[] {
    return this.#ledger.trials();
  }

  /** The trial with the largest label; undefined where none succeeded. */
  best(): Trial | undefined {
    return bestTrial(this.trials());
  }

  /** Calls a listener at each event of a kind. Gives what takes it off again. */
  on<Kind extends keyof StudyEvents>(kind: Kind, listener: (event: StudyEvents[Kind]) => void): () => void {
    return this.#listeners.add(kind, listener);
  }

  /**
   * Up to `count` trials to evaluate: first those that wait for another attempt or were lost with the process that ran them, then new
   * suggestions. They run until `tell` or `fail` is called with their number. Fewer only where the space is exhausted.
   */
  async ask(count: number): Promise<AskedTrial[]> {
    requireCount("count", count);
    // Begun before anybody else has his turn, or two callers would be given the same trial.
    return await this.#inTurn(async () => {
      const numbers = this.waiting().slice(0, count);
      if (numbers.length < count) numbers.push(...(await this.#suggest(count - numbers.length)));
      return numbers.slice(0, count).map((number) => {
        const request = this.begin(number);
        return { ...request, text: request.space.format(request.architecture) };
      });
    });
  }

  /**
   * Records the result of a trial: the label alone, an object with `label` or `accuracy` and further numbers, or all that an evaluator
   * gives. A label that is not finite is a failed attempt. Throws AssayError where there is no such trial, or it has a result already.
   */
  tell(number: number, answer: Answer | EvaluationResult, seconds = 0): Recorded {
    return this.record(number, readGiven(answer), seconds);
  }

  /** Records a failed attempt. The trial is tried again as often as the study was told, then it has failed. */
  fail(number: number, reason: string, seconds = 0): Recorded {
    return this.record(number, { label: Number.NaN, failure: reason }, seconds);
  }

  /** What the strategy would choose, now that it knows every result; undefined where it has no opinion. */
  async recommend(): Promise<Recommendation | undefined> {
    this.learn();
    return await this.strategy.recommend?.();
  }

  /** The numbers of the trials that wait to be evaluated, smallest first. */
  waiting(): number[] {
    return this.#ledger.waiting();
  }

  /** New suggestions, which wait to be evaluated: their numbers. */
  async suggest(count: number): Promise<number[]> {
    return await this.#inTurn(() => this.#suggest(count));
  }

  async #suggest(count: number): Promise<number[]> {
    this.#requireSound();
    if (this.#undecided.length === 0) {
      this.learn();
      this.#undecided = await this.strategy.suggest(count);
    }
    const suggested = this.#undecided;
    if (suggested.length === 0) return [];
    const numbers = this.#decide(suggested).map(({ number }) => number);
    this.#undecided = [];
    this.#listeners.tell("ask", { numbers });
    return numbers;
  }

  /** Marks a waiting trial as running, and gives all that is to be known for its evaluation. */
  begin(number: number): EvaluationRequest {
    this.#requireSound();
    const entry = this.#require(number, ["queued", "lost"]);
    this.#writer?.begin(number);
    this.#ledger.begin(entry);
    this.#listeners.tell("begin", { number });
    return {
      space: this.catalogue.space,
      architecture: this.catalogue.at(entry.architecture),
      id: entry.architecture,
      trial: number,
      seed: this.#seeds.split(number).integer(2 ** 31),
      attempt: entry.failedAttempts,
    };
  }

  /** Records how an attempt ended. */
  record(number: number, result: EvaluationResult, seconds: number): Recorded {
    this.#requireSound();
    const entry = this.#require(number, ["queued", "running", "lost"]);
    const outcome = this.#measure(entry, result, seconds);
    const failed = !Number.isFinite(outcome.result.label);
    if (failed && outcome.result.isFinal !== true && entry.failedAttempts < this.#retries) {
      this.#writer?.retry(number, endOf(outcome));
      this.#ledger.wait(entry, entry.failedAttempts + 1);
      this.#listeners.tell("retry", {
        number,
        failure: outcome.result.failure!,
        attempt: entry.failedAttempts + 1,
      });
      return undefined;
    }
    this.#writer?.end(number, endOf(outcome));
    const trial = this.#ledger.end(entry, outcome);
    this.#listeners.tell("trial", trial);
    return trial;
  }

  /** Tells whoever listens of an epoch of a training. */
  report(number: number, report: EpochReport): void {
    this.#listeners.tell("epoch", { ...report, number });
  }

  /** Puts a running trial back among those that wait: its evaluation was broken off, not by its own fault. */
  release(number: number): void {
    const entry = this.#require(number, ["running"]);
    this.#writer?.release(number);
    this.#ledger.wait(entry, entry.failedAttempts);
  }

  /** Finished trials whose results the strategy knew when it suggested this one, whatever has ended since. */
  knownAt(number: number): Trial[] {
    const entry = this.#ledger.entry(number);
    return entry === undefined ? [] : this.#ledger.knownAt(entry);
  }

  /** Notes why the search ended, or that it goes on. */
  note(changes: { readonly budget?: number; readonly ended?: string | null }): void {
    this.#requireSound();
    this.#writer?.update(changes);
    if (changes.ended !== undefined) this.#ended = changes.ended ?? undefined;
  }

  /** Lets somebody else write to the study. */
  close(): void {
    this.#lease?.stop();
    try {
      this.#writer?.close();
    } catch (error) {
      // Without room to give it back, the lease ends by itself.
      if (!mayPass(error)) throw error;
    }
  }

  /** Tells the strategy what has ended, in the order of suggestion; `suggest` and `recommend` do so themselves. */
  learn(): void {
    const trials = this.#ledger.learn();
    if (trials.length === 0) return;
    this.strategy.observe(trials);
    for (const { number } of trials) this.#learnt.push(number);
  }

  /** Keeps what the strategy suggested and learnt, together with its state. */
  #decide(suggested: readonly number[]): LedgerEntry[] {
    const first = this.#ledger.size;
    const { space } = this.catalogue;
    const explained = suggested.map((architecture) => {
      const explanation = this.strategy.explain?.(architecture);
      return explanation && writeExplanation(explanation);
    });
    this.#writer?.decide({
      trials: suggested.map((architecture, i) => ({
        number: first + i,
        architecture: space.format(this.catalogue.at(architecture)),
        ...(explained[i] === undefined ? {} : { explanation: explained[i] }),
      })),
      observed: this.#learnt,
      state: this.strategy.state(),
    });
    const decision = ++this.#decisions;
    for (const number of this.#learnt) this.#ledger.noteLearnt(number, decision);
    this.#learnt = [];
    return suggested.map((architecture, i) => this.#ledger.propose(architecture, explained[i], decision));
  }

  #measure({ architecture }: LedgerEntry, given: EvaluationResult, seconds: number): Outcome {
    const result = asKept(given);
    if (this.objectives === undefined || !Number.isFinite(result.label)) return { result, values: undefined, seconds };
    const values = valuesOf(this.objectives, { ...result, architecture });
    return typeof values !== "string"
      ? { result, values: values.map((value) => value + 0), seconds }
      : { result: { ...result, label: Number.NaN, failure: values, isFinal: true }, values: undefined, seconds };
  }

  #require(number: number, states: readonly LedgerEntry["state"][]): LedgerEntry {
    const entry = this.#ledger.entry(number);
    if (entry === undefined || !states.includes(entry.state))
      throw trialNotRunning(this.#writer?.study.name ?? "this study", number, entry?.state);
    return entry;
  }

  #idOf({ architecture, number }: StoredTrial): number {
    try {
      return this.catalogue.idOf(this.catalogue.space.parse(architecture));
    } catch (error) {
      throw new AssayError(
        "other-space",
        `Trial ${number} of the study is no architecture of ${this.catalogue.space.name}: ${(error as Error).message}`,
        "Open it with the space that it was made with.",
        { cause: error },
      );
    }
  }

  #requireSound(): void {
    this.#lease?.require();
  }
}

function endOf({ result, values, seconds }: Outcome) {
  return { result, seconds, ...(values === undefined ? {} : { values }) };
}
