import { AssayError } from "../../errors.js";
import { shownAddress } from "../../evaluator/http/shownAddress.js";
import type { MedianRule } from "../../evaluator/medianRule.js";
import { askRecommendation } from "../../experiment/recommendation.js";
import { reportSearch, type SearchReport } from "../../experiment/searchReport.js";
import type { KeptSearchOptions } from "../../experiment/searchSettings.js";
import { runStudy, type Study } from "../../study/index.js";
import { requireStudyName } from "../../study/storage/refusals.js";
import { checkOutput, type Output, writeOutput } from "../outputFile.js";
import { exitCodes, note, noteVerbosely, print, printJson, type Session } from "../session.js";
import { drawArchitecture } from "../text/architecture.js";
import { drawSearchSummary } from "../text/searchSummary.js";
import { readMedianRule } from "./medianRule.js";
import { noteWritten } from "./openBenchmark.js";
import { nextSteps } from "./searchNext.js";
import type { SearchCommandOptions } from "./searchOptions.js";
import { showSearch } from "./searchProgress.js";
import { openSearchStudy, openStudyFile, type StudyFile } from "./searchStudy.js";
import { openSubject, type SearchSubject } from "./searchSubject.js";
import { withThreads } from "./threads.js";
import { readWarmStart } from "./warmStart.js";

/** With an evaluation that never works there is no point in going on. */
const HOPELESS_AFTER = 5;
const DEFAULT_BUDGET = 100;

export async function runSearch(session: Session, options: SearchCommandOptions): Promise<void> {
  const output = options.out === undefined ? undefined : checkOutput(options.out, [".json"], false);
  const page = options.report === undefined ? undefined : checkOutput(options.report, [".html"], false, "--report");
  const medianRule = readMedianRule(options.medianRule);
  // Before anything is named after it.
  if (options.study !== undefined) requireStudyName(options.study);
  const subject = await openSubject(session, options);
  const name = subjectName(subject);
  for (;;) {
    const file = await openFile(options, subject, name);
    try {
      return await searchAndShow(session, { options, subject, name, file, medianRule, output, page });
    } catch (error) {
      // Another search that names itself was faster: under the next name.
      if (options.study !== undefined || !(error instanceof AssayError) || error.code !== "study-exists") throw error;
    } finally {
      file?.storage.close();
    }
  }
}

interface ShownSearch extends Omit<Searched, "budget" | "withPage"> {
  readonly output: Output | undefined;
  readonly page: Output | undefined;
}

async function searchAndShow(
  session: Session,
  { options, subject, name, file, medianRule, output, page }: ShownSearch,
): Promise<void> {
  const budget = Math.max(options.budget ?? file?.budget ?? DEFAULT_BUDGET, file?.trials ?? 0);
  checkSpaceBudget(subject.space.size, name, budget);
  const report = await searchSubject(session, {
    options,
    subject,
    name,
    budget,
    file,
    medianRule,
    withPage: page !== undefined,
  });
  const next = { ...options, budget, ...(file === undefined ? {} : { study: file.name }) };
  if (report.ended === "stopped") session.exitCode = exitCodes.interrupted;
  if (options.json === true) printJson(session, report);
  else print(session, summarise(session, next, report, subject));
  if (output !== undefined) {
    noteWritten(session, [writeOutput(output.path, undefined, `${JSON.stringify(report, null, 2)}\n`)]);
  }
  if (page !== undefined) {
    // Only now: the machinery of the figures takes a while to load.
    const { writeSearchPage } = await import("../page/searchPage.js");
    const text = writeSearchPage({ report, drawing: drawBest(subject, report), units: subject.units });
    noteWritten(session, [writeOutput(page.path, undefined, text)]);
  }
  refuseFailures(report, options);
}

/** Where the trials are kept; undefined where they are not. */
async function openFile(
  options: SearchCommandOptions,
  subject: SearchSubject,
  name: string,
): Promise<StudyFile | undefined> {
  // The dashboard shows what is kept.
  if (options.study === undefined && subject.isKept !== true && options.dashboard === undefined) {
    if (options.storage === undefined) return undefined;
    throw new AssayError("bad-options", "--storage belongs to --study.", "Give the study a name: --study first.");
  }
  return await openStudyFile({ name: options.study, subject: name, storage: options.storage });
}

interface Searched {
  readonly options: SearchCommandOptions;
  readonly subject: SearchSubject;
  readonly name: string;
  readonly budget: number;
  readonly file: StudyFile | undefined;
  readonly medianRule: MedianRule | undefined;
  readonly withPage: boolean;
}

