import { inflateRawSync } from "node:zlib";
import { AssayError } from "../../errors.js";

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endLength = 22;
const maximumCommentLength = 0xffff;
const maximumEntries = 100_000;

/** Whether the bytes start like a zip file. */
export function looksLikeZip(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && Buffer.from(bytes.subarray(0, 4)).readUInt32LE(0) === localSignature;
}

/**
 * The files of a zip archive, as functions that unpack them. Encrypted archives and those beyond 4 GB are refused.
 *
 * @param maximumBytes the most that one file may unpack to
 */
export function readZip(archive: Uint8Array, maximumBytes: number, origin: string): Map<string, () => Uint8Array> {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const fail = (what: string, cause?: unknown): AssayError =>
    new AssayError("bad-archive", `${origin}: ${what}.`, undefined, { cause });
  try {
    return readDirectory(bytes, maximumBytes, fail);
  } catch (error) {
    if (error instanceof AssayError) throw error;
    throw fail("the zip archive is damaged", error);
  }
}

type Failure = (what: string, cause?: unknown) => AssayError;

function readDirectory(bytes: Buffer, maximumBytes: number, fail: Failure): Map<string, () => Uint8Array> {
  const end = findEnd(bytes);
  if (end < 0) throw fail("the zip archive has no directory");
  const count = bytes.readUInt16LE(end + 10);
  if (count > maximumEntries) throw fail("the zip archive has too many files");
  let position = bytes.readUInt32LE(end + 16);
  const files = new Map<string, () => Uint8Array>();
  for (let i = 0; i < count; i++) {
    if (bytes.readUInt32LE(position) !== entrySignature) throw fail("the directory of the zip archive is damaged");
    if ((bytes.readUInt16LE(position + 8) & 1) !== 0) throw fail("the zip archive is encrypted");
    const method = bytes.readUInt16LE(position + 10);
    const packedSize = bytes.readUInt32LE(position + 20);
    const size = bytes.readUInt32LE(position + 24);
    const nameLength = bytes.readUInt16LE(position + 28);
    const rest = bytes.readUInt16LE(position + 30) + bytes.readUInt16LE(position + 32);
    const local = bytes.readUInt32LE(position + 42);
    const name = bytes.toString("utf8", position + 46, position + 46 + nameLength);
    if (files.has(name)) throw fail(`the zip archive has two files "${name}"`);
    files.set(name, () => {
      if (bytes.readUInt32LE(local) !== localSignature) throw fail(`the file "${name}" is damaged`);
      const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      if (start + packedSize > bytes.length) throw fail(`the file "${name}" ends early`);
      return unpack(bytes.subarray(start, start + packedSize), method, size, maximumBytes, (what, cause) =>
        fail(`the file "${name}" ${what}`, cause),
      );
    });
    position += 46 + nameLength + rest;
  }
  return files;
}

function unpack(packed: Buffer, method: number, size: number, maximumBytes: number, fail: Failure): Uint8Array {
  if (size > maximumBytes) throw fail(`unpacks to more than ${maximumBytes} bytes`);
  if (method === 0) return packed;
  if (method !== 8) throw fail(`is packed with the unknown method ${method}`);
  let unpacked: Buffer;
  try {
    unpacked = inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
  } catch (cause) {
    throw fail(`cannot be unpacked (${(cause as Error).message})`, cause);
  }
  if (unpacked.length !== size) throw fail(`unpacks to ${unpacked.length} bytes instead of ${size}`);
  return unpacked;
}

function findEnd(bytes: Buffer): number {
  const last = bytes.length - endLength;
  for (let position = last; position >= 0 && position >= last - maximumCommentLength; position--) {
    if (bytes.readUInt32LE(position) === endSignature) return position;
  }
  return -1;
}
