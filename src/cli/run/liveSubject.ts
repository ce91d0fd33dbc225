import { existsSync } from "node:fs";
import { openDataset } from "../../dataset/index.js";
import { AssayError } from "../../errors.js";
import {
  checkTraining,
  createTrainerEstimation,
  createTrainerEvaluator,
  requireTrainable,
  trainerEstimationOptions,
} from "../../evaluator/index.js";
import type { SearchTraining } from "../../experiment/searchReport.js";
import { setUpSpaceSearch } from "../../experiment/searchSetup.js";
import type { OptionValues } from "../../options.js";
import { readOptions } from "../../options.js";
import { createGenerator } from "../../random/index.js";
import type { Catalogue } from "../../space/catalogue.js";
import { createSpace } from "../../space/index.js";
import { parseSpec, type Spec } from "../../spec.js";
import type { Session } from "../session.js";
import { limitBenchmark, limitSpace } from "./limits.js";
import { openNamedBenchmark } from "./openBenchmark.js";
import { ownEvaluationOption } from "./ownEvaluation.js";
import type { SearchCommandOptions } from "./searchOptions.js";
import type { SearchSettings, SearchSubject } from "./searchSubject.js";

const units = { label: "percent", test: "percent" };

/** Whether the options ask for trainings by the built-in trainer. Throws AssayError where they contradict each other. */
export function asksForTraining(options: SearchCommandOptions): boolean {
  if (options.trainer !== undefined && options.train === undefined) {
    throw new AssayError(
      "bad-options",
      options.live === true
        ? "--trainer cannot be combined with --live: a live search trains with the settings that made the table."
        : "--trainer belongs to --train: it says how the built-in trainer trains.",
      "For settings of your own: --space NAME --train DATASET --trainer option=value,…",
    );
  }
  if (options.live === true && options.train !== undefined) {
    throw new AssayError("bad-options", "Give --live (with --benchmark) or --train (with --space), not both.");
  }
  if (options.live !== true && options.train === undefined) return false;
  const own = ownEvaluationOption(options);
  if (own !== undefined) {
    throw new AssayError(
      "bad-options",
      `${options.live === true ? "--live" : "--train"} evaluates with the built-in trainer: it cannot be combined with ${own}.`,
    );
  }
  if (options.label !== undefined) {
    throw new AssayError(
      "bad-options",
      "--label chooses from a table: here the label is the validation accuracy of each training.",
    );
  }
  return true;
}

/** What `--benchmark NAME --live` or `--space NAME --train DATASET` search. */
export async function openLiveSubject(session: Session, options: SearchCommandOptions): Promise<SearchSubject> {
  return options.live === true ? openLiveBenchmark(session, options) : openTrainedSpace(session, options);
}

/** Architectures of a benchmark, trained as its table was made. */
async function openLiveBenchmark(session: Session, options: SearchCommandOptions): Promise<SearchSubject> {
  if (options.benchmark === undefined || options.space !== undefined) {
    throw new AssayError(
      "bad-options",
      "--live trains the architectures of a benchmark: it needs --benchmark and takes no --space.",
      "For a space without a table: --space NAME --train DATASET.",
    );
  }
  const benchmark = await limitBenchmark(session, await openNamedBenchmark(session, options.benchmark), options);
  const { training, space } = benchmark.metadata;
  if (training === undefined) {
    throw new AssayError(
      "not-trainable",
      `${benchmark.name} was not made by the built-in trainer: its architectures cannot be trained live.`,
      "Search its table without --live, or train on another data set: --space NAME --train DATASET.",
    );
  }
  const recipe: SearchTraining = { dataset: training.dataset, settings: training.settings };
  const codes = await openCodes(benchmark.space.name, recipe, options.estimationCode);
  return {
    kind: "trainer",
    benchmark,
    space: benchmark.space,
    units,
    setUp: (settings) => ({
      setup: setUpTraining(settings, benchmark.space, space, recipe, codes),
      table: { benchmark, labels: benchmark.labels("mean", createGenerator(settings.seed).split("labels")) },
      training: recipe,
    }),
  };
}

/** Architectures of a space, trained as the options say. */
async function openTrainedSpace(session: Session, options: SearchCommandOptions): Promise<SearchSubject> {
  const { benchmark, space: given, train, trainer } = options;
  if (benchmark !== undefined || given === undefined) {
    throw new AssayError(
      "bad-options",
      "--train trains the architectures of a space: it needs --space and takes no --benchmark.",
      "To train what a benchmark holds: --benchmark NAME --live.",
    );
  }
  // A space file has options of its own and no network that the trainer could know.
  const spec: Spec = existsSync(given) ? { name: given, options: {} } : parseSpec(given);
  requireTrainable(spec.name);
  const space = await limitSpace(session, createSpace(spec), options);
  const settings = trainer === undefined ? {} : parseSpec(`trainer:${trainer}`).options;
  const recipe: SearchTraining = { dataset: train!, settings };
  const codes = await openCodes(space.name, recipe, options.estimationCode);
  return {
    kind: "trainer",
    space,
    units,
    setUp: (chosen) => ({ setup: setUpTraining(chosen, space, spec, recipe, codes), training: recipe }),
  };
}

function setUpTraining(
  settings: SearchSettings,
  space: SearchSubject["space"],
  spec: Spec,
  { dataset, settings: trainer }: SearchTraining,
  codes: TrainedCodes | undefined,
) {
  const { pool, seed } = settings;
  const common = { pool, dataset, settings: trainer, space: spec, seed };
  const evaluator = createTrainerEvaluator(common);
  const estimation = codes && ((catalogue: Catalogue) => createTrainerEstimation({ ...common, ...codes, catalogue }));
  return setUpSpaceSearch({ ...settings, space, evaluator, estimation });
}

/** How the estimation codes of a live search are trained. */
interface TrainedCodes {
  readonly code: OptionValues;
  readonly trainingImages: number;
}

/** Checks what is to be trained, opens its data set, and reads which estimation codes are wanted; undefined for none. */
async function openCodes(
  space: string,
  { dataset, settings }: SearchTraining,
  given = "losses",
): Promise<TrainedCodes | undefined> {
  checkTraining(space, dataset, settings);
  const { name, options } = parseSpec(given);
  if (name !== "losses" && given !== "none") {
    throw new AssayError(
      "unknown-estimation-code",
      `A live search has no estimation code "${name}".`,
      "It trains its codes itself: losses, such as losses:epochs=3,share=0.25, or none.",
    );
  }
  const { training } = await openDataset(dataset);
  if (given === "none") return undefined;
  return { code: readOptions("losses", trainerEstimationOptions, options), trainingImages: training.count };
}
