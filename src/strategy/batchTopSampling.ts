import type { TrainingStage } from "../predictor/index.js";
import type { Choice, SamplingPlan } from "./sampleAndRank.js";

/** How much is sampled when. */
export interface BatchTopSamplingOptions {
  readonly samples: number;
  readonly updates: number;
  readonly initial: number;
  readonly updateFine: number;
  readonly epochs: number;
}

/** Rows in a batch, and so the number of batches in an epoch: as many as the whole sample fills, also while it grows. */
const BATCH = 8;

/**
 * Batch top sampling of Siamese-NAS, as published: a fifth of the epochs, then half of them in which architectures are added, then the
 * rest at a tenth of the learning rate; the optimiser starts afresh in each of the three. An update draws a tenth of the space (or a fresh
 * sample of one that cannot be listed), ranks it coarse, the best 30 again with their codes, and adds the best unseen.
 */
export function batchTopSampling(
  options: BatchTopSamplingOptions,
): Required<Pick<SamplingPlan, "dueAt" | "stages" | "choose">> {
  const { samples, updates, initial, updateFine, epochs } = options;
  const first = Math.max(1, Math.floor(samples * initial));
  const perUpdate = Math.floor((samples - first) / updates);
  const dueAt = Array.from({ length: updates + 1 }, (_, step) =>
    step === updates ? samples : first + step * perUpdate,
  );
  const warmUp = Math.floor(0.2 * epochs);
  const sampling = Math.floor(0.5 * epochs);
  const end = Math.floor(0.3 * epochs);
  const between = Math.floor(sampling / (updates + 1));
  const stage = (length: number, learningRate: number, continued: boolean): TrainingStage[] =>
    length === 0
      ? []
      : [
          {
            ...{ epochs: length, learningRate, continued, batch: BATCH },
            stepsPerEpoch: Math.max(1, Math.floor(samples / BATCH)),
          },
        ];
  return {
    dueAt,
    stages(step) {
      if (step === 0) return [...stage(warmUp, 0.001, false), ...stage(between, 0.001, false)];
      if (step < updates) return stage(between, 0.001, true);
      return [...stage(sampling - updates * between, 0.001, between > 0), ...stage(end, 0.0001, false)];
    },
    choose: (choice) => chooseFromDraw(choice, updateFine),
  };
}

/** The best unseen of a tenth of the space. */
async function chooseFromDraw(choice: Choice, fine: number): Promise<number[]> {
  const { history, count, generator, wholePool, partPool, rank } = choice;
  const { enumeration } = history.catalogue.space;
  const pool =
    enumeration === undefined
      ? wholePool()
      : partPool(generator.choose(Math.max(1, Math.floor(enumeration.size / 10)), enumeration.size));
  return (await rank(pool, count, fine)).map(pool.idOf);
}
