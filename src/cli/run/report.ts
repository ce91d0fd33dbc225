import { existsSync } from "node:fs";
import { basename } from "node:path";
import { AssayError } from "../../errors.js";
import { version } from "../../version.js";
import type { ViewSource } from "../../view/contract.js";
import { collectFigures } from "../../view/figures/index.js";
import { collectReport, writeReportFile } from "../../view/report/index.js";
import { createViewSource } from "../../view/viewSource.js";
import { checkOutput } from "../outputFile.js";
import { exitCodes, note, printJson, type Session } from "../session.js";
import { createProgressLine } from "../text/progressLine.js";
import { defaultStorage } from "./defaultStorage.js";
import { loadFigureWriter } from "./figureWriter.js";
import { readFrontEnd } from "./frontEnd.js";
import { sizeInWords } from "./sizeInWords.js";
import { requireOtherFile, writeWholeFile } from "./wholeFile.js";
import { type WrittenFigure, writeFigures } from "./writeFigures.js";

/** Options of `assay report`, as the command line gives them. */
export interface ReportCommandOptions {
  readonly storage?: string;
  readonly out?: string;
  readonly figures?: string;
  /** Absent where neither `--map` nor `--no-map` was given. */
  readonly map?: boolean;
  readonly json?: boolean;
}

/** Packed bytes for the map that was asked for, and no end of time. */
const WANTED_MAP = { bytes: 350_000, seconds: Number.POSITIVE_INFINITY };
const NO_MAP = { bytes: 0, seconds: 0 };

interface WrittenReport {
  readonly path: string;
  readonly bytes: number;
}

export async function runReport(
  session: Session,
  studies: readonly string[],
  options: ReportCommandOptions,
): Promise<void> {
  const { storage = defaultStorage(), figures, map, json = false } = options;
  const out = options.out ?? (figures === undefined ? "report.html" : undefined);
  const page = out === undefined ? undefined : checkOutput(out, [".html", ".htm"], false).path;
  if (page !== undefined && out !== undefined) requireOtherFile(page, out, storage);
  const folder = figures === undefined ? undefined : checkOutput(figures, [], true, "--figures").path;
  if (!existsSync(storage))
    throw new AssayError("no-storage", `There is no file ${storage}.`, "Give it with --storage, or ASSAY_STORAGE.");
  const names = [...new Set(studies)];
  if (map === true && page !== undefined && names.length > 1)
    throw new AssayError(
      "bad-option",
      "--map: a report holds the map of a single study.",
      "Write a report for each, or leave out --map.",
    );
  const { signal } = session;
  const source = createViewSource({ storagePath: storage, signal });
  const notes = new Set<string>();
  try {
    const written = folder === undefined ? [] : await drawFigures(session, source, names, { folder, map, notes });
    const report = page === undefined ? undefined : await writePage(session, source, names, { path: page, map, notes });
    if (json) printJson(session, describeJson(report, written, [...notes]));
    else tell(session, { report, written, folder, notes: [...notes] });
  } catch (error) {
    if (!signal.aborted) throw error;
    note(session, page === undefined ? "Stopped: no figure was written." : "Stopped: no report was written.");
    session.exitCode = exitCodes.interrupted;
  } finally {
    source.close();
  }
}

interface PartOptions {
  readonly map: boolean | undefined;
  /** Sentences about what is left out. */
  readonly notes: Set<string>;
}

async function drawFigures(
  session: Session,
  source: ViewSource,
  names: readonly string[],
  { folder, map, notes }: PartOptions & { readonly folder: string },
): Promise<WrittenFigure[]> {
  const writer = await loadFigureWriter();
  const line = createProgressLine(session);
  const collected = await collectFigures(source, names, {
    signal: session.signal,
    map: map ?? true,
    onMap: (study) =>
      line.show({ done: names.indexOf(study), total: names.length, what: "studies", text: `the map of “${study}”` }),
  }).finally(line.clear);
  for (const each of collected.notes) notes.add(each);
  return writeFigures(folder, [
    ...collected.studies.map((study) => ({ studies: [study.view.row.name], files: writer.study(study) })),
    ...collected.comparisons.map((view) => ({
      studies: view.groups.flatMap((group) => group.studies),
      files: writer.comparison(view),
    })),
  ]);
}

async function writePage(
  { signal }: Session,
  source: ViewSource,
  names: readonly string[],
  { path, map, notes }: PartOptions & { readonly path: string },
): Promise<WrittenReport> {
  const frontEnd = readFrontEnd();
  const mapRoom = map === undefined ? {} : { mapRoom: map ? WANTED_MAP : NO_MAP };
  const collected = await collectReport(source, names, { signal, ...mapRoom });
  const head = { schema: 1, version, madeAt: Math.floor(Date.now() / 1000), studies: names, notes: collected.notes };
  const page = writeReportFile({ head: { ...head, schema: 1 }, views: collected.views, ...frontEnd });
  writeWholeFile(path, [page]);
  for (const each of collected.notes) notes.add(each);
  return { path, bytes: Buffer.byteLength(page) };
}

function describeJson(report: WrittenReport | undefined, figures: readonly WrittenFigure[], notes: readonly string[]) {
  return { schema: 1, kind: "report", ...(report === undefined ? {} : { report }), figures, notes };
}

interface Told {
  readonly report: WrittenReport | undefined;
  readonly written: readonly WrittenFigure[];
  readonly folder: string | undefined;
  readonly notes: readonly string[];
}

function tell(session: Session, { report, written, folder, notes }: Told): void {
  for (const each of notes) note(session, each);
  if (folder !== undefined) {
    note(session, `wrote into ${folder}, with the numbers of each as .csv:`);
    for (const { svg, csv } of written) note(session, `  ${basename(svg ?? csv)}`);
  }
  if (report !== undefined) note(session, `wrote ${report.path} (${sizeInWords(report.bytes)})`);
}
