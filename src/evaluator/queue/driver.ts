import { AssayError } from "../../errors.js";

/** Loads the two packages that the queue needs; they are optional. Throws AssayError that says how to install them. */
export async function loadQueueDriver() {
  try {
    const [{ Queue, QueueEvents, WaitingError, Worker }, { Redis }] = await Promise.all([
      import("bullmq"),
      import("ioredis"),
    ]);
    return { Queue, QueueEvents, WaitingError, Worker, Redis };
  } catch (error) {
    throw new AssayError(
      "no-queue-driver",
      "The queue needs the packages bullmq and ioredis, which are not installed.",
      "Install them beside assay: npm install bullmq ioredis",
      { cause: error },
    );
  }
}

export type QueueDriver = Awaited<ReturnType<typeof loadQueueDriver>>;
