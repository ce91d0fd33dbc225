import { readStoredResult, writeStoredResult } from "../../evaluator/storedResult.js";
import type { StrategyState } from "../../strategy/contract.js";
import {
  LEASE_SECONDS,
  type NewStudy,
  type Storage,
  type StoredAttempt,
  type StoredStudy,
  type StoredTrial,
  type StudyOwner,
  type StudyProgress,
  type StudySummary,
  type StudyWriter,
  type TrialEnd,
  type TrialSelection,
  type TrialState,
} from "./contract.js";
import {
  alreadyStudied,
  isSuccess,
  noStudy,
  requireStudyName,
  studyBusy,
  studyTaken,
  trialNotRunning,
} from "./refusals.js";

interface Lease {
  readonly owner: StudyOwner;
  ends: number;
}

/** A study in memory. What its writer changes is replaced, never altered. */
interface Kept {
  study: StoredStudy;
  trials: StoredTrial[];
  /** By number of the trial. */
  attempts: StoredAttempt[][];
  state: StrategyState | undefined;
  decisions: number;
  lease: Lease | undefined;
}

/**
 * Keeps studies in memory: for tests, and where there are no files, as in browsers.
 *
 * @param now seconds since 1970
 * @example
 * const study = await createStudy({ name: "first", storage: createMemoryStorage(), space, strategy: "default" });
 */
export function createMemoryStorage(now: () => number = () => Date.now() / 1000): Storage {
  const kept = new Map<string, Kept>();

  function require(name: string): Kept {
    const found = kept.get(name);
    if (found === undefined) throw noStudy(name, "memory", kept.keys());
    return found;
  }

  function leaseOf({ lease }: Kept): Lease | undefined {
    return lease !== undefined && lease.ends > now() ? lease : undefined;
  }

  function requireFree(name: string, entry: Kept, owner: StudyOwner): void {
    const held = leaseOf(entry);
    if (held === undefined || (owner.isGone?.(held.owner.id, held.owner.description) ?? false)) return;
    throw studyBusy(name, held.owner.description);
  }

  function write(name: string, owner: StudyOwner): StudyWriter {
    const entry = require(name);
    requireFree(name, entry, owner);
    entry.lease = { owner, ends: now() + LEASE_SECONDS };
    loseRunning(entry, now());
    return createWriter(name, entry, owner, now);
  }

  function summarise(entry: Kept): StudySummary {
    const counts: Record<TrialState, number> = { queued: 0, running: 0, done: 0, failed: 0, lost: 0 };
    for (const { state } of entry.trials) counts[state]++;
    const [best] = byLabel(entry.trials);
    const lease = leaseOf(entry);
    return {
      ...entry.study,
      ...(lease === undefined ? {} : { writer: lease.owner.description, writerId: lease.owner.id }),
      counts,
      ...(best === undefined
        ? {}
        : { best: { number: best.number, architecture: best.architecture, label: best.result!.label } }),
    };
  }

  return {
    location: "memory",
    owner: { id: crypto.randomUUID(), description: "this program" },
    studies: () => [...kept.keys()].sort().map((name) => summarise(require(name))),
    find(name) {
      const entry = kept.get(name);
      return entry && summarise(entry);
    },
    trials: (name, selection) => select(require(name).trials, selection),
    progress: (name) => progressOf(require(name).trials),
    attempts: (name, trial) => [...(require(name).attempts[trial] ?? [])],
    create(study: NewStudy, owner) {
      requireStudyName(study.name);
      if (kept.has(study.name)) throw alreadyStudied(study.name, "memory");
      const at = now();
      kept.set(study.name, {
        study: { ...study, createdAt: at, changedAt: at },
        trials: [],
        attempts: [],
        state: undefined,
        decisions: 0,
        lease: undefined,
      });
      return write(study.name, owner);
    },
    open: write,
    delete(name, owner) {
      const entry = require(name);
      requireFree(name, entry, owner);
      // Whoever wrote to it before must hear of it.
      entry.lease = undefined;
      kept.delete(name);
    },
    close: () => undefined,
  };
}

