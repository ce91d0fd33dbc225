import { basename } from "node:path";
import { AssayError, suggestName } from "../../errors.js";
import type { Column } from "../contract.js";
import { type ColumnType, createColumn } from "../pack/columns.js";
import { readMaybeGzip } from "./gzip.js";
import { parseNumber } from "./number.js";

/** How to read one column of a table: as numbers (an empty field is NaN unless whole numbers are wanted) or as texts. */
export type FieldType = ColumnType | "text";

/** The columns of a table that were asked for. */
export interface Table {
  readonly path: string;
  readonly rows: number;
  readonly header: readonly string[];
  numbers(name: string): Column;
  text(name: string): readonly string[];
  /** An error about a field, with file, line and column. */
  fault(row: number, column: string, what: string): AssayError;
}

const newline = 10;
const carriageReturn = 13;
const comma = 44;

/**
 * Reads a CSV table with a header line and without quoted fields, packed with gzip or not. Throws AssayError with the
 * file, line and column of the first mistake.
 *
 * @param fields the wanted columns; the others are skipped
 */
export function readTable(path: string, fields: ReadonlyMap<string, FieldType>): Table {
  const bytes = readMaybeGzip(path);
  const lineEnd = endOfLine(bytes, 0);
  const header = bytes
    .toString("utf8", 0, lineEnd)
    .replace(/^\uFEFF/, "")
    .replace(/\r$/, "")
    .split(",");
  const file = basename(path);
  for (const name of fields.keys()) {
    if (!header.includes(name)) {
      throw new AssayError("bad-table", `${file} has no column "${name}".`, suggestName(name, header));
    }
  }
  const rows = countRows(bytes, lineEnd + 1);
  const numbers = new Map<string, Column>();
  const text = new Map<string, string[]>();
  const fault = (row: number, column: string, what: string): AssayError =>
    new AssayError("bad-table", `${file}, line ${row + 2}, column "${column}": ${what}.`);
  const readers = header.map((name): FieldReader | undefined => {
    const type = fields.get(name);
    if (type === undefined) return undefined;
    if (type !== "text") {
      const column = createColumn(type, rows);
      numbers.set(name, column);
      return numberReader(name, type, column, fault);
    }
    const values = new Array<string>(rows);
    text.set(name, values);
    return (buffer, start, end, row) => {
      values[row] = buffer.toString("latin1", start, end);
    };
  });
  readRows(bytes, lineEnd + 1, readers, (row, found) => {
    const what = `${found} fields where the header has ${header.length}`;
    return new AssayError("bad-table", `${file}, line ${row + 2}: ${what}.`);
  });
  return {
    path,
    rows,
    header,
    fault,
    numbers: (name) => numbers.get(name)!,
    text: (name) => text.get(name)!,
  };
}

type FieldReader = (bytes: Buffer, start: number, end: number, row: number) => void;

function numberReader(
  name: string,
  type: ColumnType,
  column: Column,
  fault: (row: number, column: string, what: string) => AssayError,
): FieldReader {
  const whole = type === "int32";
  return (bytes, start, end, row) => {
    const value = start === end ? Number.NaN : parseNumber(bytes, start, end);
    if (value === undefined || (whole && (value | 0) !== value)) {
      const given =
        start === end ? "nothing" : JSON.stringify(bytes.toString("latin1", start, Math.min(end, start + 40)));
      throw fault(row, name, `expected a ${whole ? "whole number of 32 bits" : "number"}, got ${given}`);
    }
    column[row] = value;
  };
}

function readRows(
  bytes: Buffer,
  start: number,
  readers: readonly (FieldReader | undefined)[],
  fault: (row: number, fields: number) => AssayError,
): void {
  let position = start;
  for (let row = 0; position < bytes.length; row++) {
    const end = endOfLine(bytes, position);
    const last = bytes[end - 1] === carriageReturn ? end - 1 : end;
    let field = 0;
    let from = position;
    for (let i = position; i <= last; i++) {
      if (i < last && bytes[i] !== comma) continue;
      if (field < readers.length) readers[field]?.(bytes, from, i, row);
      field++;
      from = i + 1;
    }
    if (field !== readers.length) throw fault(row, field);
    position = end + 1;
  }
}

function endOfLine(bytes: Buffer, from: number): number {
  const found = bytes.indexOf(newline, from);
  return found < 0 ? bytes.length : found;
}

function countRows(bytes: Buffer, from: number): number {
  let rows = 0;
  for (let position = from; position < bytes.length; position = endOfLine(bytes, position) + 1) rows++;
  return rows;
}
