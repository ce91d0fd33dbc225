import { correlationFigure } from "../../experiment/figures/correlation.js";
import type { Ranked } from "../../experiment/measurePredictor.js";
import { predict } from "../../experiment/predict.js";
import type { PredictReport } from "../../experiment/report.js";
import { checkOutput, type Output, writeOutput } from "../outputFile.js";
import { exitCodes, note, print, printJson, type Session } from "../session.js";
import { drawPredictTable } from "../text/predictTable.js";
import { createProgressLine } from "../text/progressLine.js";
import { showExperiment } from "./experimentProgress.js";
import { noteWritten, openNamedBenchmark } from "./openBenchmark.js";
import { withThreads } from "./threads.js";

/** Options of `assay predict`, as the command line gives them. */
export interface PredictCommandOptions {
  readonly benchmark: string;
  readonly predictors: readonly string[];
  readonly trainSizes: readonly number[];
  readonly seeds: number;
  readonly seed: number;
  readonly label?: string;
  readonly against: Ranked;
  readonly threads?: number;
  readonly out?: string;
  readonly json?: boolean;
}

export async function runPredict(session: Session, options: PredictCommandOptions): Promise<void> {
  const output = options.out === undefined ? undefined : checkOutput(options.out, [".svg", ".json"], true);
  const benchmark = await openNamedBenchmark(session, options.benchmark);
  const line = createProgressLine(session);
  const report = await withThreads(session, options.threads, (pool) =>
    predict({
      benchmark,
      predictors: options.predictors,
      trainSizes: options.trainSizes,
      label: options.label,
      against: options.against,
      seeds: options.seeds,
      firstSeed: options.seed,
      pool,
      signal: session.signal,
      onProgress: (progress) => showExperiment(line, progress, "fits"),
    }),
  ).finally(line.clear);
  if (!report.complete) {
    session.exitCode = exitCodes.interrupted;
    const done = report.results.reduce((sum, { runs }) => sum + runs, 0);
    const wanted = options.seeds * options.predictors.length * options.trainSizes.length;
    note(session, `Stopped after ${done} of ${wanted} fits.`);
  }
  if (options.json === true) printJson(session, report);
  else if (report.results.length > 0) print(session, drawPredictTable(report, session.terminal.outColours));
  if (output !== undefined) noteWritten(session, writePredict(report, output));
}

function writePredict(report: PredictReport, output: Output): string[] {
  const json = `${JSON.stringify(report, null, 2)}\n`;
  if (output.kind === "file") {
    return [writeOutput(output.path, undefined, output.extension === ".svg" ? correlationFigure(report) : json)];
  }
  return [
    writeOutput(output.path, "predict.json", json),
    writeOutput(output.path, "kendall-tau.svg", correlationFigure(report)),
  ];
}