async function searchSubject(
  session: Session,
  { options, subject, name, budget, file, medianRule, withPage }: Searched,
): Promise<SearchReport> {
  return await withThreads(session, options.threads, async (pool) => {
    const { strategy, seed, batch, parallel, objectives } = options;
    const objectiveOptions = { units: subject.units, costs: subject.costs };
    const settings = { strategy, seed, batch, parallel, pool, objectives, objectiveOptions, study: file };
    const { setup, table, training } = subject.setUp(settings);
    const study = openSearchStudy({
      options,
      setup,
      subject: name,
      budget,
      retries: options.retries ?? subject.retries ?? 0,
      packChecksum: table?.benchmark.metadata.checksum,
      labelUnit: subject.units["label"] ?? "",
      warmStart: await readWarmStart(options, setup, { table, training }),
      file,
    });
    const progress = showSearch(session, budget, study, subject.kind === "trainer");
    if (file !== undefined) noteStudy(session, file, study, options, budget);
    noteIdle(session, options, setup.batch);
    study.on("trial", progress.onTrial);
    study.on("retry", ({ number, failure }) =>
      noteVerbosely(session, `trial ${number} failed and is tried again: ${failure}`),
    );
    const started = performance.now();
    try {
      const ended = await runStudy(study, {
        evaluator: setup.evaluator,
        batch: setup.batch,
        budget,
        parallel: options.parallel ?? (subject.kind === "trainer" ? pool.threads : 1),
        asynchronous: options.asynchronous ?? false,
        signal: session.signal,
        medianRule,
        onWait: progress.onWait,
        ...(subject.kind === "table" ? {} : { hopelessAfter: HOPELESS_AFTER }),
      });
      progress.clear();
      const seconds = (performance.now() - started) / 1000;
      const result = { trials: study.trials(), ended };
      const recommendation = await askRecommendation(study.strategy, result, session.signal);
      return reportSearch({
        setup,
        result,
        recommendation,
        spec: options.strategy,
        seed: options.seed,
        budget,
        seconds,
        ...(file === undefined ? {} : { study: { name: file.name, storage: file.storage.location } }),
        ...(table === undefined ? {} : { table }),
        ...(training === undefined ? {} : { training }),
        ...(withPage ? { randomSearch: true } : {}),
      });
    } finally {
      progress.clear();
      await setup.evaluator.close?.();
      study.close();
    }
  });
}

/** Says where everything goes, and what is there already. */
function noteStudy(
  session: Session,
  { name, storage, settings }: StudyFile,
  { finished }: Study,
  options: SearchCommandOptions,
  budget: number,
): void {
  const there = finished === 0 ? "" : `, ${finished} of ${budget} trials are there`;
  note(session, `study ${name} in ${storage.location}${there}`);
  const [was, is] = [settings?.options, options].map((given) => given && describeEvaluation(given));
  if (was !== undefined && was !== is && finished > 0)
    note(session, `evaluated by ${is} from now on, until now by ${was}`);
  if (options.budget !== undefined && options.budget < budget) {
    note(session, `there are more trials than --budget ${options.budget}: none will be added`);
  }
}

/** What measures an architecture, in one word or as a command; undefined for benchmarks and the built-in trainer. */
function describeEvaluation({ command, http, queueName }: KeptSearchOptions): string | undefined {
  if (command !== undefined) return command.join(" ");
  if (http !== undefined) return shownAddress(http);
  return queueName === undefined ? undefined : "workers of a queue";
}

/** More evaluations at a time than a batch has would have nothing to do. */
function noteIdle(session: Session, { parallel = 1, asynchronous = false }: SearchCommandOptions, batch: number): void {
  if (asynchronous || parallel <= batch) return;
  note(
    session,
    `only ${batch} of ${parallel} evaluations at a time: a batch has ${batch}. Give --batch ${parallel} or --asynchronous.`,
  );
}

function subjectName(subject: SearchSubject): string {
  return subject.kind === "own" ? subject.space.name : (subject.benchmark?.name ?? subject.space.name);
}

/** Nothing but failures is an error, and the reason is the first of them. */
function refuseFailures(report: SearchReport, { evaluate, command, http }: SearchCommandOptions): void {
  const allFailed = report.ended !== "stopped" && report.failures > 0 && report.best === undefined;
  if (report.ended !== "hopeless" && !allFailed) return;
  const failures = report.trials.flatMap(({ failure }) => failure ?? []);
  const message =
    report.ended === "hopeless" && report.best !== undefined
      ? `All evaluations since the study went on failed; the last with: ${failures.at(-1)}`
      : `${report.ended === "hopeless" ? `The first ${report.queries} evaluations all` : "Every evaluation"} failed; the first with: ${failures.at(0) ?? "no reason given"}`;
  throw new AssayError(
    "evaluation-failed",
    message,
    report.training === undefined
      ? `Try ${evaluate ?? command?.join(" ") ?? (http === undefined ? "the evaluator" : "the service")} on one architecture by hand.`
      : "Check the data set and the settings of the trainer.",
  );
}

function summarise(
  session: Session,
  options: SearchCommandOptions & { readonly budget: number },
  report: SearchReport,
  subject: SearchSubject,
): string {
  const next = nextSteps(options, report, subject.space.size);
  return drawSearchSummary(
    { report, drawing: drawBest(subject, report), units: subject.units, next },
    session.terminal.outColours,
  );
}

function drawBest({ space }: SearchSubject, { best }: SearchReport): string[] {
  return best === undefined ? [] : drawArchitecture(space, space.parse(best.architecture));
}

function checkSpaceBudget(size: bigint, name: string, budget: number): void {
  if (BigInt(budget) <= size) return;
  throw new AssayError(
    "budget-too-large",
    `A budget of ${budget} queries is more than the ${size.toLocaleString("en")} architectures of ${name}.`,
    `Use --budget ${size} or less.`,
  );
}
