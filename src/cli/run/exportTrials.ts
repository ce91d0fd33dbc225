import { extname } from "node:path";
import { AssayError } from "../../errors.js";
import { exportCsv, exportParquet } from "../../experiment/export/index.js";
import { checkOutput } from "../outputFile.js";
import type { Session } from "../session.js";
import { defaultStorage } from "./defaultStorage.js";
import { noteWritten } from "./openBenchmark.js";
import { withStudies } from "./openStudies.js";
import { requireOtherFile, writeWholeFile } from "./wholeFile.js";

/** Options of `assay export-trials`, as the command line gives them. */
export interface ExportTrialsCommandOptions {
  readonly storage?: string;
  readonly format?: "csv" | "parquet";
  readonly out?: string;
  readonly curves?: boolean;
}

export async function runExportTrials(
  session: Session,
  study: string,
  options: ExportTrialsCommandOptions,
): Promise<void> {
  const { storage: path = defaultStorage(), out, curves = false } = options;
  const format = options.format ?? (out !== undefined && extname(out).toLowerCase() === ".parquet" ? "parquet" : "csv");
  const target = out === undefined ? undefined : checkTarget(out, path, options.format);
  if (target === undefined && format === "parquet") {
    throw new AssayError("missing-out", "Parquet is no text: it needs a file.", "Add --out trials.parquet.");
  }
  await withStudies(path, (storage) => {
    const rows = curves ? "curves" : "trials";
    if (target === undefined) {
      for (const piece of exportCsv(storage, study, { rows })) session.terminal.out.write(piece);
      return;
    }
    writeWholeFile(
      target,
      format === "csv" ? exportCsv(storage, study, { rows }) : [exportParquet(storage, study, { rows })],
    );
    noteWritten(session, [target]);
  });
}

/** Any ending will do where the format is named. */
function checkTarget(out: string, storage: string, format: string | undefined): string {
  const endings = format === undefined ? [".csv", ".parquet"] : [extname(out).toLowerCase()];
  const { path } = checkOutput(out, endings, false);
  requireOtherFile(path, out, storage);
  return path;
}
