import type { EvaluationResult } from "../../evaluator/contract.js";
import type { Explanation, StrategyState } from "../../strategy/contract.js";

/**
 * Where a trial stands. `queued`: suggested, or to be tried again after a failed attempt; `lost`: whatever evaluated it went
 * away before there was a result, so it will be evaluated again; `failed`: no attempt is left.
 */
export type TrialState = "queued" | "running" | "done" | "failed" | "lost";

/** A search as it is kept. */
export interface StoredStudy {
  readonly name: string;
  /** Unlike the name never used again: a study that was deleted and made anew has another. */
  readonly id: string;
  /** Version of Assay that made it. */
  readonly version: string;
  /** Name of the space, or of the benchmark. */
  readonly subject: string;
  /** Name and options of the strategy. */
  readonly strategy: string;
  readonly seed: number;
  /** Queries in all. */
  readonly budget: number;
  /** Why it ended; undefined while it has not. */
  readonly ended?: string;
  /** Whatever else its owner needs to go on: plain data. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Seconds since 1970. */
  readonly createdAt: number;
  /** Of the last change, seconds since 1970. */
  readonly changedAt: number;
  /** Who writes to it; undefined where nobody does, or nobody who is alive. */
  readonly writer?: string;
  /** The id of that owner, for whoever wants to know whether it is gone. */
  readonly writerId?: string;
}

/** A study with what came of it so far. */
export interface StudySummary extends StoredStudy {
  readonly counts: Readonly<Record<TrialState, number>>;
  /** The largest label, with the trial that has it, the earliest where several tie. */
  readonly best?: { readonly number: number; readonly architecture: string; readonly label: number };
}

/** A trial as it is kept. */
export interface StoredTrial {
  /** 0 for the first of the study. */
  readonly number: number;
  /** Text form. */
  readonly architecture: string;
  readonly state: TrialState;
  readonly explanation?: Explanation;
  /** How many attempts failed; lost ones do not count. */
  readonly failedAttempts: number;
  /** How many attempts were lost with the process that made them. */
  readonly lostAttempts: number;
  /** What came of it: of the last attempt, where the trial is done, has failed, or is to be tried again. */
  readonly result?: EvaluationResult;
  /** Where there are several objectives, the value of each. */
  readonly values?: readonly number[];
  /** Wall-clock seconds of the last attempt. */
  readonly seconds?: number;
  /** The decision that suggested it, from 1. */
  readonly askedIn: number;
  /** The decision before which the strategy learnt from it; undefined where it has not yet. */
  readonly observedIn?: number;
  /** Seconds since 1970. */
  readonly askedAt: number;
  readonly startedAt?: number;
  readonly endedAt?: number;
}

/** What views of many trials need of each. */
export interface BriefTrial
  extends Pick<
    StoredTrial,
    "number" | "architecture" | "state" | "explanation" | "failedAttempts" | "lostAttempts" | "values" | "seconds"
  > {
  readonly askedIn: number;
  readonly endedAt?: number;
  readonly result?: Pick<EvaluationResult, "label" | "metrics" | "failure">;
}

/** Which trials are wanted. */
export interface TrialSelection {
  readonly states?: readonly TrialState[];
  /** By number, the newest first, or the largest label first (those that have one only). Default "number". */
  readonly order?: "number" | "newest" | "label";
  /** Leaves out those with a smaller number. */
  readonly from?: number;
  /** Leaves the first ones out. */
  readonly skip?: number;
  readonly count?: number;
  /** Whether series over epochs are wanted too. Default true. */
  readonly curves?: boolean;
}

/** What came of all trials of a study together. */
export interface StudyProgress {
  /** Each trial whose label was larger than all labels before it, by number. */
  readonly improvements: readonly { readonly number: number; readonly label: number }[];
  readonly failedAttempts: number;
  readonly lostAttempts: number;
  /** Wall-clock seconds of the last attempts, added up. */
  readonly seconds: number;
}

