import { AssayError } from "../errors.js";
import type { WorkerPool } from "./pool.js";
import { closedError, unpackError } from "./workerError.js";
import type { AnswerMessage } from "./workerMessage.js";
import { startWorker, type WorkerThread } from "./workerPlatform.js";
import { readPortable } from "./workerPortable.js";

interface Job {
  readonly task: string;
  readonly input: unknown;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A place for a thread, taken for as long as its thread lives. */
interface Seat {
  thread: WorkerThread;
  job: Job | undefined;
  /** Number of the last task that was sent. */
  id: number;
  /** Whether the worker's modules have loaded. */
  ready: boolean;
}

/** A pool of up to `threads` worker threads, started when they are first needed and kept until `close`. */
export function createThreadedPool(threads: number, workerUrl: URL | string): WorkerPool {
  const seats: Seat[] = [];
  const queue: Job[] = [];
  let closed = false;

  function takeSeat(): Seat | undefined {
    const idle = seats.find((seat) => seat.job === undefined);
    if (idle !== undefined || seats.length >= threads) return idle;
    const seat = { job: undefined, id: 0, ready: false } as unknown as Seat;
    seat.thread = startWorker(workerUrl, {
      answer: (message) => settle(seat, message),
      died: (reason) => bury(seat, reason),
    });
    seat.thread.post({ portable: readPortable() });
    seats.push(seat);
    return seat;
  }

  function dispatch(): void {
    while (queue.length > 0) {
      let seat: Seat | undefined;
      try {
        seat = takeSeat();
      } catch (error) {
        queue.shift()!.reject(deadWorker(workerUrl, error as Error));
        continue;
      }
      if (seat === undefined) return;
      start(seat, queue.shift()!);
    }
  }

  function start(seat: Seat, job: Job): void {
    try {
      seat.thread.post({ id: ++seat.id, task: job.task, input: job.input });
    } catch (error) {
      job.reject(error);
      return;
    }
    seat.job = job;
    seat.thread.setBusy(true);
  }

  function settle(seat: Seat, message: AnswerMessage): void {
    if ("ready" in message) {
      seat.ready = true;
      return;
    }
    const { job } = seat;
    if (job === undefined || message.id !== seat.id) return;
    seat.job = undefined;
    seat.thread.setBusy(false);
    // Others first: the next task then runs while the caller looks at this result.
    dispatch();
    if ("error" in message) job.reject(unpackError(message.error));
    else job.resolve(message.output);
  }

  function bury(seat: Seat, reason: Error): void {
    const position = seats.indexOf(seat);
    if (position >= 0) seats.splice(position, 1);
    const { job } = seat;
    seat.job = undefined;
    if (job !== undefined) {
      job.reject(
        seat.ready
          ? new Error(`The worker thread died while it ran "${job.task}": ${reason.message}.`, { cause: reason })
          : deadWorker(workerUrl, reason),
      );
    }
    if (!closed) dispatch();
  }

  return {
    threads,
    run<Input, Output>(task: string, input: Input): Promise<Output> {
      if (closed) return Promise.reject(closedError());
      return new Promise<Output>((resolve, reject) => {
        queue.push({ task, input, resolve: resolve as (output: unknown) => void, reject });
        dispatch();
      });
    },
    async close() {
      closed = true;
      for (const job of queue.splice(0)) job.reject(closedError());
      await Promise.all(
        seats.splice(0).map((seat) => {
          const { job } = seat;
          seat.job = undefined;
          job?.reject(closedError());
          return seat.thread.terminate();
        }),
      );
    },
  };
}

function deadWorker(workerUrl: URL | string, reason: Error): Error {
  return new AssayError(
    "worker-failed",
    `The worker thread ${workerUrl} could not be used: ${reason.message}`,
    "Build the package first, give the worker's address as workerUrl, or use one thread.",
    { cause: reason },
  );
}
