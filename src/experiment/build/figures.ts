import { type Histogram, histogram, mean, quantile, spearman } from "../../stats/index.js";
import type { BuildPlan } from "./plan.js";
import { keyOf, meanOver, recordsByRow, type TrainingRecord } from "./record.js";

/** How values are spread, in percent. */
export interface Spread {
  readonly minimum: number;
  readonly fifthPercentile: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly ninetyFifthPercentile: number;
  readonly maximum: number;
}

/** Spearman's correlation of the validation accuracies of two training seeds, the mean over all pairs of seeds. */
export interface SeedAgreement {
  /** Over all architectures. */
  readonly all: number;
  /** Over the fifth of them whose mean validation accuracy is highest. */
  readonly bestFifth: number;
}

/** What tells whether a benchmark is worth searching. NaN (null in JSON) where there are too few architectures. */
export interface BuildFigures {
  readonly architectures: number;
  /** How many different functions they compute. */
  readonly functions: number;
  readonly trainings: number;
  readonly failedTrainings: number;
  /** Every architecture counts, as a search sees them. */
  readonly betweenSeeds: SeedAgreement;
  /** Every function counts once. */
  readonly betweenSeedsOfFunctions: SeedAgreement;
  /** Spearman's correlation of mean validation and mean test accuracy, over all architectures. */
  readonly validationWithTest: number;
  /** Of mean validation accuracies. */
  readonly validation: Spread;
  /** Of mean test accuracies. */
  readonly test: Spread;
  /** Of mean test accuracies. */
  readonly testHistogram: Histogram;
  /** By which rules, in words. */
  readonly rules: string;
}

/** How the figures are taken, for every output that shows them. */
const figureRules =
  "Spearman's correlation of the validation accuracies of two training seeds (the mean over pairs of seeds); the best fifth " +
  "is chosen by the mean validation accuracy over all seeds; architectures with a diverged training are left out";

const HISTOGRAM_BINS = 24;

/**
 * The figures of a build over some of its architectures. Rows of which a training is missing are left out.
 */
export function figuresOf(
  plan: BuildPlan,
  records: ReadonlyMap<string, TrainingRecord>,
  rows: readonly number[],
): BuildFigures {
  const { seeds } = plan.recipe;
  const complete = rows.filter((row) =>
    seeds.every((seed) => records.has(keyOf({ architecture: plan.trained[row], seed }))),
  );
  const at = recordsByRow(plan.trained, records);
  const meanOf = (row: number, kind: "validation" | "test"): number => meanOver(seeds, (seed) => at(row, seed)[kind]);
  const sound = complete.filter((row) => Number.isFinite(meanOf(row, "validation") + meanOf(row, "test")));
  const functions = new Map<number, number>();
  for (const row of sound) if (!functions.has(plan.trained[row])) functions.set(plan.trained[row], row);
  const agreement = (over: readonly number[]): SeedAgreement => {
    const ranked = over
      .map((row) => ({ row, label: meanOf(row, "validation") }))
      .sort((a, b) => b.label - a.label || a.row - b.row)
      .map(({ row }) => row);
    const best = ranked.slice(0, Math.floor(ranked.length / 5));
    const between = (chosen: readonly number[]): number =>
      mean(
        seeds.flatMap((first, position) =>
          seeds.slice(position + 1).map((second) =>
            spearman(
              chosen.map((row) => at(row, first).validation!),
              chosen.map((row) => at(row, second).validation!),
            ),
          ),
        ),
      );
    return { all: between(over), bestFifth: between(best) };
  };
  const trained = new Set(complete.map((row) => plan.trained[row]));
  const validation = sound.map((row) => meanOf(row, "validation"));
  const test = sound.map((row) => meanOf(row, "test"));
  return {
    architectures: complete.length,
    functions: trained.size,
    trainings: trained.size * seeds.length,
    failedTrainings: [...trained]
      .flatMap((architecture) => seeds.map((seed) => records.get(keyOf({ architecture, seed }))!))
      .filter(({ failure, validation, test }) => failure !== undefined || validation === null || test === null).length,
    betweenSeeds: agreement(sound),
    betweenSeedsOfFunctions: agreement([...functions.values()]),
    validationWithTest: spearman(validation, test),
    validation: spreadOf(validation),
    test: spreadOf(test),
    testHistogram: histogram(test, HISTOGRAM_BINS),
    rules: figureRules,
  };
}

function spreadOf(values: readonly number[]): Spread {
  return {
    minimum: quantile(values, 0),
    fifthPercentile: quantile(values, 0.05),
    lowerQuartile: quantile(values, 0.25),
    median: quantile(values, 0.5),
    upperQuartile: quantile(values, 0.75),
    ninetyFifthPercentile: quantile(values, 0.95),
    maximum: quantile(values, 1),
  };
}
