import type { Storage } from "../../study/index.js";
import { writeCsv } from "./csv.js";
import { curveTable } from "./curveTable.js";
import { writeParquet } from "./parquet.js";
import type { ExportTable } from "./table.js";
import { trialTable } from "./trialTable.js";

/** Options of `exportCsv` and `exportParquet`. */
export interface ExportOptions {
  /** `trials`: a row for each trial; `curves`: one for each trial and epoch. Default "trials". */
  readonly rows?: "trials" | "curves";
}

/**
 * The trials of a study as CSV (RFC 4180), in pieces to be written one after another. The columns begin with `trial`, `architecture` and
 * `label`; with `rows: "curves"` with `trial` and `epoch`. Throws AssayError where there is no such study.
 *
 * @example
 * for (const piece of exportCsv(openSqliteStorage("assay.db"), "first")) process.stdout.write(piece);
 */
export function exportCsv(storage: Storage, study: string, options: ExportOptions = {}): Iterable<string> {
  return writeCsv(tableOf(storage, study, options));
}

/**
 * The same as the bytes of a Parquet file, which pandas, DuckDB and others read.
 *
 * @example
 * writeFileSync("trials.parquet", exportParquet(openSqliteStorage("assay.db"), "first"));
 */
export function exportParquet(storage: Storage, study: string, options: ExportOptions = {}): Uint8Array {
  return writeParquet(tableOf(storage, study, options));
}

function tableOf(storage: Storage, study: string, { rows = "trials" }: ExportOptions): ExportTable {
  return rows === "curves" ? curveTable(storage, study) : trialTable(storage, study);
}
