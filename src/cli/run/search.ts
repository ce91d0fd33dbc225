import { readFileSync } from "node:fs";
import { AssayError } from "../../errors.js";
import { readEarlierTrials } from "../../experiment/earlierTrials.js";
import { askRecommendation } from "../../experiment/recommendation.js";
import { reportSearch, type SearchReport } from "../../experiment/searchReport.js";
import { bestTrial, search, type Trial } from "../../study/index.js";
import { checkOutput, writeOutput } from "../outputFile.js";
import { exitCodes, print, printJson, type Session } from "../session.js";
import { drawArchitecture } from "../text/architecture.js";
import { formatMeasured } from "../text/numbers.js";
import { createProgressLine } from "../text/progressLine.js";
import { drawSearchSummary } from "../text/searchSummary.js";
import { noteWritten } from "./openBenchmark.js";
import { nextSteps } from "./searchNext.js";
import { openSubject, type SearchSubject } from "./searchSubject.js";
import { withThreads } from "./threads.js";

/** Options of `assay search`, as the command line gives them. */
export interface SearchCommandOptions {
  readonly benchmark?: string;
  readonly space?: string;
  readonly evaluate?: string;
  readonly train?: string;
  readonly trainer?: string;
  readonly live?: boolean;
  readonly strategy: string;
  readonly budget: number;
  readonly objectives?: string;
  readonly batch?: number;
  readonly label?: string;
  readonly estimationCode?: string;
  readonly seed: number;
  readonly parallel?: number;
  readonly timeout?: number;
  readonly threads?: number;
  readonly out?: string;
  readonly report?: string;
  readonly resume?: string;
  readonly json?: boolean;
}

/** With an evaluation that never works there is no point in going on. */
const HOPELESS_AFTER = 5;

export async function runSearch(session: Session, options: SearchCommandOptions): Promise<void> {
  const output = options.out === undefined ? undefined : checkOutput(options.out, [".json"], false);
  const page = options.report === undefined ? undefined : checkOutput(options.report, [".html"], false, "--report");
  const earlierText = options.resume === undefined ? undefined : readText(options.resume);
  const subject = await openSubject(session, options);
  checkSpaceBudget(
    subject.space.size,
    subject.kind === "own" ? subject.space.name : (subject.benchmark?.name ?? subject.space.name),
    options.budget,
  );

  const report = await withThreads(session, options.threads, async (pool) => {
    const { strategy, seed, batch, objectives } = options;
    const objectiveOptions = { units: subject.units };
    const settings = { strategy, seed, batch, pool, objectives, objectiveOptions };
    const { setup, table, training } = subject.setUp(settings);
    const earlier =
      earlierText === undefined
        ? []
        : readEarlierTrials(earlierText, options.resume!, setup.catalogue, {
            benchmark: table?.benchmark.name,
            packChecksum: table?.benchmark.metadata.checksum,
            seed: options.seed,
            label: training === undefined && table !== undefined ? table.labels.rule : setup.evaluator.name,
            training,
          });
    const progress = showSearch(session, options.budget, earlier, subject.kind === "trainer");
    const started = performance.now();
    try {
      const result = await search({
        ...setup,
        budget: options.budget,
        parallel: options.parallel ?? (subject.kind === "trainer" ? pool.threads : 1),
        earlier,
        signal: session.signal,
        ...(subject.kind === "table" ? {} : { hopelessAfter: HOPELESS_AFTER }),
        onTrial: progress.onTrial,
      });
      progress.clear();
      const seconds = (performance.now() - started) / 1000;
      const recommendation = await askRecommendation(setup.strategy, result, session.signal);
      return reportSearch({
        setup,
        result,
        recommendation,
        spec: options.strategy,
        seed: options.seed,
        budget: options.budget,
        seconds,
        ...(table === undefined ? {} : { table }),
        ...(training === undefined ? {} : { training }),
        ...(page === undefined ? {} : { randomSearch: true }),
      });
    } finally {
      progress.clear();
      await setup.evaluator.close?.();
    }
  });

  if (report.ended === "stopped") session.exitCode = exitCodes.interrupted;
  if (options.json === true) printJson(session, report);
  else print(session, summarise(session, options, report, subject));
  if (output !== undefined) {
    noteWritten(session, [writeOutput(output.path, undefined, `${JSON.stringify(report, null, 2)}\n`)]);
  }
  if (page !== undefined) {
    // Only now: the machinery of the figures takes a while to load.
    const { writeSearchPage } = await import("../page/searchPage.js");
    const text = writeSearchPage({ report, drawing: drawBest(subject, report), units: subject.units });
    noteWritten(session, [writeOutput(page.path, undefined, text)]);
  }
  if (report.ended === "hopeless" || (report.ended !== "stopped" && report.failures > 0 && report.best === undefined)) {
    const [first] = report.trials;
    const which = report.ended === "hopeless" ? `The first ${report.queries} evaluations all` : "Every evaluation";
    throw new AssayError(
      "evaluation-failed",
      `${which} failed; the first with: ${first?.failure ?? "no reason given"}`,
      report.training === undefined
        ? `Try ${options.evaluate ?? "the evaluator"} on one architecture by hand.`
        : "Check the data set and the settings of the trainer.",
    );
  }
}

function summarise(
  session: Session,
  options: SearchCommandOptions,
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

function showSearch(
  session: Session,
  budget: number,
  earlier: readonly Trial[],
  isTrained: boolean,
): { onTrial: (trial: Trial) => void; clear: () => void } {
  const line = createProgressLine(session);
  const started = performance.now();
  let done = 0;
  let best = bestTrial(earlier)?.label ?? Number.NEGATIVE_INFINITY;
  const what = isTrained ? "trainings" : "queries";
  const describeBest = () => (isTrained ? `best ${formatMeasured(best)} %` : `best label ${formatMeasured(best)}`);
  // The first training takes a while, and somebody may wonder whether anything happens.
  if (isTrained) line.show({ done: earlier.length, total: budget, what });
  return {
    clear: line.clear,
    onTrial: ({ label }) => {
      done++;
      if (label > best) best = label;
      const seconds = (performance.now() - started) / 1000;
      const remaining = budget - earlier.length - done;
      line.show({
        done: earlier.length + done,
        total: budget,
        what,
        text: describeBest(),
        secondsLeft: (seconds / done) * remaining,
      });
    },
  };
}

function checkSpaceBudget(size: bigint, name: string, budget: number): void {
  if (BigInt(budget) <= size) return;
  throw new AssayError(
    "budget-too-large",
    `A budget of ${budget} queries is more than the ${size.toLocaleString("en")} architectures of ${name}.`,
    `Use --budget ${size} or less.`,
  );
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new AssayError("no-file", `--resume ${path}: the file cannot be read (${(error as Error).message}).`);
  }
}
