import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type ColumnSource, parquetWriteBuffer } from "hyparquet-writer";
import { AssayError } from "../../errors.js";
import type { Column, PackMetadata } from "../contract.js";
import { checksumOf } from "./checksum.js";
import { columnType } from "./columns.js";
import type { PackContents } from "./contents.js";
import { metadataKey } from "./metadata.js";

/** Columns with at least this share of missing values are compressed: they shrink to almost nothing. */
const sparseShare = 0.5;

/** The metadata with everything that follows from the columns. */
export function completeMetadata(contents: PackContents): PackMetadata {
  const first = [...contents.columns.values(), ...contents.text.values()].at(0);
  return {
    schema: 1,
    ...contents.metadata,
    rows: first?.length ?? 0,
    checksum: checksumOf(contents.columns, contents.text),
  };
}

/**
 * A pack as the bytes of a Parquet file. Numbers are plain and uncompressed, one page for each column, so that loading is
 * one read; only mostly empty columns are compressed with Snappy, and all where the contents are to be compact.
 */
export function encodePack(contents: PackContents): Uint8Array {
  const metadata = completeMetadata(contents);
  const columnData: ColumnSource[] = [];
  for (const [name, column] of contents.columns) {
    const type = ({ int32: "INT32", float: "FLOAT", double: "DOUBLE" } as const)[columnType(column)];
    const codec = contents.compact === true || missingShare(column) >= sparseShare ? "SNAPPY" : "UNCOMPRESSED";
    columnData.push({ name, data: column, type, nullable: false, encoding: "PLAIN", codec });
  }
  for (const [name, data] of contents.text) {
    columnData.push({
      name,
      data: [...data],
      type: "STRING",
      nullable: false,
      encoding: "PLAIN",
      codec: contents.compact === true ? "SNAPPY" : "UNCOMPRESSED",
    });
  }
  const buffer = parquetWriteBuffer({
    columnData,
    statistics: false,
    rowGroupSize: Math.max(1, metadata.rows),
    pageSize: 0,
    kvMetadata: [{ key: metadataKey, value: JSON.stringify(metadata) }],
    createdBy: "assay-nas",
  });
  return new Uint8Array(buffer);
}

/**
 * Writes a pack so that other processes see either nothing or the whole file. Throws AssayError where the place cannot be
 * written to.
 */
export function savePack(contents: PackContents, file: string): void {
  const bytes = encodePack(contents);
  const temporary = `${file}.${process.pid}-${randomBytes(6).toString("hex")}.part`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(temporary, bytes);
    renameSync(temporary, file);
  } catch (cause) {
    if (existsSync(temporary)) rmSync(temporary, { force: true });
    const hint = "ASSAY_CACHE names the folder for converted tables, ASSAY_HOME the one for imported packs.";
    throw new AssayError("cannot-write", `Cannot write ${file}: ${(cause as Error).message}.`, hint, { cause });
  }
}

function missingShare(column: Column): number {
  let missing = 0;
  for (let i = 0; i < column.length; i++) if (Number.isNaN(column[i])) missing++;
  return column.length === 0 ? 0 : missing / column.length;
}
