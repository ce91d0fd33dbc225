import { askToStop, createControl, type ExperimentControl, stepsDone } from "./control.js";
import type { ExperimentProgress } from "./progress.js";

/** Independent pieces of an experiment and how to run one. */
export interface Pieces<Piece, Output> {
  readonly pieces: readonly Piece[];
  /** Steps (queries, fits) of all pieces together. */
  readonly steps: number;
  readonly threads: number;
  /** Starts one piece; undefined where it was stopped. */
  readonly run: (piece: Piece, control: ExperimentControl) => Promise<Output | undefined>;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ExperimentProgress) => void) | undefined;
  /** Called when a piece is done. */
  readonly onDone?: (piece: Piece) => void;
}

const REPORT_EVERY_MILLISECONDS = 250;

/**
 * Runs all pieces, at most `threads` at a time, in their order. Where the signal stops it, pieces that run end early
 * and come back as undefined, like those that were never started.
 */
export async function runPieces<Piece, Output>(options: Pieces<Piece, Output>): Promise<(Output | undefined)[]> {
  const { pieces, steps, threads, run, signal, onProgress, onDone } = options;
  const control = createControl();
  const outputs: (Output | undefined)[] = Array.from({ length: pieces.length });
  const started = performance.now();
  let runsDone = 0;
  let next = 0;
  const report = (): void =>
    onProgress?.({
      stepsDone: stepsDone(control),
      steps,
      runsDone,
      runs: pieces.length,
      seconds: (performance.now() - started) / 1000,
    });
  const lane = async (): Promise<void> => {
    while (next < pieces.length && !signal?.aborted) {
      const position = next++;
      try {
        outputs[position] = await run(pieces[position], control);
      } catch (error) {
        // Whoever stops an experiment may close the pool as well, so that nobody waits for a long fit.
        if (signal?.aborted) return;
        next = pieces.length;
        throw error;
      }
      if (outputs[position] === undefined) continue;
      runsDone++;
      onDone?.(pieces[position]);
      report();
    }
  };
  const stop = (): void => askToStop(control);
  signal?.addEventListener("abort", stop);
  const timer = onProgress === undefined ? undefined : setInterval(report, REPORT_EVERY_MILLISECONDS);
  try {
    await Promise.all(Array.from({ length: Math.min(threads, pieces.length) }, lane));
  } catch (error) {
    // One piece failed: the others are of no use any more.
    stop();
    throw error;
  } finally {
    clearInterval(timer);
    signal?.removeEventListener("abort", stop);
  }
  return outputs;
}
