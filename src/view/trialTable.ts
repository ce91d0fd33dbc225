import type { BriefTrial, TrialState } from "../study/index.js";
import { pause } from "./pause.js";

/** Trials that are read in one go; others get their turn in between. */
const SLICE = 4000;
/** More trials than this that may still change are read as a range, not one by one. */
const MOST_SINGLE = 64;
const LONGEST_FAILURE = 1000;
/** A study whose evaluations name each metric differently must not fill the memory. */
const MOST_METRICS = 64;

type Cell = number | null;

/**
 * The trials of one study in columns, brought up to date by reading what is new and what may have changed. One member of each list for
 * each trial, in rising order of numbers; null where a trial has no such value. The lists are replaced by nobody: read, never change them.
 */
export class TrialTable {
  readonly number: number[] = [];
  readonly state: TrialState[] = [];
  readonly architecture: string[] = [];
  readonly decision: number[] = [];
  readonly reason: (string | null)[] = [];
  readonly predicted: Cell[] = [];
  readonly doubt: Cell[] = [];
  readonly attempts: number[] = [];
  readonly endedAt: Cell[] = [];
  readonly failure: (string | null)[] = [];
  readonly label: Cell[] = [];
  readonly seconds: Cell[] = [];
  /** Of each metric that trials have, in order of appearance. */
  readonly metrics = new Map<string, Cell[]>();
  /** Of each objective, in their order; none where there is one. */
  readonly objectives: Cell[][] = [];
  /** Counts up whenever something changed. */
  version = 0;

  readonly #rowOfArchitecture = new Map<string, number>();
  /** Rows whose trials may still change. */
  readonly #open = new Set<number>();
  #updating: Promise<void> = Promise.resolve();

  get length(): number {
    return this.number.length;
  }

  /** Row of an architecture, the last where it was tried several times; undefined where it was not. */
  rowOfArchitecture(text: string): number | undefined {
    return this.#rowOfArchitecture.get(text);
  }

  /** Row of the first trial with this number or a larger one. */
  rowFrom(number: number): number {
    if (this.number[number] === number) return number;
    let low = 0;
    for (let high = this.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (this.number[middle] < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Reads what is new. Updates run one after the other.
   *
   * @param read gives trials from a number on; may throw
   */
  update(read: (from: number, count: number) => Promise<readonly BriefTrial[]>): Promise<void> {
    const updated = this.#updating.catch(() => undefined).then(() => this.#read(read));
    this.#updating = updated;
    return updated;
  }

  async #read(read: Parameters<TrialTable["update"]>[0]): Promise<void> {
    const open = [...this.#open];
    let next = this.length === 0 ? 0 : this.number[this.length - 1] + 1;
    if (open.length > MOST_SINGLE) next = this.number[open.reduce((least, row) => Math.min(least, row))];
    else {
      for (const row of open) {
        const [trial] = await read(this.number[row], 1);
        if (trial?.number === this.number[row]) this.#set(row, trial);
      }
    }
    for (;;) {
      const trials = await read(next, SLICE);
      for (const trial of trials) {
        const row = this.rowFrom(trial.number);
        this.#set(row, trial);
      }
      if (trials.length < SLICE) return;
      next = trials[trials.length - 1].number + 1;
      await pause();
    }
  }

  #set(row: number, trial: BriefTrial): void {
    const { state, explanation, result, values } = trial;
    const hasEnded = state === "done" || state === "failed";
    if (row < this.length && this.state[row] === state && this.attempts[row] === attemptsOf(trial)) return;
    this.version++;
    this.number[row] = trial.number;
    this.state[row] = state;
    this.architecture[row] = trial.architecture;
    this.decision[row] = trial.askedIn;
    this.reason[row] = explanation?.reason ?? null;
    this.predicted[row] = orNull(explanation?.predicted?.mean);
    this.doubt[row] = orNull(explanation?.predicted?.standardDeviation);
    this.attempts[row] = attemptsOf(trial);
    this.endedAt[row] = orNull(trial.endedAt);
    this.failure[row] = result?.failure?.slice(0, LONGEST_FAILURE) ?? null;
    this.label[row] = state === "done" ? orNull(result?.label) : null;
    this.seconds[row] = orNull(trial.seconds);
    for (const column of this.metrics.values()) column[row] = null;
    for (const column of this.objectives) column[row] = null;
    const metrics = result?.metrics;
    if (metrics !== undefined) {
      // A loop over names of objects that may hold anything: only their own.
      for (const name of Object.keys(metrics)) this.#setMetric(name, row, orNull(metrics[name]));
    }
    if (values !== undefined)
      for (const [place, value] of values.entries()) this.#objective(place)[row] = orNull(value);
    this.#rowOfArchitecture.set(trial.architecture, row);
    if (hasEnded) this.#open.delete(row);
    else this.#open.add(row);
  }

  #setMetric(name: string, row: number, value: Cell): void {
    let column = this.metrics.get(name);
    if (column === undefined) {
      if (this.metrics.size === MOST_METRICS) return;
      column = new Array<Cell>(this.length).fill(null);
      this.metrics.set(name, column);
    }
    column[row] = value;
  }

  #objective(place: number): Cell[] {
    while (this.objectives.length <= place) this.objectives.push(new Array<Cell>(this.length).fill(null));
    return this.objectives[place];
  }
}

function attemptsOf({ state, failedAttempts, lostAttempts }: BriefTrial): number {
  return failedAttempts + lostAttempts + (state === "done" || state === "running" ? 1 : 0);
}

function orNull(value: number | null | undefined): Cell {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
