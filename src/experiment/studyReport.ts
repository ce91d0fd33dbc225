import { z } from "zod";
import { AssayError } from "../errors.js";
import { shownAddress } from "../evaluator/http/shownAddress.js";
import { explanationSchema } from "../strategy/explanations.js";
import type { Storage, StoredTrial, StudySummary } from "../study/index.js";
import { version } from "../version.js";
import { storedFront, storedFrontSchema } from "./storedFront.js";

/*
 * What is told of stored studies. Stable like the other reports: fields are only ever added while `schema` is 1.
 */

const number = z.number().nullable();
const count = z.int().min(0);
const time = z.iso.datetime();

const summarySchema = z.object({
  name: z.string(),
  id: z.string().describe("unlike the name never used again"),
  madeWith: z.string().describe("version of Assay"),
  subject: z.string().describe("name of the space or of the benchmark"),
  strategy: z.string().describe("name and options"),
  seed: z.int(),
  budget: count.describe("queries in all; 0 where the program that asks decides"),
  state: z.enum(["running", "stopped", "ended"]),
  ended: z.string().optional().describe("why it ended: budget, exhausted, stopped or hopeless"),
  writer: z.string().optional().describe("who writes to it; absent where nobody does"),
  counts: z
    .object({ queued: count, running: count, done: count, failed: count, lost: count })
    .describe("trials by state; those that ran under a writer who is gone count as lost"),
  best: z
    .object({ number: count, architecture: z.string(), label: z.number() })
    .optional()
    .describe("the largest label; absent where no trial succeeded"),
  created: time,
  changed: time,
});

const trialSchema = z.object({
  number: count.describe("0 for the first of the study"),
  architecture: z.string().describe("text form"),
  state: z.enum(["queued", "running", "done", "failed", "lost"]),
  label: number.describe("null where there is none"),
  metrics: z.record(z.string(), number),
  values: z.array(z.number()).optional().describe("of each objective, where there are several"),
  curves: z
    .record(z.string(), z.array(number))
    .optional()
    .describe("one number for each epoch; where one trial is asked for"),
  explanation: explanationSchema.optional(),
  failure: z.string().optional(),
  failedAttempts: count,
  lostAttempts: count,
  seconds: number.describe("of the last attempt"),
  asked: time,
  started: time.optional(),
  ended: time.optional(),
  log: z.string().optional(),
});

const origin = { schema: z.literal(1), version: z.string(), storage: z.string().describe("as given") };

/** What `assay studies --json` writes. */
export const studiesReportSchema = z.object({
  ...origin,
  kind: z.literal("studies"),
  studies: z.array(summarySchema),
});

/** What `assay show --json` writes. */
export const studyReportSchema = z.object({
  ...origin,
  kind: z.literal("study"),
  study: summarySchema.extend({ settings: z.record(z.string(), z.unknown()) }),
  attempts: z.object({ failed: count, lost: count }).describe("over all trials"),
  seconds: z.number().describe("of the last attempts of all trials, added up"),
  improvements: z
    .array(z.object({ number: count, label: z.number() }))
    .describe("each trial with a larger label than all before it"),
  top: z.array(trialSchema).describe("the best label first"),
  failures: z.array(trialSchema).describe("trials that failed, the newest first"),
  front: storedFrontSchema.optional().describe("where a search has several objectives"),
});

/** What `assay show --trial --json` writes. */
export const storedTrialReportSchema = z.object({
  ...origin,
  kind: z.literal("trial"),
  study: z.string(),
  subject: z.string(),
  trial: trialSchema,
  attempts: z
    .array(
      z.object({
        outcome: z.enum(["failed", "lost"]),
        failure: z.string().optional(),
        log: z.string().optional(),
        seconds: z.number().optional(),
        ended: time,
      }),
    )
    .describe("those that came to nothing, in their order"),
});

export type StudiesReport = z.infer<typeof studiesReportSchema>;
export type StudyReport = z.infer<typeof studyReportSchema>;
export type StoredTrialReport = z.infer<typeof storedTrialReportSchema>;
export type ReportedStudy = z.infer<typeof summarySchema>;
export type ReportedTrial = z.infer<typeof trialSchema>;

/** How much of a study is told. */
export interface StudyReportOptions {
  /** How many of the best trials. Default 10. */
  readonly trials?: number;
  /** How many of the last failures. Default 3. */
  readonly failures?: number;
}

/**
 * All studies of a storage, by name.
 *
 * @example
 * const { studies } = reportStudies(openSqliteStorage("assay.db", { mustExist: true }));
 */
export function reportStudies(storage: Storage): StudiesReport {
  return {
    ...originOf(storage),
    kind: "studies",
    studies: storage.studies().map((study) => summarise(study, storage)),
  };
}

