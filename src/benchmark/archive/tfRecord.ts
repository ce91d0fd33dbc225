import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { AssayError, unreadableFile } from "../../errors.js";
import { maskedCrc32c } from "./crc32c.js";

/** One record of a TFRecord file. */
export interface TfRecord {
  readonly bytes: Buffer;
  /** From 0. */
  readonly number: number;
  /** How much of the file has been read, 0 to 1. */
  readonly fraction: number;
}

const maximumRecordBytes = 1 << 24;
const windowBytes = 1 << 22;

/**
 * The records of a TFRecord file, one after another: length, its checksum, data, their checksum (CRC-32C). The file may be
 * larger than the memory. Throws AssayError with the record's number where a checksum is wrong or the file ends early.
 */
export function* readTfRecords(path: string): Generator<TfRecord> {
  const descriptor = open(path);
  try {
    const { size } = fstatSync(descriptor);
    let window: Buffer = Buffer.alloc(0);
    let consumed = 0;
    let read = 0;
    const take = (length: number, number: number): Buffer => {
      if (window.length - consumed < length) {
        const rest = window.subarray(consumed);
        const next = Buffer.allocUnsafe(Math.min(size - read, Math.max(windowBytes, length)));
        const count = next.length === 0 ? 0 : readSync(descriptor, next, 0, next.length, read);
        read += count;
        window = Buffer.concat([rest, next.subarray(0, count)]);
        consumed = 0;
        if (window.length < length) throw fault(path, number, "the file ends early");
      }
      consumed += length;
      return window.subarray(consumed - length, consumed);
    };
    for (let number = 0; read - (window.length - consumed) < size; number++) {
      const head = take(12, number);
      if (maskedCrc32c(head.subarray(0, 8)) !== head.readUInt32LE(8)) {
        throw fault(path, number, number === 0 ? "this is no TFRecord file" : "the checksum of its length is wrong");
      }
      const length = head.readUInt32LE(0) + head.readUInt32LE(4) * 2 ** 32;
      if (length > maximumRecordBytes) throw fault(path, number, `${length} bytes are absurdly many`);
      const record = take(length + 4, number);
      const bytes = record.subarray(0, length);
      if (maskedCrc32c(bytes) !== record.readUInt32LE(length)) throw fault(path, number, "the checksum is wrong");
      yield { bytes, number, fraction: (read - (window.length - consumed)) / size };
    }
  } finally {
    closeSync(descriptor);
  }
}

function open(path: string): number {
  try {
    return openSync(path, "r");
  } catch (cause) {
    throw unreadableFile(path, cause);
  }
}

function fault(path: string, number: number, what: string): AssayError {
  return new AssayError("bad-archive", `${path}, record ${number}: ${what}.`);
}
