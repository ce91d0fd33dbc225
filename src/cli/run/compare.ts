import { checkBudget, compare } from "../../experiment/compare.js";
import { bestTestFigure, regretFigure, testOfBestLabelFigure } from "../../experiment/figures/curves.js";
import type { CompareReport } from "../../experiment/report.js";
import { checkOutput, type Output, writeOutput } from "../outputFile.js";
import { exitCodes, note, print, printJson, type Session } from "../session.js";
import { drawCompareTables } from "../text/compareTable.js";
import { createProgressLine } from "../text/progressLine.js";
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
  const output = options.out === undefined ? undefined : checkOutput(options.out, [".svg", ".json"], true);
  const benchmark = await limitBenchmark(session, await openNamedBenchmark(session, options.benchmark), options);
  checkBudget(benchmark, options.budget);
  const estimation = await openNamedEstimation(session, benchmark, options.estimationCode);
  const line = createProgressLine(session);
  const report = await withThreads(session, options.threads, (pool) =>
    compare({
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
    const done = report.results.reduce((sum, { runs }) => sum + runs, 0);
    note(session, `Stopped after ${done} of ${options.seeds * options.strategies.length} runs.`);
  }
  if (options.json === true) printJson(session, report);
  else if (report.results.length > 0) print(session, drawCompareTables(report, session.terminal.outColours));
  if (output !== undefined) noteWritten(session, writeCompare(report, output));
}

function writeCompare(report: CompareReport, output: Output): string[] {
  const json = `${JSON.stringify(report, null, 2)}\n`;
  if (output.kind === "file") {
    return [writeOutput(output.path, undefined, output.extension === ".svg" ? bestTestFigure(report) : json)];
  }
  const files: [string, string][] = [
    ["compare.json", json],
    ["best-test.svg", bestTestFigure(report)],
    ["test-of-best-label.svg", testOfBestLabelFigure(report)],
    ["regret.svg", regretFigure(report)],
  ];
  return files.map(([name, text]) => writeOutput(output.path, name, text));
}