/**
 * One study: what it is, how far it has come, its best trials and its last failures. Takes well under a second for 100,000 trials.
 * Throws AssayError where there is no such study.
 */
export function reportStudy(storage: Storage, name: string, options: StudyReportOptions = {}): StudyReport {
  const { trials = 10, failures = 3 } = options;
  const { improvements, failedAttempts, lostAttempts, seconds } = storage.progress(name);
  const study = storage.find(name)!;
  const front = storedFront(storage, name);
  return {
    ...originOf(storage),
    kind: "study",
    study: { ...summarise(study, storage), settings: hideSecrets(study.settings) },
    attempts: { failed: failedAttempts, lost: lostAttempts },
    seconds,
    improvements: improvements.map((step) => ({ ...step })),
    top: storage.trials(name, { order: "label", count: trials, curves: false }).map(writeTrial),
    failures: storage
      .trials(name, { states: ["failed"], order: "newest", count: failures, curves: false })
      .map(writeTrial),
    ...(front === undefined ? {} : { front }),
  };
}

/** The address of a service may hold a password, which is needed to go on and is nobody else's business. */
function hideSecrets(settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const hide = (given: object): object =>
    "http" in given && typeof given.http === "string" ? { ...given, http: shownAddress(given.http) } : given;
  const { options } = settings;
  return { ...settings, ...(typeof options === "object" && options !== null ? { options: hide(options) } : {}) };
}

/** Everything of one trial. Throws AssayError where there is no such study or trial. */
export function reportStoredTrial(storage: Storage, name: string, trial: number): StoredTrialReport {
  const [found] = storage.trials(name, { from: trial, count: 1 });
  const study = storage.find(name)!;
  if (found?.number !== trial) {
    const trials = Object.values(study.counts).reduce((sum, some) => sum + some, 0);
    throw new AssayError(
      "no-trial",
      `The study "${name}" has no trial ${trial}.`,
      trials === 0 ? "It has none yet." : `Give a number from 0 to ${trials - 1}.`,
    );
  }
  return {
    ...originOf(storage),
    kind: "trial",
    study: name,
    subject: study.subject,
    trial: writeTrial(found),
    attempts: storage.attempts(name, trial).map(({ endedAt, ...attempt }) => ({ ...attempt, ended: timeOf(endedAt) })),
  };
}

function originOf({ location }: Storage): { schema: 1; version: string; storage: string } {
  return { schema: 1, version, storage: location };
}

/** Whether somebody works on a study, and its trials by state: those that ran under a writer who is gone count as lost. */
export function standingOf(
  study: StudySummary,
  { owner }: Storage,
): Pick<ReportedStudy, "state" | "writer" | "counts"> {
  const { ended, counts } = study;
  // A process that was killed holds its lease until it ends.
  const isAlive = study.writer !== undefined && owner.isGone?.(study.writerId ?? "", study.writer) !== true;
  const isOver = ended !== undefined && ended !== "stopped";
  if (isAlive) return { state: "running", writer: study.writer, counts: { ...counts } };
  return {
    state: isOver ? "ended" : "stopped",
    counts: { ...counts, running: 0, lost: counts.lost + counts.running },
  };
}

function summarise(study: StudySummary, storage: Storage): ReportedStudy {
  const { name, id, subject, strategy, seed, budget, ended, best } = study;
  const { state, writer, counts } = standingOf(study, storage);
  return {
    name,
    id,
    madeWith: study.version,
    ...{ subject, strategy, seed, budget },
    state,
    ...(ended === undefined ? {} : { ended }),
    ...(writer === undefined ? {} : { writer }),
    counts,
    ...(best === undefined ? {} : { best: { ...best } }),
    created: timeOf(study.createdAt),
    changed: timeOf(study.changedAt),
  };
}

function writeTrial(trial: StoredTrial): ReportedTrial {
  const { number, architecture, state, explanation, failedAttempts, lostAttempts, result, values } = trial;
  const { startedAt, endedAt } = trial;
  const { label, metrics = {}, curves, failure, log } = result ?? {};
  return {
    ...{ number, architecture, state },
    label: orNull(label),
    metrics: mapValues(metrics, orNull),
    ...(values === undefined ? {} : { values: [...values] }),
    ...(curves === undefined ? {} : { curves: mapValues(curves, (series) => series.map(orNull)) }),
    ...(explanation === undefined ? {} : { explanation }),
    ...(failure === undefined ? {} : { failure }),
    ...{ failedAttempts, lostAttempts },
    seconds: orNull(trial.seconds),
    asked: timeOf(trial.askedAt),
    ...(startedAt === undefined ? {} : { started: timeOf(startedAt) }),
    ...(endedAt === undefined ? {} : { ended: timeOf(endedAt) }),
    ...(log === undefined ? {} : { log }),
  };
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

function orNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

function timeOf(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString();
}
