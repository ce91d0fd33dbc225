import { isMainThread, parentPort, Worker } from "node:worker_threads";

/** What a thread answers for the job with this position. */
interface Answer<Outcome> {
  readonly position: number;
  readonly outcome: Outcome;
}

/**
 * Runs all jobs in threads that execute the same bundle again, which must call `serveJobs` there. The outcomes come in the order of
 * the jobs and do not depend on the number of threads.
 *
 * @param bundle the running bundle, `import.meta.url` of the benchmark
 */
export async function runJobs<Job, Outcome>(
  bundle: string,
  jobs: readonly Job[],
  threads: number,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = new Array(jobs.length);
  let next = 0;
  let done = 0;
  let shown = Date.now();
  const lane = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL(bundle));
      const hand = (): void => {
        if (next >= jobs.length) {
          void worker.terminate().then(() => resolve());
          return;
        }
        const position = next++;
        worker.postMessage({ position, job: jobs[position] });
      };
      worker.on("message", ({ position, outcome }: Answer<Outcome>) => {
        outcomes[position] = outcome;
        done++;
        if (Date.now() - shown > 20_000) {
          shown = Date.now();
          console.error(`${done} of ${jobs.length} runs`);
        }
        hand();
      });
      worker.on("error", (error) => {
        next = jobs.length;
        reject(error);
      });
      hand();
    });
  await Promise.all(Array.from({ length: Math.min(threads, jobs.length) }, lane));
  return outcomes;
}

/** Answers jobs on a thread that `runJobs` started; on the main thread it does nothing and returns false. */
export function serveJobs<Job, Outcome>(run: (job: Job) => Promise<Outcome>): boolean {
  if (isMainThread) return false;
  const port = parentPort;
  port?.on("message", ({ position, job }: { position: number; job: Job }) => {
    void run(job).then(
      (outcome) => port.postMessage({ position, outcome }),
      (error: unknown) => {
        // Thrown outside the promise, so that the main thread hears of it as an error of this one.
        setImmediate(() => {
          throw error;
        });
      },
    );
  });
  return true;
}
