import { hostname } from "node:os";
import type { Job, Worker } from "bullmq";
import { AssayError } from "../../errors.js";
import type { EpochReport } from "../contract.js";
import { type StoredResult, storedResultSchema } from "../storedResult.js";
import type { EvaluationTask } from "../task.js";
import { openConnection } from "./connection.js";
import type { TaskFunction } from "./contract.js";
import {
  checkQueueName,
  defaultQueue,
  queueJobSchema,
  queuePrefix,
  queueProtocol,
  queueVersionSchema,
  resultKey,
  stopKey,
} from "./job.js";
import { type RunningTask, runTask } from "./runTask.js";

/** One trial that a worker has finished. */
export interface FinishedTask {
  readonly task: EvaluationTask;
  readonly result: StoredResult;
  readonly seconds: number;
}

/** Options of `createQueueWorker`. */
export interface QueueWorkerOptions {
  /** Such as `rediss://user:password@host:6380`. It is never shown. */
  readonly url: string;
  /** Name of the queue. Default "assay". */
  readonly queue?: string | undefined;
  /** Trials at the same time. Default 1. */
  readonly concurrency?: number | undefined;
  /** Seconds after which an evaluation has failed; a shorter limit of the coordinator counts. Default: no limit. */
  readonly timeout?: number | undefined;
  /** Seconds without a sign of life after which another worker may have the trials of this one. Default 30. */
  readonly lock?: number | undefined;
  readonly onFinished?: ((finished: FinishedTask) => void) | undefined;
  /** Hears of lost connections and lost trials. */
  readonly onMessage?: ((line: string) => void) | undefined;
}

/** Takes trials from a queue and evaluates them. */
export interface QueueWorker {
  /** Host and process. */
  readonly name: string;
  /** For messages: the address without user and password. */
  readonly shown: string;
  /** Trials that run now. */
  readonly running: number;
  /**
   * Works until `signal` is aborted, and then until the trials that run are finished; `atOnce` gives those back to the queue.
   * Throws AssayError where the queue asks for more than this version knows.
   */
  run(signal: AbortSignal, atOnce?: AbortSignal): Promise<void>;
}

/** How long a result waits for its job to be marked as done. */
const RESULT_SECONDS = 24 * 3600;
/** A trial that takes its worker down again and again is for people to find. */
const ANY_NUMBER = 1_000_000_000;
/** An evaluation that does not react to being stopped is left behind. */
const PATIENCE_MILLISECONDS = 15_000;

/**
 * Makes a worker. Each result is written once, before its job is marked as done: a worker that was slow, away or without Redis
 * and whose trial was given to another neither loses what it finished nor adds a second result.
 *
 * Throws AssayError where bullmq or ioredis is not installed or Redis does not answer.
 *
 * @example
 * const worker = await createQueueWorker(async ({ parameters }) => ({ label: train(parameters) }), { url, concurrency: 2 });
 * await worker.run(signal);
 */
