import { type TrainingInput, type TrainingOutcome, trainingTask } from "../../evaluator/trainer/contract.js";
import type { WorkerPool } from "../../kernels/pool.js";
import { countStep } from "../control.js";
import { runPieces } from "../runPieces.js";
import { type BuildPlan, type PlannedTraining, trainingInput } from "./plan.js";
import type { BuildProgress } from "./progress.js";
import { recordOf, type TrainingRecord } from "./record.js";

/** Trains one architecture. */
export type Train = (input: TrainingInput) => Promise<TrainingOutcome>;

/**
 * Trains on the threads of a pool that holds the task `train-architecture`.
 *
 * @example
 * const pool = openThreads(2);
 * await buildBenchmark({ recipe, file: "mine.parquet", train: trainOn(pool), threads: pool.threads });
 */
export function trainOn(pool: WorkerPool): Train {
  return (input) => pool.run<TrainingInput, TrainingOutcome>(trainingTask, input);
}

/** What drives the trainings of a build. */
export interface TrainingControls {
  readonly train: Train;
  /** How many trainings run at the same time. The results do not depend on it. */
  readonly threads: number;
  /** Stops after what is being trained; what was done is kept. Close the pool too, not to wait for it. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: BuildProgress) => void) | undefined;
}

const TELLING_TRAININGS = 10;

/**
 * Runs trainings, handing each record over as soon as it is there. Ends early where the signal says so.
 *
 * @param doneBefore trainings of earlier runs, which progress counts as done
 */
export async function runTrainings(
  plan: BuildPlan,
  trainings: readonly PlannedTraining[],
  doneBefore: number,
  controls: TrainingControls,
  keep: (record: TrainingRecord) => void,
): Promise<void> {
  const { train, threads, signal, onProgress } = controls;
  await runPieces<PlannedTraining, true>({
    pieces: trainings,
    steps: trainings.length,
    threads,
    signal,
    run: async (planned, control) => {
      keep(recordOf(planned, await train(trainingInput(plan, planned))));
      countStep(control);
      return true;
    },
    onProgress: ({ runsDone, runs, seconds }) =>
      onProgress?.({
        done: doneBefore + runsDone,
        trainings: doneBefore + runs,
        secondsLeft: runsDone < TELLING_TRAININGS ? undefined : (seconds / runsDone) * (runs - runsDone),
      }),
  });
}
