import type { PlannedRun } from "./plan.js";
import type { ProtocolRun } from "./protocolRun.js";

/** What a reproduction is going to take. */
export interface ReproductionEstimate {
  /** Runs in all, and those that are done already. */
  readonly runs: number;
  readonly stored: number;
  /** Seconds on one core for those that are not done. */
  readonly seconds: number;
  /** Whether it follows from runs of this machine and not from those of the authors' machine alone. */
  readonly measured: boolean;
}

/**
 * How many seconds a run takes: by the finished runs of the same method where there are any, otherwise by what was measured
 * where the method was written. A training takes time in proportion to its samples.
 */
export function secondsPerRun(
  runs: readonly PlannedRun[],
  find: (key: string) => ProtocolRun | undefined,
): (run: PlannedRun) => { seconds: number; measured: boolean } {
  const known = new Map<string, { seconds: number; samples: number }>();
  for (const { key, method, samples } of runs) {
    const run = find(key);
    if (run === undefined) continue;
    const sum = known.get(method.name) ?? { seconds: 0, samples: 0 };
    known.set(method.name, { seconds: sum.seconds + run.seconds, samples: sum.samples + samples });
  }
  return ({ method, samples }) => {
    const sum = known.get(method.name);
    if (sum === undefined) return { seconds: samples * method.secondsPerSample, measured: false };
    return { seconds: (samples * sum.seconds) / sum.samples, measured: true };
  };
}
