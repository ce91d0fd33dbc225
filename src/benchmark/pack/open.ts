import { type ColumnChunk, type FileMetaData, parquetMetadata, type SchemaElement } from "hyparquet";
import { AssayError, suggestName } from "../../errors.js";
import type { Column, Pack, PackMetadata } from "../contract.js";
import { checksumOf } from "./checksum.js";
import { readNumbers, readTexts } from "./columnChunk.js";
import { type ColumnType, createColumn } from "./columns.js";
import { openRandomAccessFile, type RandomAccessFile } from "./file.js";
import { metadataKey, parseMetadata } from "./metadata.js";

export interface OpenPackOptions {
  /** Decode every column and compare with the checksum. Default: only the metadata is checked. */
  readonly verify?: boolean;
}

/** Largest footer that is read: thousands of columns fit. */
const maximumFooterBytes = 64 << 20;

const columnTypes: Readonly<Partial<Record<string, ColumnType>>> = { INT32: "int32", FLOAT: "float", DOUBLE: "double" };

/**
 * Opens a pack file. Only its footer is read; a column is read and decoded when it is first asked for. Throws AssayError
 * for anything that is not a pack.
 *
 * @example
 * const accuracies = openPack("packs/nasbench201/cifar10.parquet").column("test_accuracy");
 */
export function openPack(path: string, { verify = false }: OpenPackOptions = {}): Pack {
  const file = openRandomAccessFile(path);
  const parquet = readFooter(file);
  const entry = parquet.key_value_metadata?.find(({ key }) => key === metadataKey);
  if (entry?.value === undefined) {
    throw new AssayError("bad-pack", `${path} is a Parquet file without the metadata "${metadataKey}", so not a pack.`);
  }
  const metadata = parseMetadata(entry.value, path);
  const pack = new FilePack(metadata, file, parquet);
  checkReferences(pack);
  if (verify) verifyChecksum(pack);
  return pack;
}

class FilePack implements Pack {
  readonly metadata: PackMetadata;
  readonly source: string;
  readonly columns: readonly string[];
  readonly textColumns: readonly string[];
  readonly #file: RandomAccessFile;
  readonly #parquet: FileMetaData;
  readonly #leaves = new Map<string, { position: number; element: SchemaElement }>();
  readonly #decoded = new Map<string, Column>();

  constructor(metadata: PackMetadata, file: RandomAccessFile, parquet: FileMetaData) {
    this.metadata = metadata;
    this.source = file.path;
    this.#file = file;
    this.#parquet = parquet;
    if (Number(parquet.num_rows) !== metadata.rows) {
      throw this.#bad(`has ${parquet.num_rows} rows where its metadata says ${metadata.rows}`);
    }
    parquet.schema.slice(1).forEach((element, position) => {
      if (element.num_children !== undefined) throw this.#bad(`column "${element.name}" is nested`);
      this.#leaves.set(element.name, { position, element });
    });
    const names = [...this.#leaves].filter(([, { element }]) => element.type !== undefined);
    this.columns = names.filter(([, { element }]) => element.type! in columnTypes).map(([name]) => name);
    this.textColumns = names.filter(([, { element }]) => element.type === "BYTE_ARRAY").map(([name]) => name);
  }

  column(name: string): Column {
    const known = this.#decoded.get(name);
    if (known !== undefined) return known;
    const type = columnTypes[this.#leaf(name).element.type ?? ""];
    if (type === undefined) throw missingColumn(name, this.columns, this.source);
    const column = createColumn(type, this.metadata.rows);
    let row = 0;
    this.#forEachChunk(name, (bytes, chunk, rows) => {
      readNumbers(bytes, chunk, column.subarray(row, row + rows));
      row += rows;
    });
    this.#decoded.set(name, column);
    return column;
  }

  text(name: string): string[] {
    if (this.#leaf(name).element.type !== "BYTE_ARRAY") throw missingColumn(name, this.textColumns, this.source);
    const values: string[] = [];
    this.#forEachChunk(name, (bytes, chunk) => readTexts(bytes, chunk, values));
    return values;
  }

  #leaf(name: string): { position: number; element: SchemaElement } {
    const leaf = this.#leaves.get(name);
    if (leaf === undefined) throw missingColumn(name, this.#leaves.keys(), this.source);
    return leaf;
  }

  #forEachChunk(
    name: string,
    visit: (bytes: Uint8Array, chunk: NonNullable<ColumnChunk["meta_data"]>, rows: number) => void,
  ): void {
    const { position, element } = this.#leaf(name);
    try {
      if (element.repetition_type !== "REQUIRED") throw new RangeError("values are nullable");
      for (const group of this.#parquet.row_groups) {
        const chunk = group.columns[position]?.meta_data;
        if (chunk === undefined) throw new RangeError("no column chunk");
        if (chunk.codec !== "UNCOMPRESSED" && chunk.codec !== "SNAPPY") throw new RangeError(`codec ${chunk.codec}`);
        const start = Number(chunk.dictionary_page_offset ?? chunk.data_page_offset);
        const bytes = this.#file.read(start, start + Number(chunk.total_compressed_size));
        visit(bytes, chunk, Number(group.num_rows));
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw this.#bad(`column "${name}" cannot be decoded: ${error.message}`, error);
    }
  }

  #bad(what: string, cause?: unknown): AssayError {
    const hint = "A pack holds plain, required columns, uncompressed or Snappy; write it with `assay import`.";
    return new AssayError("bad-pack", `${this.source} ${what}.`, hint, { cause });
  }
}

function readFooter(file: RandomAccessFile): FileMetaData {
  const bad = (what: string, cause?: unknown): AssayError =>
    new AssayError("bad-pack", `${file.path} is not a pack: ${what}.`, undefined, { cause });
  if (file.size < 12) throw bad("it is too short for a Parquet file");
  const tail = Buffer.from(file.read(file.size - 8, file.size));
  if (tail.toString("latin1", 4) !== "PAR1") throw bad("it does not end like a Parquet file");
  const length = tail.readUInt32LE(0) + 8;
  if (length > Math.min(file.size, maximumFooterBytes)) throw bad("its footer has an impossible length");
  try {
    return parquetMetadata(file.read(file.size - length, file.size), { geoparquet: false });
  } catch (cause) {
    throw bad(`its footer cannot be read (${(cause as Error).message})`, cause);
  }
}

function checkReferences(pack: Pack): void {
  const { label, test, seedLabels, rowIndex, metrics, estimationCodes = [] } = pack.metadata;
  const named = [label, test, ...Object.values(seedLabels), ...metrics.map(({ name }) => name)];
  if (rowIndex !== undefined) named.push(rowIndex);
  for (const { columns } of estimationCodes) named.push(...columns);
  const known = new Set(pack.columns);
  for (const name of named) {
    if (!known.has(name)) {
      throw new AssayError("bad-pack", `${pack.source}: its metadata names a column "${name}" that it lacks.`);
    }
  }
}

function verifyChecksum(pack: Pack): void {
  const columns = pack.columns.map((name) => [name, pack.column(name)] as const);
  const text = pack.textColumns.map((name) => [name, pack.text(name)] as const);
  if (checksumOf(columns, text) === pack.metadata.checksum) return;
  throw new AssayError("bad-checksum", `${pack.source}: its columns do not match its checksum.`, "Import it again.");
}

/** The error for a column that a pack lacks, with the nearest name. */
export function missingColumn(name: string, known: Iterable<string>, source: string | undefined): AssayError {
  const owner = source === undefined ? "The pack" : source;
  return new AssayError("unknown-column", `${owner} has no column "${name}" of this kind.`, suggestName(name, known));
}