export async function createQueueWorker(evaluate: TaskFunction, options: QueueWorkerOptions): Promise<QueueWorker> {
  const { url, concurrency = 1, timeout, lock = 30, onFinished, onMessage } = options;
  const queue = checkQueueName(options.queue ?? defaultQueue);
  if (!(Number.isInteger(concurrency) && concurrency >= 1))
    throw new AssayError("bad-option", `A worker does at least 1 trial at the same time, got ${concurrency}.`);
  for (const [option, value] of Object.entries({ timeout, lock }))
    if (value !== undefined && !(value > 0))
      throw new AssayError("bad-option", `Option "${option}" of a worker must be above 0 seconds, got ${value}.`);
  const connection = await openConnection(url, { onMessage });
  const { client, driver, say } = connection;
  const name = `${hostname()}:${process.pid}`;
  const tasks = new Map<Job, RunningTask>();
  const ending = new AbortController();
  let refusal: AssayError | undefined;
  const key = (rest: string): string => `${queuePrefix}:${queue}:${rest}`;

  async function evaluateJob(job: Job, token: string | undefined): Promise<StoredResult> {
    const version = queueVersionSchema.safeParse(job.data);
    if (version.success && version.data.protocol > queueProtocol) {
      refusal = new AssayError(
        "old-worker",
        `The queue ${queue} holds trials of a newer version of assay, which this worker does not understand.`,
        "Bring this worker up to date. The trials went back to the queue.",
      );
      ending.abort();
      return backToQueue(job, token);
    }
    const data = queueJobSchema.safeParse(job.data);
    if (!data.success) throw new Error(`worker ${name} cannot read this trial: ${data.error.issues[0].message}`);
    // Somebody had it before: was it finished, and only not marked as done?
    const known = job.attemptsStarted > 1 ? await client.get(key(resultKey(job.id!))) : null;
    if (known !== null) return readKept(known);

    const { task } = data.data;
    const started = performance.now();
    let news = Promise.resolve();
    const running = runTask(evaluate, task, shortest(timeout, data.data.timeout), (report) => {
      news = news.then(() => tell(job, report, running)).catch(connection.report);
    });
    tasks.set(job, running);
    const result = await running.result.finally(() => tasks.delete(job));
    if (result === undefined) return backToQueue(job, token);
    await news;
    const first = await keepFirst(job.id!, withHost(result));
    onFinished?.({ task, result: first, seconds: (performance.now() - started) / 1000 });
    return first;
  }

  /** Reports an epoch and hears whether the trial goes on. */
  async function tell(job: Job, { epoch, values }: EpochReport, running: RunningTask): Promise<void> {
    await job.updateProgress({ epoch, values });
    const [stop, result] = await client.mget(key(stopKey(job.id!)), key(resultKey(job.id!)));
    // A result: another worker that was thought lost has finished it.
    if (stop !== null || result !== null) running.stop();
  }

  /** Writes the result unless there is one, and gives the one that counts. */
  async function keepFirst(id: string, result: StoredResult): Promise<StoredResult> {
    const written = await client.set(key(resultKey(id)), JSON.stringify(result), "EX", RESULT_SECONDS, "NX");
    const kept = written === null ? await client.get(key(resultKey(id))) : null;
    return kept === null ? result : readKept(kept);
  }

  async function backToQueue(job: Job, token: string | undefined): Promise<never> {
    await job.moveToWait(token);
    throw new driver.WaitingError();
  }

  function createWorker(): Worker {
    const worker = new driver.Worker(queue, evaluateJob, {
      connection: client,
      prefix: queuePrefix,
      name,
      concurrency,
      autorun: false,
      lockDuration: lock * 1000,
      stalledInterval: lock * 500,
      maxStalledCount: ANY_NUMBER,
      runRetryDelay: 1000,
    });
    worker.on("error", (error) => {
      // The trial went to another worker; the result is kept all the same, and that has been said.
      if (!/lock/i.test(error.message)) connection.report(error);
    });
    worker.on("lockRenewalFailed", (ids) => {
      for (const job of tasks.keys())
        if (ids.includes(job.id!))
          say(`trial ${trialOf(job)} was given to another worker too; the first result counts`);
    });
    worker.on("failed", (job, error) =>
      say(`trial ${job === undefined ? "?" : trialOf(job)} failed: ${error.message}`),
    );
    return worker;
  }

  return {
    name,
    shown: connection.address.shown,
    get running() {
      return tasks.size;
    },
    async run(signal, atOnce) {
      const worker = createWorker();
      const stopped = new Promise<void>((resolve) => {
        for (const one of [signal, ending.signal]) {
          if (one.aborted) resolve();
          one.addEventListener("abort", () => resolve(), { once: true });
        }
      });
      const works = worker.run().catch(connection.report);
      await stopped;
      const closed = Promise.all([worker.close(), works]);
      await Promise.race([closed, givenBack(atOnce, tasks, closed)]);
      await connection.close();
      if (refusal !== undefined) throw refusal;
    },
  };
}

/** Gives back what runs once `atOnce` is aborted. Settles when that is done, or when it takes too long. */
function givenBack(
  atOnce: AbortSignal | undefined,
  tasks: ReadonlyMap<Job, RunningTask>,
  closed: Promise<unknown>,
): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      for (const task of tasks.values()) task.giveBack();
      const timer = setTimeout(resolve, PATIENCE_MILLISECONDS);
      closed.catch(() => undefined).finally(() => clearTimeout(timer));
    };
    if (atOnce?.aborted) end();
    else atOnce?.addEventListener("abort", end, { once: true });
  });
}

function readKept(text: string): StoredResult {
  return storedResultSchema.parse(JSON.parse(text));
}

/** A log is a file of this machine. */
function withHost(result: StoredResult): StoredResult {
  return result.log === undefined ? result : { ...result, log: `${hostname()}:${result.log}` };
}

function shortest(...limits: readonly (number | undefined)[]): number | undefined {
  const given = limits.filter((limit) => limit !== undefined);
  return given.length === 0 ? undefined : Math.min(...given);
}

function trialOf(job: Job): string {
  const { trial } = (job.data as { readonly task?: { readonly trial?: number } }).task ?? {};
  return String(trial ?? job.id);
}
