import { z } from "zod";
import type { TrainingOutcome } from "../../evaluator/trainer/contract.js";
import type { PlannedTraining } from "./plan.js";

/**
 * What is kept of one training, rounded as the pack holds it. A number that does not exist (the training diverged) is null.
 */
export interface TrainingRecord {
  /** Index of the architecture that was trained. */
  readonly architecture: number;
  readonly seed: number;
  /** Percent. */
  readonly validation: number | null;
  readonly test: number | null;
  /** Mean training loss of each epoch (nats), four significant digits. */
  readonly losses: readonly (number | null)[];
  readonly flops: number;
  readonly params: number;
  /** Zero-cost proxies by name, five significant digits. */
  readonly proxies: Readonly<Record<string, number | null>>;
  /** Why it failed. */
  readonly failure?: string | undefined;
}

const value = z.number().nullable();

export const recordSchema: z.ZodType<TrainingRecord> = z.strictObject({
  architecture: z.int().min(0),
  seed: z.int().min(0),
  validation: value,
  test: value,
  losses: z.array(value),
  flops: z.number(),
  params: z.number(),
  proxies: z.record(z.string(), value),
  failure: z.string().optional(),
});

/** The record of an outcome. It holds nothing that differs from one run to the next, such as seconds. */
export function recordOf({ architecture, seed }: PlannedTraining, outcome: TrainingOutcome): TrainingRecord {
  return {
    architecture,
    seed,
    // An accuracy is a share of a few thousand images at most: four decimals keep them all apart.
    validation: roundTo(outcome.validation, (percent) => Math.round(percent * 1e4) / 1e4),
    test: roundTo(outcome.test, (percent) => Math.round(percent * 1e4) / 1e4),
    losses: outcome.losses.map((loss) => roundTo(loss, (nats) => Number(nats.toPrecision(4)))),
    flops: outcome.flops,
    params: outcome.params,
    proxies: Object.fromEntries(
      Object.keys(outcome.proxies)
        .sort()
        .map((name) => [name, roundTo(outcome.proxies[name], (score) => Number(score.toPrecision(5)))]),
    ),
    ...(outcome.failure === undefined ? {} : { failure: outcome.failure }),
  };
}

function roundTo(measured: number, round: (measured: number) => number): number | null {
  // Adding zero turns -0 into 0, as JSON does.
  return Number.isFinite(measured) ? round(measured) + 0 : null;
}

/** Identifies a training within a build. */
export function keyOf({ architecture, seed }: PlannedTraining): string {
  return `${architecture} ${seed}`;
}

/** The record of a row's training with a seed, where all trainings of the row are done. */
export function recordsByRow(
  trained: Int32Array,
  records: ReadonlyMap<string, TrainingRecord>,
): (row: number, seed: number) => TrainingRecord {
  return (row, seed) => records.get(keyOf({ architecture: trained[row], seed }))!;
}

/** The mean of one number over seeds; NaN where one of the trainings failed. */
export function meanOver(seeds: readonly number[], number: (seed: number) => number | null | undefined): number {
  let sum = 0;
  for (const seed of seeds) sum += number(seed) ?? Number.NaN;
  return sum / seeds.length;
}
