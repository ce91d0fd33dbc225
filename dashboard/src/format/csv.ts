/** A table for a file: the head, then rows. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly (string | number | null | undefined)[]>;
}

/**
 * A table as comma-separated values (RFC 4180). Spreadsheets run cells that begin like a formula, and names and logs come from
 * anybody: such texts get an apostrophe in front. Numbers are written as they are.
 */
export function writeCsv({ columns, rows }: Table): string {
  const lines = [columns.map(writeCell).join(",")];
  for (const row of rows) lines.push(row.map(writeCell).join(","));
  return `${lines.join("\r\n")}\r\n`;
}

function writeCell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  // Tabs and line ends before a formula are skipped by some programs, so they count too.
  const safe = /^[\s\0]*[=+\-@|]|^[\t\r\n]/.test(value) && !/^-?\d+(\.\d+)?$/.test(value) ? `'${value}` : value;
  return /[",\r\n;]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
