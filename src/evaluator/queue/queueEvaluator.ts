import type { Queue } from "bullmq";
import { AssayError } from "../../errors.js";
import { failed } from "../answer.js";
import type { EpochReport, EvaluationRequest, EvaluationResult, Evaluator } from "../contract.js";
import { readStoredResult, storedResultSchema } from "../storedResult.js";
import { writeTask } from "../task.js";
import { openConnection, type QueueConnection } from "./connection.js";
import {
  checkQueueName,
  defaultQueue,
  jobIdOf,
  jobIdPrefix,
  queuePrefix,
  queueProtocol,
  resultKey,
  stopKey,
} from "./job.js";

/** Options of `createQueueEvaluator`. */
export interface QueueEvaluatorOptions {
  /** Such as `rediss://user:password@host:6380`. It is never shown; see `redactUrl`. */
  readonly url: string;
  /** Name of the queue; workers take from the one they are given. Default "assay". */
  readonly queue?: string;
  /** Unique id of the study. One that goes on under the same id gets the jobs and results that are there already. */
  readonly study: string;
  /** What workers show, and what tasks say of the study. Default: its id. */
  readonly studyName?: string;
  /** Seconds after which an evaluation has failed, counted from when a worker began. Default: no limit. */
  readonly timeout?: number;
  /** Seconds that results stay in Redis where nobody clears them. Default: a week. */
  readonly keep?: number;
  /** Seconds between two looks at whether jobs or news of them were lost. Default 5. */
  readonly recheck?: number;
  /** Hears of the connection being lost and found. */
  readonly onMessage?: (line: string) => void;
}

/** An evaluator that hands its work to other machines. */
export interface QueueEvaluator extends Evaluator {
  acknowledge(request: EvaluationRequest): void;
  /** Removes what Redis still has of the study, running evaluations aside. For the end of a study. */
  clear(): Promise<void>;
  /** How many evaluations that were given up by `signal` go on at workers; a study that is resumed gets their results. */
  readonly leftRunning: number;
  close(): Promise<void>;
}

interface Pending {
  readonly id: string;
  readonly request: EvaluationRequest;
  readonly data: object;
  readonly result: Promise<EvaluationResult>;
  readonly settle: (result: EvaluationResult) => void;
  /** Settled once the queue has the job. */
  added: Promise<void>;
  /** The last epoch that was passed on. */
  epoch: number;
}

const WEEK_SECONDS = 7 * 24 * 3600;
/** Jobs that are looked at together. */
const CHUNK = 500;

/**
 * Evaluates on other machines: each request becomes a job in Redis (BullMQ), and any `assay worker` takes it. The job of a worker
 * that dies is given to another. The id of a job follows from study, trial and attempt, so that a program that was killed
 * and asks again gets the job that runs already, or its result.
 *
 * Throws AssayError where bullmq or ioredis is not installed or Redis does not answer.
 *
 * @example
 * const evaluator = await createQueueEvaluator({ url: process.env.ASSAY_QUEUE_URL!, study: "first" });
 */
