import { readFileSync, statSync } from "node:fs";
import { AssayError, unreadableFile } from "../../errors.js";

/** Largest file that is read as a whole. */
const maximumBytes = 2 ** 31 - 1;

/** The bytes of a file. Throws AssayError that names it; files of 2 GB and more are refused. */
export function readWholeFile(path: string): Buffer {
  try {
    const { size } = statSync(path);
    if (size > maximumBytes) {
      throw new AssayError(
        "file-too-large",
        `${path} has ${(size / 2 ** 30).toFixed(1)} GB; files below 2 GB are read.`,
      );
    }
    return readFileSync(path);
  } catch (cause) {
    if (cause instanceof AssayError) throw cause;
    throw unreadableFile(path, cause);
  }
}
