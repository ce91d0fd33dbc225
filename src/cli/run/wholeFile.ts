import { closeSync, openSync, realpathSync, renameSync, rmSync, writeSync } from "node:fs";
import { AssayError } from "../../errors.js";

/** Throws AssayError where a file of results would take the place of the studies themselves. */
export function requireOtherFile(path: string, given: string, storage: string): void {
  if (![storage, `${storage}-wal`, `${storage}-shm`].some((file) => realPath(file) === realPath(path))) return;
  throw new AssayError("bad-output", `--out ${given}: the studies themselves are kept in that file.`);
}

/** Writes a file piece by piece; others see either nothing or the whole file. */
export function writeWholeFile(path: string, pieces: Iterable<string | Uint8Array>): void {
  const temporary = `${path}.${process.pid}.part`;
  try {
    const file = openSync(temporary, "w");
    try {
      for (const piece of pieces) writeAll(file, typeof piece === "string" ? Buffer.from(piece) : piece);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    if (error instanceof AssayError) throw error;
    throw new AssayError("bad-output", `${path} cannot be written: ${(error as Error).message}`, undefined, {
      cause: error,
    });
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}
