/**
 * Threads that run independent pieces of work: ensemble members, seeds, blocks of rows. Results are the same for any
 * number of threads, because each piece has its own generator and its own place in the output.
 */
export interface WorkerPool {
  /** How many pieces run at the same time; 1 means that everything runs on the calling thread. */
  readonly threads: number;
  /**
   * Runs a named task (see `kernels/tasks.ts`) and gives its result. Input and output are structured-cloned; typed arrays over
   * SharedArrayBuffer are shared, not copied.
   */
  run<Input, Output>(task: string, input: Input): Promise<Output>;
  close(): Promise<void>;
}
