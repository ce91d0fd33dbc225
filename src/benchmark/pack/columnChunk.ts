import { type ColumnMetaData, snappyUncompress } from "hyparquet";
import type { Column } from "../contract.js";
import { columnBytes } from "./columns.js";
import { readPageHeader } from "./pageHeader.js";

/**
 * Decodes one column of one row group: plain pages of required values, uncompressed or Snappy, which is what the pack writer
 * writes. Throws RangeError with the reason for any other layout.
 */
export function readNumbers(bytes: Uint8Array, chunk: ColumnMetaData, into: Column): void {
  const target = columnBytes(into);
  let filled = 0;
  forEachPage(bytes, chunk, (page) => {
    if (filled + page.length > target.length) throw new RangeError("more values than rows");
    target.set(page, filled);
    filled += page.length;
  });
  if (filled !== target.length) throw new RangeError(`${filled} bytes of values where ${target.length} were expected`);
}

/** Decodes one column of texts of one row group, appending to `into`. */
export function readTexts(bytes: Uint8Array, chunk: ColumnMetaData, into: string[]): void {
  const before = into.length;
  forEachPage(bytes, chunk, (page) => {
    const buffer = Buffer.from(page.buffer, page.byteOffset, page.byteLength);
    let position = 0;
    while (position < buffer.length) {
      const start = position + 4;
      if (start > buffer.length) throw new RangeError("a text ends early");
      position = start + buffer.readUInt32LE(position);
      if (position > buffer.length) throw new RangeError("a text ends early");
      into.push(buffer.toString("utf8", start, position));
    }
  });
  if (into.length - before !== Number(chunk.num_values)) throw new RangeError("number of texts differs from rows");
}

/** Largest page that is unpacked; a whole column of a million rows is far below. */
const maximumPageBytes = 1 << 30;

function forEachPage(bytes: Uint8Array, chunk: ColumnMetaData, visit: (page: Uint8Array) => void): void {
  let position = 0;
  while (position < bytes.length) {
    const header = readPageHeader(bytes, position);
    const end = header.end + header.compressedSize;
    if (header.type !== 0 && header.type !== 3) throw new RangeError("pages are dictionary-encoded");
    if (header.encoding !== 0) throw new RangeError("pages are not plain");
    if (header.nulls !== 0 || header.levelBytes !== 0) throw new RangeError("values are nullable");
    if (header.compressedSize < 0 || end > bytes.length) throw new RangeError("a page ends early");
    if (header.uncompressedSize > maximumPageBytes) throw new RangeError("a page is too large");
    const raw = bytes.subarray(header.end, end);
    visit(chunk.codec === "SNAPPY" && header.compressed ? unpack(raw, header.uncompressedSize) : raw);
    position = end;
  }
}

function unpack(packed: Uint8Array, size: number): Uint8Array {
  const page = new Uint8Array(size);
  try {
    snappyUncompress(packed, page);
  } catch (cause) {
    throw new RangeError((cause as Error).message);
  }
  return page;
}
