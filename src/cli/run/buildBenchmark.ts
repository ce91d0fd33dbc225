import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openNamedPack, userFolder } from "../../benchmark/index.js";
import { AssayError, unreadableFile } from "../../errors.js";
import {
  type BuildOutcome,
  buildBenchmark,
  changedRecipe,
  findRecipe,
  parseRecipe,
  type Recipe,
  recipes,
  type TrialOutcome,
  trainOn,
  tryRecipe,
} from "../../experiment/build/index.js";
import { histogramFigure } from "../../experiment/figures/histogram.js";
import type { WorkerPool } from "../../kernels/pool.js";
import { version } from "../../version.js";
import { checkOutput, writeOutput } from "../outputFile.js";
import { exitCodes, note, print, printJson, type Session } from "../session.js";
import { describeBuild } from "../text/buildFigures.js";
import { formatCount, formatSeconds } from "../text/numbers.js";
import { createProgressLine } from "../text/progressLine.js";
import { wrapText } from "../text/wrapText.js";
import { noteWritten } from "./openBenchmark.js";
import { withThreads } from "./threads.js";

/** Options of `assay build-benchmark`, as the command line gives them. */
export interface BuildCommandOptions {
  readonly recipe?: string;
  readonly limit?: number;
  readonly out?: string;
  readonly figure?: string;
  readonly keepPartial?: boolean;
  readonly threads?: number;
  readonly json?: boolean;
}

export async function runBuildBenchmark(
  session: Session,
  name: string | undefined,
  options: BuildCommandOptions,
): Promise<void> {
  const given = chooseRecipe(name, options);
  checkTrial(options);
  if (given === undefined) {
    listRecipes(session, options.json === true);
    return;
  }
  const figure = options.figure === undefined ? undefined : checkOutput(options.figure, [".svg"], false).path;
  if (options.limit === undefined) await build(session, given, options, figure);
  else await tryOut(session, given, options.limit, options, figure);
}

function chooseRecipe(name: string | undefined, options: BuildCommandOptions): Recipe | undefined {
  if (options.recipe !== undefined) {
    if (name !== undefined) {
      throw new AssayError(
        "two-recipes",
        `There are two recipes: ${name} and --recipe ${options.recipe}.`,
        "Give one.",
      );
    }
    return parseRecipe(readRecipe(options.recipe), options.recipe);
  }
  if (name === undefined) return undefined;
  const { recipe, changed } = findRecipe(name);
  if (changed && options.limit === undefined) throw changedRecipe(recipe);
  return recipe;
}

/** Whoever names a pack expects one: a trial, which writes none, says so before it trains. */
function checkTrial({ limit, out, keepPartial }: BuildCommandOptions): void {
  if (limit === undefined || (out === undefined && keepPartial !== true)) return;
  throw new AssayError(
    "bad-options",
    `${out === undefined ? "--keep-partial" : "--out"} cannot be combined with --limit: a trial writes no pack.`,
    "Leave one of them out; --figure and --json show what a trial found.",
  );
}

function readRecipe(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw unreadableFile(file, cause);
  }
}

async function build(
  session: Session,
  recipe: Recipe,
  options: BuildCommandOptions,
  figure: string | undefined,
): Promise<void> {
  const file =
    options.out === undefined
      ? join(userFolder(), "packs", `${recipe.name}.parquet`)
      : checkOutput(options.out, [".parquet"], false).path;
  const before = await checksumBefore(recipe.name);
  const outcome = await withProgress(session, options, (pool, onProgress) =>
    buildBenchmark({
      ...{ recipe, file, keepPartial: options.keepPartial, onProgress },
      ...{ train: trainOn(pool), threads: pool.threads, signal: session.signal },
    }),
  );
  const { finished } = outcome;
  if (options.json === true) printJson(session, buildReport(recipe, outcome));
  if (finished === undefined) {
    session.exitCode = exitCodes.interrupted;
    note(session, `Stopped after ${progressWords(outcome)}. Run the same command again to go on.`);
    return;
  }
  const { figures, pack, bytes } = finished;
  if (options.json !== true) {
    print(session, describeBuild(recipe.name, figures, session.terminal.outColours));
    print(session, `\nwritten to ${file} (${(bytes / 1e6).toFixed(2)} MB)`);
    print(session, `checksum ${pack.metadata.checksum}`);
    if (before !== undefined) {
      const same = before.checksum === pack.metadata.checksum;
      print(session, `${same ? "the same numbers as in" : "other numbers than in"} ${before.path}, as it was before`);
    }
    print(session, `Next: assay search --benchmark ${options.out === undefined ? recipe.name : file}`);
  }
  if (figure !== undefined) noteWritten(session, [writeOutput(figure, undefined, histogramFigure(recipe, figures))]);
}

