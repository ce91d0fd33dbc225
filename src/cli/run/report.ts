import { existsSync } from "node:fs";
import { AssayError } from "../../errors.js";
import { version } from "../../version.js";
import { collectReport, writeReportFile } from "../../view/report/index.js";
import { createViewSource } from "../../view/viewSource.js";
import { checkOutput } from "../outputFile.js";
import { exitCodes, note, type Session } from "../session.js";
import { defaultStorage } from "./defaultStorage.js";
import { readFrontEnd } from "./frontEnd.js";
import { noteWritten } from "./openBenchmark.js";
import { requireOtherFile, writeWholeFile } from "./wholeFile.js";

/** Options of `assay report`, as the command line gives them. */
export interface ReportCommandOptions {
  readonly storage?: string;
  readonly out: string;
  readonly map?: boolean;
}

/** Packed bytes for the map that was asked for, and no end of time. */
const WANTED_MAP = { bytes: 350_000, seconds: Number.POSITIVE_INFINITY };

export async function runReport(
  session: Session,
  studies: readonly string[],
  { storage = defaultStorage(), out, map = false }: ReportCommandOptions,
): Promise<void> {
  const { path } = checkOutput(out, [".html", ".htm"], false);
  requireOtherFile(path, out, storage);
  const frontEnd = readFrontEnd();
  if (!existsSync(storage))
    throw new AssayError("no-storage", `There is no file ${storage}.`, "Give it with --storage, or ASSAY_STORAGE.");
  const names = [...new Set(studies)];
  if (map && names.length > 1)
    throw new AssayError(
      "bad-option",
      "--map: a report holds the map of a single study.",
      "Write a report for each, or leave out --map.",
    );
  const { signal } = session;
  const source = createViewSource({ storagePath: storage });
  try {
    const { views, notes } = await collectReport(source, names, { signal, ...(map ? { mapRoom: WANTED_MAP } : {}) });
    const head = { schema: 1, version, madeAt: Math.floor(Date.now() / 1000), studies: names, notes } as const;
    const page = writeReportFile({ head, views, ...frontEnd });
    writeWholeFile(path, [page]);
    for (const each of notes) note(session, each);
    noteWritten(session, [`${path} (${sizeInWords(Buffer.byteLength(page))})`]);
  } catch (error) {
    if (!signal.aborted) throw error;
    note(session, "Stopped: no report was written.");
    session.exitCode = exitCodes.interrupted;
  } finally {
    source.close();
  }
}

function sizeInWords(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
