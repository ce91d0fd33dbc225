import { type InfoRecord, parse } from "csv-parse/sync";
import { AssayError, suggestName } from "../errors.js";
import type { Catalogue } from "../space/catalogue.js";
import type { Observation } from "../strategy/contract.js";
import { restoreText } from "./export/csv.js";

/** What is larger was not written by somebody who trains networks. */
const LIMITS = { characters: 200_000_000, rows: 1_000_000, recordCharacters: 1_000_000 } as const;

/** A row of the file as the parser gives it; `lines` counts those up to its end. */
interface Row {
  readonly record: readonly string[];
  readonly info: Pick<InfoRecord, "lines">;
}

/**
 * Earlier evaluations from a CSV file (RFC 4180, first line: names of the columns), for a search that begins with them. It has a column
 * `architecture` (text form) and a column `label`; others are ignored, so what `assay export-trials` writes is read too. Rows without a
 * label are failures and left out; an architecture that was evaluated several times has the mean of its labels.
 *
 * Throws AssayError with file, line and column where a row cannot be read or an architecture is none of the space.
 *
 * @param text the whole file
 * @param source its name, for messages
 * @returns in the order in which the architectures first appear
 * @example
 * readEvaluationsCsv("architecture,label\n\"kernel=3,depth=2\",91.5\n", "earlier.csv", catalogue);
 */
export function readEvaluationsCsv(text: string, source: string, catalogue: Catalogue): Observation[] {
  if (text.length > LIMITS.characters) {
    throw bad(source, `is larger than ${LIMITS.characters / 1_000_000} million characters`);
  }
  const [header, ...rows] = parseRows(text, source);
  if (header === undefined) throw bad(source, "is empty", "Its first line names the columns: architecture,label");
  const columns = { architecture: findColumn(header, "architecture"), label: findColumn(header, "label") };
  for (const [name, position] of Object.entries(columns)) {
    if (position < 0) throw bad(source, `has no column "${name}"`, suggestName(name, header.record.slice(0, 50)));
  }
  if (rows.length > LIMITS.rows) throw bad(source, `has more than ${LIMITS.rows.toLocaleString("en")} rows`);
  const labels = new Map<number, number[]>();
  for (const row of rows) {
    const { record } = row;
    if (record.length !== header.record.length) {
      throw badLine(source, row, `${record.length} fields where the first line has ${header.record.length}`);
    }
    const label = readLabel(record[columns.label], source, row);
    if (label === undefined) continue;
    const id = readArchitecture(record[columns.architecture], source, row, catalogue);
    const earlier = labels.get(id);
    if (earlier === undefined) labels.set(id, [label]);
    else earlier.push(label);
  }
  return Array.from(labels, ([architecture, values]) => ({
    architecture,
    label: values.reduce((sum, value) => sum + value, 0) / values.length,
  }));
}

function parseRows(text: string, source: string): Row[] {
  try {
    // The parser types what it gives by options that it cannot see here.
    return parse(text, {
      info: true,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ["\r\n", "\n", "\r"],
      max_record_size: LIMITS.recordCharacters,
      to: LIMITS.rows + 2,
    }) as unknown as Row[];
  } catch (error) {
    const { lines, code = "" } = error as Error & { readonly lines?: number; readonly code?: string };
    const reasons: Readonly<Record<string, string>> = {
      CSV_QUOTE_NOT_CLOSED: "a quote is not closed",
      CSV_INVALID_CLOSING_QUOTE: "something follows a closing quote",
      INVALID_OPENING_QUOTE: "a quote stands inside a field that does not begin with one",
      CSV_MAX_RECORD_SIZE: `a row is longer than ${LIMITS.recordCharacters.toLocaleString("en")} characters`,
    };
    const where = lines === undefined ? source : `${source}, line ${lines}`;
    throw new AssayError(
      "bad-evaluations",
      `${where}: ${reasons[code] ?? "is no CSV"}.`,
      'Fields with commas, quotes or line breaks stand in quotes, and a quote in them is written twice: "a ""b"", c".',
      { cause: error },
    );
  }
}

function findColumn({ record }: Row, name: string): number {
  return record.findIndex((title) => title.trim().toLowerCase() === name);
}

/** Undefined where the field is empty: the evaluation failed. */
function readLabel(field: string, source: string, row: Row): number | undefined {
  const written = field.trim();
  if (written === "" || /^nan$/i.test(written)) return undefined;
  const value = Number(written);
  if (/^[-+\d.e]+$/i.test(written) && Number.isFinite(value)) return value;
  throw badLine(source, row, `expected a number, got ${quote(field)}`, "label");
}

function readArchitecture(field: string, source: string, row: Row, { space, idOf }: Catalogue): number {
  try {
    return idOf(space.parse(restoreText(field.trim())));
  } catch (error) {
    const hint = error instanceof AssayError ? error.hint : undefined;
    const reason = (error as Error).message.replace(/\.$/, "");
    throw badLine(source, row, `${quote(field)} is no architecture of ${space.name}: ${reason}`, "architecture", hint);
  }
}

function quote(field: string): string {
  return JSON.stringify(field.length > 60 ? `${field.slice(0, 60)}…` : field);
}

function badLine(source: string, { record, info }: Row, what: string, column?: string, hint?: string): AssayError {
  // A row of several lines is told by its first.
  const first = info.lines - record.reduce((breaks, field) => breaks + (field.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
  const where = `${source}, line ${first}${column === undefined ? "" : `, column "${column}"`}`;
  return new AssayError("bad-evaluations", `${where}: ${what}.`, hint);
}

function bad(source: string, what: string, hint?: string): AssayError {
  return new AssayError("bad-evaluations", `${source} ${what}.`, hint);
}