export async function createQueueEvaluator(options: QueueEvaluatorOptions): Promise<QueueEvaluator> {
  const { url, study, timeout, keep = WEEK_SECONDS, recheck = 5, onMessage } = options;
  const { studyName = study } = options;
  const name = checkQueueName(options.queue ?? defaultQueue);
  if (study === "") throw new AssayError("bad-option", 'Option "study" of the queue evaluator must not be empty.');
  for (const [option, value] of Object.entries({ timeout, keep, recheck }))
    if (value !== undefined && !(value > 0))
      throw new AssayError("bad-option", `Option "${option}" of the queue evaluator must be above 0, got ${value}.`);
  const connection = await openConnection(url, { onMessage });
  const { client } = connection;
  const queue = new connection.driver.Queue(name, {
    connection: client,
    prefix: queuePrefix,
    defaultJobOptions: { removeOnComplete: { age: keep }, removeOnFail: { age: keep }, stackTraceLimit: 0 },
  });
  queue.on("error", connection.report);
  const pending = new Map<string, Pending>();
  const events = await listen(connection, queue, pending, check);
  let leftRunning = 0;
  let isClosed = false;
  const background = new Set<Promise<unknown>>();

  function inBackground(work: Promise<unknown>): void {
    const guarded = work.catch(connection.report).finally(() => background.delete(guarded));
    background.add(guarded);
  }

  async function add({ id, data }: Pending): Promise<void> {
    await queue.add("evaluate", data, { jobId: id });
  }

  /** Looks whether results are there, and adds again what is not there at all. */
  async function check(ids: readonly string[]): Promise<void> {
    for (let first = 0; first < ids.length; first += CHUNK) {
      const chunk = ids.slice(first, first + CHUNK);
      const results = await client.mget(chunk.map((id) => queue.toKey(resultKey(id))));
      await Promise.all(
        chunk.map(async (id, i) => {
          const entry = pending.get(id);
          if (entry === undefined) return;
          const stored = results[i];
          if (stored !== null) return entry.settle(readResult(JSON.parse(stored)));
          const job = await queue.getJob(id);
          // What is lost (a Redis that forgot its last second) is asked for again: under the same id, so at most once.
          if (job === undefined) return pending.has(id) ? add(entry) : undefined;
          if (job.finishedOn === undefined) return;
          entry.settle(job.failedReason ? failed(oneLine(job.failedReason)) : readResult(job.returnvalue));
        }),
      );
    }
  }

  let isChecking = false;
  const timer = setInterval(() => {
    if (isChecking || pending.size === 0) return;
    isChecking = true;
    inBackground(check([...pending.keys()]).finally(() => (isChecking = false)));
  }, recheck * 1000);

  /** Takes a job back that no worker has begun. Taking it out of the list makes sure that none will. */
  async function takeBack(entry: Pending): Promise<void> {
    await entry.added;
    const removed = await client.lrem(queue.toKey("wait"), 1, entry.id);
    if (removed > 0) await queue.remove(entry.id);
    else leftRunning++;
  }

  function begin(id: string, request: EvaluationRequest, data: object): Pending {
    let resolveResult: (result: EvaluationResult) => void = () => undefined;
    const result = new Promise<EvaluationResult>((resolve) => {
      resolveResult = resolve;
    });
    const onAbort = (): void => {
      if (!pending.has(id)) return;
      inBackground(takeBack(entry));
      entry.settle(failed("cancelled"));
    };
    const settle = (found: EvaluationResult): void => {
      if (!pending.delete(id)) return;
      request.signal?.removeEventListener("abort", onAbort);
      resolveResult(found);
    };
    const entry: Pending = { id, request, data, result, settle, added: Promise.resolve(), epoch: 0 };
    pending.set(id, entry);
    request.signal?.addEventListener("abort", onAbort, { once: true });
    entry.added = add(entry).catch((error: unknown) => {
      connection.report(error);
      // It is added again with the next look; where the queue was closed nobody waits.
      if (isClosed) settle(failed("the queue was closed"));
    });
    return entry;
  }

  function idOf(request: EvaluationRequest): string {
    return jobIdOf(study, writeTask(request, studyName));
  }

  return {
    name: "queue",
    async evaluate(request) {
      if (isClosed) return failed("the queue was closed");
      if (request.signal?.aborted) return failed("cancelled");
      const task = writeTask(request, studyName);
      const id = jobIdOf(study, task);
      const data = { protocol: queueProtocol, task, ...(timeout === undefined ? {} : { timeout }) };
      return (pending.get(id) ?? begin(id, request, data)).result;
    },
    acknowledge(request) {
      const id = idOf(request);
      inBackground(Promise.all([queue.remove(id), client.del(queue.toKey(resultKey(id)))]));
    },
    async clear() {
      const own = queue.toKey(jobIdPrefix(study));
      for await (const keys of client.scanStream({ match: `${own}*`, count: 1000 }) as AsyncIterable<string[]>) {
        const ids = keys.map((key) => key.slice(queue.toKey("").length)).filter((id) => !id.includes(":"));
        // What a worker holds cannot be removed: it ends, and goes with its age.
        await Promise.all(ids.map((id) => queue.remove(id).catch(() => undefined)));
        if (ids.length > 0) await client.del(ids.map((id) => queue.toKey(resultKey(id))));
      }
    },
    get leftRunning() {
      return leftRunning;
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      clearInterval(timer);
      for (const { settle } of [...pending.values()]) settle(failed("the queue was closed"));
      // Commands wait for a Redis that is away; the end does not.
      const rest = Promise.all([...background]);
      await Promise.race([rest, new Promise((resolve) => setTimeout(resolve, 5000).unref())]);
      await Promise.all([events.close(), queue.close()].map((work) => work.catch(() => undefined)));
      await connection.close();
    },
  };
}

/** One stream of news for all jobs, from where it stands now: nothing between that and the first job is missed. */
async function listen(
  { client, driver, report }: QueueConnection,
  queue: Queue,
  pending: ReadonlyMap<string, Pending>,
  check: (ids: readonly string[]) => Promise<void>,
) {
  const [newest] = await client.xrevrange(queue.toKey("events"), "+", "-", "COUNT", 1);
  const events = new driver.QueueEvents(queue.name, {
    connection: client,
    prefix: queuePrefix,
    lastEventId: newest?.[0] ?? "0",
  });
  events.on("error", report);
  events.on("completed", ({ jobId, returnvalue }) => {
    // Declared as text, though it has been parsed.
    pending.get(jobId)?.settle(readResult(returnvalue as unknown));
  });
  events.on("failed", ({ jobId, failedReason }) => pending.get(jobId)?.settle(failed(oneLine(failedReason))));
  events.on("progress", ({ jobId, data }) => {
    const entry = pending.get(jobId);
    if (entry !== undefined) passOn(entry, data as EpochReport, client, queue);
  });
  const look = ({ jobId }: { readonly jobId: string }): void => {
    if (pending.has(jobId)) check([jobId]).catch(report);
  };
  events.on("duplicated", look).on("removed", look);
  return events;
}

/** A job that was given to another worker counts its epochs from 1 again; nobody hears of an epoch twice. */
function passOn(entry: Pending, report: EpochReport, client: QueueConnection["client"], queue: Queue): void {
  const { epoch, values } = report;
  if (!(Number.isInteger(epoch) && epoch > entry.epoch)) return;
  entry.epoch = epoch;
  if (entry.request.onEpoch?.({ epoch, values }) !== "stop") return;
  client.set(queue.toKey(stopKey(entry.id)), "1", "EX", WEEK_SECONDS).catch(() => undefined);
  entry.settle({ ...failed(`stopped after epoch ${epoch}`), isFinal: true });
}

function readResult(value: unknown): EvaluationResult {
  const read = storedResultSchema.safeParse(value);
  if (!read.success) return failed("the worker sent no result that can be read");
  const result = readStoredResult(read.data);
  return Number.isNaN(result.label) && result.failure === undefined
    ? { ...result, failure: "the worker sent no label" }
    : result;
}

function oneLine(text: string): string {
  return text.trim().split(/\r?\n/, 1)[0] || "the worker gave no reason";
}
