import type { PlannedRun } from "./plan.js";
import type { ProtocolRun } from "./protocolRun.js";

/** What a reproduction is going to take. */
export interface ReproductionEstimate {
  /** Runs in all, and those that are done already. */
  readonly runs: number;
  readonly stored: number;
  /** Seconds on one core for those that are not done. */
  readonly seconds: number;
  /** Whether it follows from runs of this machine and not from what was measured elsewhere. */
  readonly measured: boolean;
}

/** Seconds for whatever the samples do not decide: the rankings above all. */
const SECONDS_PER_RUN = 0.7;

/**
 * How many seconds a run takes: by the finished runs of the same method where there are any, otherwise by what was measured
 * where the method was written. A training takes time in proportion to its samples.
 */
export function secondsPerRun(
  runs: readonly PlannedRun[],
  find: (key: string) => ProtocolRun | undefined,
): (run: PlannedRun) => { seconds: number; measured: boolean } {
  const guess = ({ method, samples }: PlannedRun): number => SECONDS_PER_RUN + samples * method.secondsPerSample;
  const known = new Map<string, { seconds: number; guessed: number }>();
  for (const planned of runs) {
    const run = find(planned.key);
    if (run === undefined) continue;
    const sum = known.get(planned.method.name) ?? { seconds: 0, guessed: 0 };
    known.set(planned.method.name, { seconds: sum.seconds + run.seconds, guessed: sum.guessed + guess(planned) });
  }
  return (planned) => {
    const sum = known.get(planned.method.name);
    const correction = sum === undefined ? 1 : sum.seconds / sum.guessed;
    return { seconds: correction * guess(planned), measured: sum !== undefined };
  };
}
