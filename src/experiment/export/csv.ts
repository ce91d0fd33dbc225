import type { Cell, ExportTable } from "./table.js";

/** Spreadsheets take text that begins so for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * A table as CSV (RFC 4180: commas, CRLF, quotes where they are needed), in pieces. Empty fields are values that are not there.
 *
 * Text may come from a program that nobody here knows: an apostrophe before what a spreadsheet would take for a formula keeps it text,
 * and control characters, which would drive a terminal, are written as JSON writes them.
 */
export function* writeCsv({ columns, pieces }: ExportTable): Generator<string> {
  yield `${columns.map(({ name }) => field(guardText(name))).join(",")}\r\n`;
  for (const { rows, values } of pieces()) {
    const lines = Array.from({ length: rows }, (_, row) =>
      values.map((column) => field(written(column[row]))).join(","),
    );
    yield lines.length === 0 ? "" : `${lines.join("\r\n")}\r\n`;
  }
}

/** The text that `writeCsv` guarded. */
export function restoreText(text: string): string {
  return text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text;
}

function written(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  return value instanceof Date ? value.toISOString() : guardText(value);
}

function guardText(text: string): string {
  const visible = text.replace(/\p{Cc}/gu, (character) =>
    character === "\n" || character === "\t"
      ? character
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return FORMULA.test(visible) ? `'${visible}` : visible;
}

function field(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
