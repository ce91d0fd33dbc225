import { checkBudget, compareWithRuns } from "../../experiment/compare.js";
import { labelUnits } from "../../experiment/labelUnits.js";
import { checkOutput } from "../outputFile.js";
import { exitCodes, note, print, printJson, type Session } from "../session.js";
import { drawCompareTables } from "../text/compareTable.js";
import { createProgressLine } from "../text/progressLine.js";
import { openCompareOutput } from "./compareOutput.js";
import { showExperiment } from "./experimentProgress.js";
import { limitBenchmark } from "./limits.js";
import { noteWritten, openNamedBenchmark, openNamedEstimation } from "./openBenchmark.js";
import { withThreads } from "./threads.js";

/** Options of `assay compare`, as the command line gives them. */
export interface CompareCommandOptions {
  readonly benchmark: string;
  readonly strategies: readonly string[];
  readonly budget: number;
  readonly seeds: number;
  readonly seed: number;
  readonly batch?: number;
  readonly label?: string;
  readonly estimationCode?: string;
  readonly limit?: readonly string[];
  readonly costs?: readonly string[];
  readonly threads?: number;
  readonly out?: string;
  readonly json?: boolean;
}

export async function runCompare(session: Session, options: CompareCommandOptions): Promise<void> {
  // Everything that could go wrong with it goes wrong before the work.
  const output =
    options.out === undefined
      ? undefined
      : await openCompareOutput(checkOutput(options.out, [".html", ".htm", ".svg", ".json"], true));
  const benchmark = await limitBenchmark(session, await openNamedBenchmark(session, options.benchmark), options);
  checkBudget(benchmark, options.budget);
  const estimation = await openNamedEstimation(session, benchmark, options.estimationCode);
  const line = createProgressLine(session);
  const { report, runs } = await withThreads(session, options.threads, (pool) =>
    compareWithRuns({
      benchmark,
      strategies: options.strategies,
      label: options.label,
      budget: options.budget,
      seeds: options.seeds,
      firstSeed: options.seed,
      batch: options.batch,
      estimation,
      pool,
      signal: session.signal,
      onProgress: (progress) => showExperiment(line, progress, "queries"),
    }),
  ).finally(line.clear);
  if (!report.complete) {
    session.exitCode = exitCodes.interrupted;
    const done = report.results.reduce((sum, { runs: count }) => sum + count, 0);
    note(session, `Stopped after ${done} of ${options.seeds * options.strategies.length} runs.`);
  }
  if (options.json === true) printJson(session, report);
  else if (report.results.length > 0) print(session, drawCompareTables(report, session.terminal.outColours));
  if (output === undefined) return;
  const { label: labelUnit } = labelUnits(benchmark, options.label);
  noteWritten(session, output.write({ report, runs, labelUnit }));
  if (output.needsRuns && runs.length === 0) note(session, "No page was written: no run was finished.");
}
