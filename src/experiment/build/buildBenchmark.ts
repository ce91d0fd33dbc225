import { rmSync, statSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { Pack } from "../../benchmark/contract.js";
import { openPack } from "../../benchmark/pack/open.js";
import { savePack } from "../../benchmark/pack/write.js";
import { openDataset } from "../../dataset/index.js";
import { AssayError } from "../../errors.js";
import { contentsOf } from "./contents.js";
import { type BuildFigures, figuresOf } from "./figures.js";
import { fingerprintOf } from "./fingerprint.js";
import { openPartialFile, type PartialFile, partialPath } from "./partialFile.js";
import { type BuildPlan, drawRows, planBuild, trainingInput, trainingsOf } from "./plan.js";
import type { Recipe } from "./recipe.js";
import { keyOf, recordOf, type TrainingRecord } from "./record.js";
import { runTrainings, type Train, type TrainingControls } from "./train.js";

/** A build of a benchmark. */
export interface BuildOptions extends TrainingControls {
  readonly recipe: Recipe;
  /** Where the pack is written; trainings are kept in `<file>.partial` until all are done. */
  readonly file: string;
  /** Leave the partial file beside the finished pack, to write the pack again without training. Default false. */
  readonly keepPartial?: boolean | undefined;
}

/** What a build has come to. */
export interface BuildOutcome {
  /** Trainings that are done, those of earlier runs included, and all that there are. */
  readonly done: number;
  readonly trainings: number;
  /** Trainings that an earlier run had done. */
  readonly resumed: number;
  /** The pack and its figures; absent where the build was stopped. */
  readonly finished?: { readonly pack: Pack; readonly bytes: number; readonly figures: BuildFigures };
}

/**
 * Trains a whole space, each different function once per seed, and writes the pack. It goes on where an earlier build
 * was stopped or killed. The file is the same, byte for byte, however often that happened and whatever the number of
 * threads. Throws AssayError where the partial file belongs to another build.
 *
 * @example
 * const pool = openThreads();
 * const { finished } = await buildBenchmark({
 *   recipe: findRecipe("digits201").recipe, file: "digits201.parquet", train: trainOn(pool), threads: pool.threads,
 * });
 */
export async function buildBenchmark(options: BuildOptions): Promise<BuildOutcome> {
  const { recipe, file, keepPartial = false } = options;
  const plan = planBuild(recipe);
  const all = trainingsOf(plan, everyRow(plan));
  const partial = openPartialFile(partialPath(file), fingerprintOf(recipe));
  const records = new Map<string, TrainingRecord>();
  for (const planned of all) {
    const known = partial.records.get(keyOf(planned));
    if (known !== undefined) records.set(keyOf(planned), known);
  }
  const resumed = records.size;
  const open = all.filter((planned) => !records.has(keyOf(planned)));
  if (resumed > 0 && open.length > 0) await repeatOne(plan, [...records.values()][0], options.train, partial);
  await runTrainings(plan, open, resumed, options, (record) => {
    partial.append(record);
    records.set(keyOf(record), record);
  });
  const state = { done: records.size, trainings: all.length, resumed };
  if (records.size < all.length) return state;
  const { training } = await openDataset(recipe.dataset);
  savePack(contentsOf(plan, records, training.count), file);
  if (!keepPartial) rmSync(partial.path, { force: true });
  const figures = figuresOf(plan, records, everyRow(plan));
  return { ...state, finished: { pack: openPack(file, { verify: true }), bytes: statSync(file).size, figures } };
}

/** A trial of a recipe on a few of its architectures. */
export interface TrialOptions extends TrainingControls {
  readonly recipe: Recipe;
  /** How many architectures; the same ones for every setting of the recipe. */
  readonly architectures: number;
}

/** What a trial has come to. */
export interface TrialOutcome {
  readonly done: number;
  readonly trainings: number;
  /** Trainings that the whole build would need. */
  readonly trainingsOfWhole: number;
  /** Over the architectures whose trainings are all done. */
  readonly figures: BuildFigures;
}

/**
 * Trains a random sample of the architectures of a recipe and takes the figures of the benchmark that it would make.
 * Nothing is written. Throws AssayError where the trainer does not know space, data set or settings.
 *
 * @example
 * const pool = openThreads(2);
 * const { figures } = await tryRecipe({
 *   recipe: findRecipe("digits201:epochs=24").recipe, architectures: 200, train: trainOn(pool), threads: pool.threads,
 * });
 */
export async function tryRecipe(options: TrialOptions): Promise<TrialOutcome> {
  const plan = planBuild(options.recipe);
  const rows = [...drawRows(plan, options.architectures)];
  const trainings = trainingsOf(plan, rows);
  const records = new Map<string, TrainingRecord>();
  await runTrainings(plan, trainings, 0, options, (record) => void records.set(keyOf(record), record));
  return {
    done: records.size,
    trainings: trainings.length,
    trainingsOfWhole: trainingsOf(plan, everyRow(plan)).length,
    figures: figuresOf(plan, records, rows),
  };
}

function everyRow({ size }: BuildPlan): number[] {
  return Array.from({ length: size }, (_, row) => row);
}

/** Nobody can promise by a number that the code is the same: one training is repeated and compared. */
async function repeatOne(plan: BuildPlan, known: TrainingRecord, train: Train, partial: PartialFile): Promise<void> {
  const again = recordOf(known, await train(trainingInput(plan, known)));
  if (isDeepStrictEqual(again, known)) return;
  throw new AssayError(
    "other-build",
    `${partial.path}: the training of architecture ${known.architecture} with seed ${known.seed} gave ${known.validation} % there ` +
      `and ${again.validation} % (validation) now: the trainer or the machine has changed since.`,
    "Go on with the version that began it, or delete the file to begin anew.",
  );
}