/** An attempt at a trial that came to nothing. */
export interface StoredAttempt {
  readonly outcome: "failed" | "lost";
  readonly failure?: string;
  readonly log?: string;
  readonly seconds?: number;
  /** Seconds since 1970. */
  readonly endedAt: number;
}

/** Who writes to a study. */
export interface StudyOwner {
  /** No two owners share it. */
  readonly id: string;
  /** For messages: "process 4711 on host lab3". */
  readonly description: string;
  /** Whether the owner with this id and description is certainly gone, so that its lease is void before it ends. */
  isGone?(id: string, description: string): boolean;
}

/** What a study is made with. */
export interface NewStudy extends Omit<StoredStudy, "createdAt" | "changedAt" | "ended" | "writer" | "writerId"> {}

/** A suggestion. */
export interface NewTrial {
  readonly number: number;
  /** Text form. */
  readonly architecture: string;
  readonly explanation?: Explanation;
}

/** One step of the strategy: what it had learnt, what it suggested, and how it stands. */
export interface Decision {
  /** May be empty: what was learnt before the first suggestion. */
  readonly trials: readonly NewTrial[];
  /** The numbers of the trials that the strategy has learnt from since the last decision. */
  readonly observed: readonly number[];
  readonly state: StrategyState;
}

/** How an attempt ended. */
export interface TrialEnd {
  readonly result: EvaluationResult;
  readonly values?: readonly number[];
  readonly seconds: number;
}

/**
 * The one who writes to a study, by a lease that has to be renewed. Each method is one transaction: it happens wholly or not at all,
 * and when it returns it has happened for good. All throw AssayError `study-taken` where the lease has gone to somebody else.
 */
export interface StudyWriter {
  readonly study: StoredStudy;
  /** The state of the strategy at the last decision; undefined where there was none. */
  readonly state: StrategyState | undefined;
  /** How many decisions there were. */
  readonly decisions: number;
  decide(decision: Decision): void;
  begin(number: number): void;
  /** An attempt failed; the trial is queued again. */
  retry(number: number, end: TrialEnd): void;
  /** The trial is done, or has failed where its label is NaN. */
  end(number: number, end: TrialEnd): void;
  /** An attempt was broken off, not by its own fault; the trial is queued again. */
  release(number: number): void;
  update(changes: { readonly budget?: number; readonly ended?: string | null }): void;
  /** Extends the lease. */
  renew(): void;
  /** Gives the lease back. Trials that run count as lost. */
  close(): void;
}

/**
 * Keeps studies. One writer for each study, any number of readers. `storage/conformance.ts` holds the suite that every
 * implementation passes.
 */
export interface Storage {
  /** For messages, such as a path. */
  readonly location: string;
  /** Who writes where nobody else is named: this program. */
  readonly owner: StudyOwner;
  /** Another number after others have written to it; cheap, for whoever looks on. Absent where that is not known. */
  revision?(): number;
  /** By name. */
  studies(): StudySummary[];
  /** Undefined where there is no study of that name. */
  find(name: string): StudySummary | undefined;
  /** Throws AssayError where there is no such study. */
  trials(name: string, selection?: TrialSelection): StoredTrial[];
  /** The same in brief, several times as fast; absent where that makes no difference. Throws AssayError likewise. */
  briefTrials?(name: string, selection: Pick<TrialSelection, "from" | "count">): BriefTrial[];
  /** Throws AssayError where there is no such study. */
  progress(name: string): StudyProgress;
  /** Those of one trial that failed or were lost, in their order. Throws AssayError where there is no such study. */
  attempts(name: string, trial: number): StoredAttempt[];
  /** Makes a study and takes its lease. Throws AssayError where there is one of that name. */
  create(study: NewStudy, owner: StudyOwner): StudyWriter;
  /** Takes the lease of a study. Trials that ran become lost. Throws AssayError where somebody else writes to it. */
  open(name: string, owner: StudyOwner): StudyWriter;
  /** Throws AssayError where there is no such study or somebody writes to it. */
  delete(name: string, owner: StudyOwner): void;
  close(): void;
}

/** Seconds after which a lease that was not renewed is void. */
export const LEASE_SECONDS = 60;
