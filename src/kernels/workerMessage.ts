import type { PackedError } from "./workerError.js";

/** The first message to a worker thread: what it must know before any kernel is loaded. */
export interface SetupMessage {
  /** Value of the variable `ASSAY_PORTABLE` on the thread that made the pool. */
  readonly portable: string | undefined;
}

/** What a pool sends to a worker thread afterwards: one task at a time. */
export interface TaskMessage {
  readonly id: number;
  readonly task: string;
  readonly input: unknown;
}

/** What a worker thread sends: that its modules have loaded, then an answer to each task. */
export type AnswerMessage =
  | { readonly ready: true }
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly error: PackedError };
