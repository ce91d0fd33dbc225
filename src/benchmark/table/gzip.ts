import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { AssayError, unreadableFile } from "../../errors.js";

/** Largest table that is unpacked by default: 512 MB. */
const defaultMaximumBytes = 1 << 29;

/**
 * The bytes of a file, unpacked if it is gzip. Throws AssayError that names the file.
 *
 * @param maximumBytes a file that unpacks to more is refused
 */
export function readMaybeGzip(path: string, maximumBytes: number = defaultMaximumBytes): Buffer {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw unreadableFile(path, cause);
  }
  if (bytes.length < 2 || bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: maximumBytes });
  } catch (cause) {
    throw new AssayError("bad-table", `Cannot unpack ${path}: ${(cause as Error).message}.`, undefined, { cause });
  }
}