function createWriter(name: string, entry: Kept, owner: StudyOwner, now: () => number): StudyWriter {
  const change = <Result>(act: (at: number) => Result): Result => {
    const at = now();
    if (entry.lease?.owner.id !== owner.id) throw studyTaken(name, entry.lease?.owner.description);
    entry.lease.ends = at + LEASE_SECONDS;
    entry.study = { ...entry.study, changedAt: at };
    return act(at);
  };
  const replace = (number: number, from: readonly TrialState[], make: (trial: StoredTrial) => StoredTrial): void => {
    const trial = entry.trials[number];
    if (trial === undefined || !from.includes(trial.state)) throw trialNotRunning(name, number, trial?.state);
    entry.trials[number] = make(trial);
  };
  const finish = (number: number, state: TrialState, { result, values, seconds }: TrialEnd, failedNow: boolean) =>
    change((endedAt) => {
      replace(number, ["queued", "running", "lost"], (trial) => ({
        ...trial,
        state,
        failedAttempts: trial.failedAttempts + (failedNow ? 1 : 0),
        result: readStoredResult(writeStoredResult(result)),
        ...(values === undefined ? {} : { values }),
        seconds,
        endedAt,
      }));
      if (!failedNow) return;
      const { failure, log } = result;
      noteAttempt(entry, number, {
        outcome: "failed",
        ...(failure === undefined ? {} : { failure }),
        ...(log === undefined ? {} : { log }),
        seconds,
        endedAt,
      });
    });
  return {
    get study() {
      return entry.study;
    },
    state: entry.state,
    decisions: entry.decisions,
    decide: ({ trials, observed, state }) =>
      change((askedAt) => {
        const askedIn = ++entry.decisions;
        for (const number of observed) entry.trials[number] = { ...entry.trials[number], observedIn: askedIn };
        for (const trial of trials) {
          entry.trials[trial.number] = {
            ...trial,
            state: "queued",
            failedAttempts: 0,
            lostAttempts: 0,
            askedIn,
            askedAt,
          };
        }
        entry.state = JSON.parse(JSON.stringify(state)) as StrategyState;
      }),
    begin: (number) =>
      change((startedAt) =>
        replace(number, ["queued", "lost"], (trial) => ({ ...trial, state: "running", startedAt })),
      ),
    retry: (number, end) => finish(number, "queued", end, true),
    end: (number, end) => finish(number, isSuccess(end) ? "done" : "failed", end, !isSuccess(end)),
    release: (number) => change(() => replace(number, ["running"], (trial) => ({ ...trial, state: "queued" }))),
    update: ({ budget, ended }) =>
      change(() => {
        const { ended: before, ...rest } = entry.study;
        const after = ended === undefined ? before : (ended ?? undefined);
        entry.study = {
          ...rest,
          ...(budget === undefined ? {} : { budget }),
          ...(after === undefined ? {} : { ended: after }),
        };
      }),
    renew: () => change(() => undefined),
    close() {
      if (entry.lease?.owner.id !== owner.id) return;
      loseRunning(entry, now());
      entry.lease = undefined;
    },
  };
}

function noteAttempt(entry: Kept, number: number, attempt: StoredAttempt): void {
  entry.attempts[number] = [...(entry.attempts[number] ?? []), attempt];
}

function loseRunning(entry: Kept, at: number): void {
  for (const { number, state } of entry.trials)
    if (state === "running") noteAttempt(entry, number, { outcome: "lost", endedAt: at });
  entry.trials = entry.trials.map((trial) =>
    trial.state === "running"
      ? { ...trial, state: "lost" as const, lostAttempts: trial.lostAttempts + 1, endedAt: at }
      : trial,
  );
}

function byLabel(trials: readonly StoredTrial[]): StoredTrial[] {
  return trials.filter(({ state }) => state === "done").sort((a, b) => b.result!.label - a.result!.label);
}

function progressOf(trials: readonly StoredTrial[]): StudyProgress {
  const improvements: { number: number; label: number }[] = [];
  const sums = { failedAttempts: 0, lostAttempts: 0, seconds: 0 };
  for (const { number, state, result, failedAttempts, lostAttempts, seconds = 0 } of trials) {
    sums.failedAttempts += failedAttempts;
    sums.lostAttempts += lostAttempts;
    sums.seconds += seconds;
    const best = improvements.at(-1)?.label ?? Number.NEGATIVE_INFINITY;
    if (state === "done" && result!.label > best) improvements.push({ number, label: result!.label });
  }
  return { improvements, ...sums };
}

function select(
  all: readonly StoredTrial[],
  { states, order = "number", from = 0, skip = 0, count = all.length, curves = true }: TrialSelection = {},
): StoredTrial[] {
  const ordered = order === "label" ? byLabel(all) : order === "newest" ? all.toReversed() : all;
  const chosen = ordered
    .filter(({ number, state }) => number >= from && (states === undefined || states.includes(state)))
    .slice(skip, skip + count);
  return curves ? chosen : chosen.map(withoutCurves);
}

function withoutCurves({ result, ...trial }: StoredTrial): StoredTrial {
  if (result === undefined) return trial;
  const { curves: _, ...rest } = result;
  return { ...trial, result: rest };
}
