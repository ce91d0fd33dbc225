/**
 * A few numbers in shared memory through which running experiments tell how far they are and learn that they should
 * stop: messages between threads would wait until a run is over.
 */
export interface ExperimentControl {
  /** [steps done, stop asked for]. */
  readonly words: Int32Array;
}

const STEPS = 0;
const STOP = 1;

export function createControl(): ExperimentControl {
  return { words: new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)) };
}

/** Counts one step (a query, a fit) as done, or as many as are given. */
export function countStep({ words }: ExperimentControl, steps = 1): void {
  Atomics.add(words, STEPS, steps);
}

export function stepsDone({ words }: ExperimentControl): number {
  return Atomics.load(words, STEPS);
}

/** Asks every running piece of the experiment to stop at its next step. */
export function askToStop({ words }: ExperimentControl): void {
  Atomics.store(words, STOP, 1);
}

export function mustStop({ words }: ExperimentControl): boolean {
  return Atomics.load(words, STOP) !== 0;
}
