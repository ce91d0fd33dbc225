import { createHash } from "node:crypto";
import { z } from "zod";
import { AssayError } from "../../errors.js";
import { type EvaluationTask, evaluationTaskSchema } from "../task.js";

/** Version of what coordinators and workers tell each other. */
export const queueProtocol = 1;

/** All keys in Redis begin with it. */
export const queuePrefix = "assay";

/** The name of the queue where none is given. */
export const defaultQueue = "assay";

/** Just the version, which tells a worker whether it is too old. */
export const queueVersionSchema = z.object({ protocol: z.int().min(1) });

/** What a job holds. */
export const queueJobSchema = z.object({
  protocol: z.literal(queueProtocol),
  task: evaluationTaskSchema,
  timeout: z.number().positive().optional().describe("seconds after which the evaluation has failed"),
});

export type QueueJob = z.infer<typeof queueJobSchema>;

/** Throws AssayError for a name that Redis keys cannot have. */
export function checkQueueName(name: string): string {
  if (/^[\w.-]{1,100}$/.test(name)) return name;
  throw new AssayError(
    "bad-queue",
    `"${name}" cannot be the name of a queue.`,
    "Use letters, digits, dots, hyphens and underscores.",
  );
}

/** What the ids of all jobs of a study begin with. */
export function jobIdPrefix(study: string): string {
  // A star would be a pattern for Redis, a colon separates its keys.
  return `${encodeURIComponent(study).replaceAll("*", "%2A")}-`;
}

/**
 * The id follows from what is asked: a coordinator that was killed and goes on asks for the same trial again and gets the job
 * that runs already, or its result. The digest tells apart studies that were given the same name.
 */
export function jobIdOf(study: string, { trial, attempt, seed, space, architecture }: EvaluationTask): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([space, architecture, seed]))
    .digest("hex")
    .slice(0, 10);
  return `${jobIdPrefix(study)}${trial}-${attempt}-${digest}`;
}

/** Key, within a queue, of the result of a job. The first that is written counts. */
export function resultKey(jobId: string): string {
  return `result:${jobId}`;
}

/** Key, within a queue, that tells the worker of a job to stop. */
export function stopKey(jobId: string): string {
  return `stop:${jobId}`;
}
