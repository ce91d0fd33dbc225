import { join } from "node:path";
import { AssayError } from "../../errors.js";
import type { ExperimentProgress } from "../../experiment/index.js";
import { reproductionFigure } from "../../experiment/index.js";
import {
  type ReproduceReport,
  type ReproductionEstimate,
  readingsOf,
  reproduce,
  reproductionPage,
  reproductions,
} from "../../experiment/reproduce/index.js";
import { lookUp } from "../../registry.js";
import { checkOutput, writeOutput } from "../outputFile.js";
import { exitCodes, note, print, printJson, type Session } from "../session.js";
import { formatCount, formatSeconds } from "../text/numbers.js";
import { createProgressLine } from "../text/progressLine.js";
import { drawReproduction } from "../text/reproductionTables.js";
import { wrapText } from "../text/wrapText.js";
import { noteWritten, openNamedBenchmark, openNamedEstimation } from "./openBenchmark.js";
import { withThreads } from "./threads.js";

/** Options of `assay reproduce`, as the command line gives them. */
export interface ReproduceCommandOptions {
  readonly seeds: number;
  readonly seed: number;
  readonly methods?: readonly string[];
  readonly labels: readonly string[];
  readonly samples?: readonly number[];
  readonly benchmark?: string;
  readonly estimationCode?: string;
  readonly threads?: number;
  readonly out?: string;
  readonly onlyStored?: boolean;
  readonly json?: boolean;
}

/** Lies in the folder of the results: figures that share runs find them there. */
const RUNS_FILE = "runs.jsonl";

export async function runReproduce(
  session: Session,
  name: string | undefined,
  options: ReproduceCommandOptions,
): Promise<void> {
  if (name === undefined) {
    listReproductions(session, options.json === true);
    return;
  }
  const reproduction = lookUp("reproduction", reproductions, name);
  const folder = options.out === undefined ? undefined : checkOutput(options.out, [], true).path;
  if (options.onlyStored === true && folder === undefined) {
    throw new AssayError("no-runs", "--only-stored shows runs of a folder.", "Name the folder: --out FOLDER.");
  }
  const line = createProgressLine(session);
  const report = await withThreads(session, options.threads, (pool) =>
    reproduce({
      reproduction,
      seeds: options.seeds,
      firstSeed: options.seed,
      methods: options.methods,
      labels: options.labels,
      samples: options.samples,
      benchmark: options.benchmark,
      code: options.estimationCode,
      source: {
        openBenchmark: (benchmark) => openNamedBenchmark(session, benchmark),
        openEstimation: (benchmark, code) => openNamedEstimation(session, benchmark, code),
      },
      runsFile: folder === undefined ? undefined : join(folder, RUNS_FILE),
      onlyStored: options.onlyStored,
      pool,
      signal: session.signal,
      onEstimate: (estimate) => note(session, describeEstimate(estimate, pool.threads, options.onlyStored === true)),
      onProgress: (progress) => showRuns(line, progress),
    }),
  ).finally(line.clear);
  for (const words of report.leftOut) note(session, `left out: ${words}`);
  if (options.json === true) printJson(session, report);
  else print(session, drawReproduction(report, session.terminal.outColours));
  if (folder !== undefined) noteWritten(session, writeReproduction(report, folder));
  if (!report.complete && options.onlyStored !== true) {
    session.exitCode = exitCodes.interrupted;
    const goOn = folder === undefined ? "With --out FOLDER, runs are kept." : "Run the same command again to go on.";
    note(session, `Stopped before all runs were done. ${goOn}`);
  }
}

/** What was planned, in a line: "4,000 runs, 1,600 of them done already; about 50 min of processor time, 25 min on 2 threads". */
function describeEstimate(
  { runs, stored, seconds, measured }: ReproductionEstimate,
  threads: number,
  onlyStored: boolean,
): string {
  const planned = `${formatCount(runs)} runs${stored === 0 ? "" : `, ${formatCount(stored)} of them done already`}`;
  if (stored === runs || onlyStored) return planned;
  const wall = threads === 1 ? "" : `, ${formatSeconds(seconds / threads)} on ${threads} threads`;
  const by = measured ? "by the runs that are done" : "a guess until some are done";
  return `${planned}; about ${formatSeconds(seconds)} of processor time${wall} (${by})`;
}

function showRuns(line: ReturnType<typeof createProgressLine>, progress: ExperimentProgress): void {
  const { stepsDone, steps, runsDone, runs, seconds } = progress;
  line.show({
    ...{ done: runsDone, total: runs, what: "runs" },
    secondsLeft: stepsDone * 50 < steps ? undefined : (seconds / stepsDone) * (steps - stepsDone),
  });
}

/** Tables, JSON, and one figure for each chart and label rule, by the first way in which its runs are read. */
function writeReproduction(report: ReproduceReport, folder: string): string[] {
  const { reproduction } = report;
  const written = [
    writeOutput(folder, `${reproduction}.json`, `${JSON.stringify(report, null, 2)}\n`),
    writeOutput(folder, `${reproduction}.md`, reproductionPage(report)),
  ];
  if (!report.drawn) return written;
  for (const panel of report.panels) {
    for (const reading of panel.readings) {
      if (readingsOf(reading.label)[0].name !== reading.name) continue;
      const words = [reproduction, ...(report.panels.length > 1 ? [panel.name] : []), reading.name];
      written.push(writeOutput(folder, `${words.join("-")}.svg`, reproductionFigure(report, panel, reading)));
    }
  }
  return written;
}

function listReproductions(session: Session, json: boolean): void {
  const known = Object.values(reproductions);
  if (json) {
    const listed = known.map(({ name, title, source, reportedFrom, methods, notes }) => ({
      ...{ name, title, source, reportedFrom, notes },
      methods: methods.map((method) => ({ name: method.name, title: method.title })),
    }));
    printJson(session, { schema: 1, reproductions: listed });
    return;
  }
  const { out, outColours } = session.terminal;
  const width = Math.min(100, out.columns);
  for (const { name, title, methods } of known) {
    print(session, outColours.bold(name));
    print(session, wrapText(`${title}.`, width, 2));
    print(session, wrapText(`Methods: ${methods.map((method) => method.name).join(", ")}.`, width, 2));
  }
  print(session, "\nMake one: assay reproduce <name> --seeds 100 --out results/");
}