async function tryOut(
  session: Session,
  recipe: Recipe,
  architectures: number,
  options: BuildCommandOptions,
  figure: string | undefined,
): Promise<void> {
  const started = performance.now();
  const outcome = await withProgress(session, options, (pool, onProgress) =>
    tryRecipe({
      ...{ recipe, architectures, onProgress },
      ...{ train: trainOn(pool), threads: pool.threads, signal: session.signal },
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  const { done, trainings, trainingsOfWhole, figures } = outcome;
  if (options.json === true) printJson(session, trialReport(recipe, outcome, seconds));
  else if (figures.architectures > 0) {
    print(session, describeBuild(`trial of ${recipe.name}`, figures, session.terminal.outColours));
    const whole = formatSeconds((seconds / done) * trainingsOfWhole);
    print(session, `\n${formatCount(done)} trainings took ${formatSeconds(seconds)}.`);
    print(session, `The whole build has ${formatCount(trainingsOfWhole)}: about ${whole}. No pack was written.`);
  }
  if (done < trainings) {
    session.exitCode = exitCodes.interrupted;
    note(session, `Stopped after ${progressWords(outcome)}.`);
  }
  if (figure !== undefined) noteWritten(session, [writeOutput(figure, undefined, histogramFigure(recipe, figures))]);
}

/** Runs trainings on threads while a line shows how far they are. */
async function withProgress<Result>(
  session: Session,
  { threads }: BuildCommandOptions,
  work: (pool: WorkerPool, onProgress: NonNullable<Parameters<typeof tryRecipe>[0]["onProgress"]>) => Promise<Result>,
): Promise<Result> {
  const line = createProgressLine(session);
  return withThreads(session, threads, (pool) =>
    work(pool, ({ done, trainings, secondsLeft }) =>
      line.show({ done, total: trainings, what: "trainings", secondsLeft }),
    ),
  ).finally(line.clear);
}

/** The pack that has the name before the build, to tell whether the new one holds the same numbers. */
async function checksumBefore(name: string): Promise<{ path: string; checksum: string } | undefined> {
  try {
    const { metadata, source } = await openNamedPack(name);
    return { path: source ?? name, checksum: metadata.checksum };
  } catch (error) {
    if (error instanceof AssayError) return undefined;
    throw error;
  }
}

function progressWords({ done, trainings }: { readonly done: number; readonly trainings: number }): string {
  return `${formatCount(done)} of ${formatCount(trainings)} trainings`;
}

function buildReport(recipe: Recipe, { finished, ...counts }: BuildOutcome) {
  return {
    ...{ schema: 1, kind: "build-benchmark", version, recipe, complete: finished !== undefined, ...counts },
    path: finished?.pack.source ?? null,
    bytes: finished?.bytes ?? null,
    checksum: finished?.pack.metadata.checksum ?? null,
    figures: finished?.figures ?? null,
  };
}

function trialReport(recipe: Recipe, outcome: TrialOutcome, seconds: number) {
  const complete = outcome.done === outcome.trainings;
  return { schema: 1, kind: "build-benchmark-trial", version, recipe, complete, ...outcome, seconds };
}

function listRecipes(session: Session, json: boolean): void {
  const known = Object.values(recipes);
  if (json) {
    printJson(session, { schema: 1, recipes: known });
    return;
  }
  const { out, outColours } = session.terminal;
  const width = Math.min(100, out.columns);
  for (const { name, description, space, dataset, settings, seeds } of known) {
    print(session, outColours.bold(name));
    print(session, wrapText(`${description}.`, width, 2));
    const words = Object.entries(settings).map(([setting, value]) => `${setting}=${String(value)}`);
    print(session, wrapText(`Space: ${space}. Data set: ${dataset}. Seeds: ${seeds.join(", ")}.`, width, 2));
    print(session, wrapText(`Settings: ${words.join(", ")}.`, width, 2));
  }
  print(session, "\nBuild one: assay build-benchmark <recipe>\nTry one:   assay build-benchmark <recipe> --limit 200");
}
