import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { AssayError, unreadableFile } from "../../errors.js";

/** A file of which parts are read on demand; it must not change meanwhile. */
export interface RandomAccessFile {
  readonly path: string;
  readonly size: number;
  /** The bytes from `start` to `end` (exclusive). */
  read(start: number, end: number): Uint8Array;
}

/**
 * Opens a file for reading parts of it. No descriptor stays open between reads; a file that was replaced meanwhile is
 * noticed. Throws AssayError where there is no such file.
 */
export function openRandomAccessFile(path: string): RandomAccessFile {
  const identity = withFile(path, (descriptor) => fstatSync(descriptor));
  return {
    path,
    size: identity.size,
    read(start, end) {
      if (start < 0 || end < start || end > identity.size) throw new RangeError(`bytes ${start} to ${end} of ${path}`);
      return withFile(path, (descriptor) => {
        const now = fstatSync(descriptor);
        if (now.ino !== identity.ino || now.size !== identity.size || now.mtimeMs !== identity.mtimeMs) {
          throw new AssayError("changed-file", `${path} was replaced while it was in use.`, "Run the command again.");
        }
        const bytes = new Uint8Array(end - start);
        let filled = 0;
        while (filled < bytes.length) {
          const count = readSync(descriptor, bytes, filled, bytes.length - filled, start + filled);
          if (count === 0) throw new AssayError("bad-pack", `${path} ends early.`);
          filled += count;
        }
        return bytes;
      });
    },
  };
}

function withFile<Result>(path: string, use: (descriptor: number) => Result): Result {
  let descriptor: number;
  try {
    descriptor = openSync(path, "r");
  } catch (cause) {
    throw unreadableFile(path, cause);
  }
  try {
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
