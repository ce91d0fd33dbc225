import { createHash } from "node:crypto";
import type { Column } from "../contract.js";
import { columnBytes, columnType } from "./columns.js";

/**
 * SHA-256 over all columns: for each its name and type on a line, then its little-endian bytes, respectively its texts with
 * a line feed after each. It does not depend on how the file is laid out.
 */
export function checksumOf(
  columns: Iterable<readonly [string, Column]>,
  text: Iterable<readonly [string, readonly string[]]>,
): string {
  const hash = createHash("sha256");
  for (const [name, column] of columns) {
    hash.update(`${name} ${columnType(column)}\n`);
    hash.update(columnBytes(column));
  }
  for (const [name, values] of text) {
    hash.update(`${name} text\n`);
    hash.update(`${values.join("\n")}\n`);
  }
  return hash.digest("hex");
}
