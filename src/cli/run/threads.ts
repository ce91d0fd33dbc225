import type { WorkerPool } from "../../kernels/pool.js";
import { openThreads } from "../../threads.js";
import { noteVerbosely, type Session } from "../session.js";

/** Runs something with a pool that is closed at the end, and at once when the user stops the command. */
export async function withThreads<Result>(
  session: Session,
  count: number | undefined,
  work: (pool: WorkerPool) => Promise<Result>,
): Promise<Result> {
  const pool = count === undefined ? openThreads() : openThreads(count);
  const close = (): void => void pool.close();
  noteVerbosely(session, `${pool.threads} ${pool.threads === 1 ? "thread" : "threads"}`);
  session.signal.addEventListener("abort", close);
  try {
    return await work(pool);
  } finally {
    session.signal.removeEventListener("abort", close);
    await pool.close();
  }
}
